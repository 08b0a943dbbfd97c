package io.recado.testing;

import io.recado.connector.CallbackReceiver;
import io.recado.connector.Connector;
import io.recado.connector.ConnectorSession;
import io.recado.connector.Content;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderEvent;
import io.recado.connector.ProviderTemplate;
import io.recado.connector.SendOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A messaging network that is not WhatsApp, so that tests see what the core knows by itself. What
/// it answers is set by the test. Safe for many threads.
public final class CarrierPigeons implements Connector {

  /// The type of its channels.
  public static final String TYPE = "PIGEON";

  /// How often a session was opened.
  public final AtomicInteger opened = new AtomicInteger();

  /// How often templates were asked for.
  public final AtomicInteger listings = new AtomicInteger();

  /// What a check finds.
  public volatile List<ConnectorSession.Problem> problems = List.of();

  /// What listing the templates answers.
  public volatile ConnectorSession.TemplateListing listing =
      new ConnectorSession.TemplateListing.Listed(List.of());

  /// What a send comes to; null for one that is accepted under a name of its own.
  public volatile Function<ConnectorSession.OutboundMessage, @Nullable SendOutcome> answer =
      _ -> null;

  /// Run at the start of each listing.
  public volatile Runnable beforeListing = () -> {};

  /// Has the network list these templates.
  public void list(ProviderTemplate... templates) {
    listing = new ConnectorSession.TemplateListing.Listed(List.of(templates));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        "pigeon",
        140,
        Duration.ofHours(24),
        true,
        true,
        false,
        new Pace(80, 45, Duration.ofSeconds(6)));
  }

  /// A text is one piece up to each stroke.
  @Override
  public List<Content> pieces(Content content) {
    return content instanceof Content.Text(String text)
        ? Stream.of(text.split("\\|")).<Content>map(Content.Text::new).toList()
        : List.of(content);
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("ring", false, true, true),
        new Setting("whistle", true, true, false),
        new Setting("loft", false, false, false),
        new Setting("seal", true, false, false));
  }

  @Override
  public ConnectorSession open(String channel, ChannelSettings settings, SessionContext context) {
    opened.incrementAndGet();
    return new Session(settings);
  }

  @Override
  public Optional<CallbackReceiver> callbacks() {
    return Optional.of(new Receiver());
  }

  /// A session that remembers what it was opened with.
  public final class Session implements ConnectorSession {

    private final List<OutboundMessage> sent = new ArrayList<>();

    /// What it was opened with.
    public final ChannelSettings settings;

    private Session(ChannelSettings settings) {
      this.settings = settings;
    }

    @Override
    public SendOutcome send(OutboundMessage message) {
      SendOutcome given = answer.apply(message);
      return given == null ? accepted(message) : given;
    }

    private synchronized SendOutcome accepted(OutboundMessage message) {
      sent.add(message);
      return new SendOutcome.Accepted(
          "pigeon-" + sent.size(), null, false, ProviderAnswer.ofStatus(200));
    }

    @Override
    public List<Problem> check() {
      return problems;
    }

    @Override
    public void markRead(String providerMessageId) {
      // A pigeon brings nothing back.
    }

    @Override
    public TemplateListing templates() {
      listings.incrementAndGet();
      TemplateListing answer = listing;
      beforeListing.run();
      return answer;
    }
  }

  private static final class Receiver implements CallbackReceiver {

    @Override
    public Optional<String> handshake(
        ChannelSettings settings, Function<String, Optional<String>> query) {
      return Optional.empty();
    }

    @Override
    public boolean isAuthentic(
        ChannelSettings settings, Function<String, Optional<String>> header, byte[] body) {
      return false;
    }

    @Override
    public List<ProviderEvent> parse(byte[] body) {
      return List.of();
    }
  }
}
