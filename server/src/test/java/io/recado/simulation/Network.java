package io.recado.simulation;

import io.recado.channel.Connectors;
import io.recado.connector.CallbackReceiver;
import io.recado.connector.Connector;
import io.recado.connector.ConnectorSession;
import io.recado.connector.ConnectorSession.OutboundMessage;
import io.recado.connector.Content;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderEvent.ReceiptStatus;
import io.recado.connector.Reason;
import io.recado.connector.SendOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The provider: takes calls, loses answers, throttles, refuses, and reports about what it took
/// late, twice, and in any order.
final class Network implements Connector {

  static final String TYPE = "SIMULATED";
  static final String ACCOUNT = "account-1";
  static final String TOKEN = "token";

  private static final ProviderAnswer OK = ProviderAnswer.ofStatus(200);
  private static final ProviderAnswer NOTHING = ProviderAnswer.ofStatus(0);
  private static final long SECOND = 1_000_000;

  private final World world;
  private final Profile profile;
  private final RandomGenerator random;
  private final Feed feed;
  private final Connectors connectors = new Connectors(List.of(this));
  private final Map<String, Long> lastByPhone = new HashMap<>();
  private final Map<String, Long> lastWritten = new HashMap<>();
  private long throttledUntil;
  private int token = 1;
  private int names;

  Network(World world, Feed feed) {
    this.world = world;
    this.profile = world.profile();
    this.random = world.random();
    this.feed = feed;
  }

  Connectors connectors() {
    return connectors;
  }

  /// The token that it accepts now.
  String token() {
    return "token-" + token;
  }

  /// A person writes.
  void writes(String phone, int number) {
    String name = "in-" + phone + "-" + number;
    String text = "hello " + number;
    lastWritten.put(phone, world.agenda().nowMicros());
    world.ledger().written.put(name, new Ledger.Written(phone, text));
    feed.written(name, phone, text);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        "simulated",
        1_000,
        profile.serviceWindow,
        true,
        true,
        false,
        new Pace(80, 45, Duration.ofSeconds(6)));
  }

  @Override
  public List<Content> pieces(Content content) {
    if (!(content instanceof Content.Text(String text))) {
      return List.of(content);
    }
    int count = pieceCount(text);
    return count == 1
        ? List.of(content)
        : IntStream.range(0, count)
            .<Content>mapToObj(piece -> new Content.Text(text + " / " + piece))
            .toList();
  }

  /// How many calls a text needs.
  int pieceCount(String text) {
    return profile.splits && Math.floorMod(text.hashCode(), 3) == 0
        ? 2 + Math.floorMod(text.hashCode() / 3, 2)
        : 1;
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("account", false, true, true), new Setting(TOKEN, true, true, false));
  }

  @Override
  public ConnectorSession open(String channel, ChannelSettings settings, SessionContext context) {
    return new Session(settings.find(TOKEN).orElseThrow());
  }

  @Override
  public Optional<CallbackReceiver> callbacks() {
    return Optional.empty();
  }

  /// A call travels, arrives, and its answer travels back; the process may be gone by any of these.
  private SendOutcome call(OutboundMessage message, String withToken) {
    Fiber fiber = Fiber.current();
    Node node = World.entered();
    long clock = world.clock().millis();
    if (chance(profile.retryLater / 3)) {
      // Not one byte was written.
      fiber.sleep(random.nextInt(50_000));
      return new SendOutcome.RetryLater(Reason.PROVIDER_UNAVAILABLE, NOTHING, null, 0);
    }
    var answer = new SendOutcome[1];
    world
        .agenda()
        .after(
            world.latency(),
            () -> {
              answer[0] = arrive(message, withToken, clock);
              long back = answer[0] instanceof SendOutcome.InDoubt ? losing() : world.latency();
              world.agenda().after(back, () -> node.run(fiber));
            });
    fiber.await();
    return answer[0];
  }

  private long losing() {
    return random.nextInt(1_000, 5 * (int) SECOND);
  }

  private SendOutcome arrive(OutboundMessage message, String withToken, long clock) {
    String phone = message.to().find("phone").orElseThrow();
    SendOutcome refusal = refusal(message, phone, withToken);
    boolean isLost = refusal == null && chance(profile.losesRequest);
    String name = refusal == null && !isLost ? "out-" + ++names : null;
    String text = message.content() instanceof Content.Text t ? t.text() : null;
    world
        .ledger()
        .calls
        .add(
            new Ledger.Call(
                world.agenda().nowMicros(),
                clock,
                world.lives(),
                message.echo().messageId(),
                message.echo().attempt(),
                message.echo().piece(),
                text,
                phone,
                name));
    world.trace(
        "provider: attempt %s to %s: %s", message.echo(), phone, name == null ? refusal : name);
    if (refusal != null) {
      return refusal;
    }
    if (isLost) {
      return new SendOutcome.InDoubt("a reset", NOTHING);
    }
    boolean isHeld = chance(profile.holds);
    report(message, name, phone, isHeld);
    return chance(profile.losesAnswer)
        ? new SendOutcome.InDoubt("a timeout", NOTHING)
        : new SendOutcome.Accepted(name, null, isHeld, OK);
  }

  private @Nullable SendOutcome refusal(OutboundMessage message, String phone, String withToken) {
    long now = world.agenda().nowMicros();
    if (!withToken.equals(token()) || chance(profile.breaks)) {
      if (withToken.equals(token())) {
        token++;
        world.operator().mendLater();
      }
      return new SendOutcome.ChannelBroken(
          Reason.CREDENTIALS_INVALID, new ProviderAnswer(401, "190", null));
    }
    if (now < throttledUntil) {
      return new SendOutcome.Throttled(
          SendOutcome.Scope.CHANNEL,
          ProviderAnswer.ofStatus(429),
          random.nextBoolean()
              ? null
              : Instant.ofEpochMilli(world.clock().millis() + (throttledUntil - now) / 1_000));
    }
    if (chance(profile.slow)) {
      throttledUntil = now + random.nextLong(3 * SECOND);
    }
    long last = lastByPhone.getOrDefault(phone, -SECOND);
    if (profile.slow > 0 && now - last < SECOND / 3) {
      return new SendOutcome.Throttled(
          SendOutcome.Scope.RECIPIENT, ProviderAnswer.ofStatus(400), null);
    }
    lastByPhone.put(phone, now);
    if (chance(profile.retryLater)) {
      return new SendOutcome.RetryLater(
          Reason.PROVIDER_UNAVAILABLE, ProviderAnswer.ofStatus(503), null, 0);
    }
    if (chance(profile.refuses)) {
      return new SendOutcome.Refused(Reason.CONTENT_REFUSED, ProviderAnswer.ofStatus(400));
    }
    boolean isOpen =
        now - lastWritten.getOrDefault(phone, Long.MIN_VALUE / 2)
            < profile.serviceWindow.toMillis() * 1_000;
    if (message.content() instanceof Content.Text && !isOpen) {
      return new SendOutcome.Refused(Reason.SERVICE_WINDOW_CLOSED, ProviderAnswer.ofStatus(400));
    }
    return null;
  }

  /// What it will tell about a message that it took.
  private void report(OutboundMessage message, String name, String phone, boolean isHeld) {
    if (chance(profile.failsLater)) {
      boolean isWindow = message.content() instanceof Content.Text && random.nextInt(3) == 0;
      feed.report(
          message,
          name,
          ReceiptStatus.FAILED,
          isWindow ? Reason.SERVICE_WINDOW_CLOSED : Reason.RECIPIENT_UNREACHABLE,
          delay());
      return;
    }
    if (random.nextInt(12) == 0 && !isHeld) {
      // Nothing is ever heard of it again.
      return;
    }
    feed.report(message, name, ReceiptStatus.SENT, null, delay());
    if (random.nextInt(8) != 0) {
      feed.report(message, name, ReceiptStatus.DELIVERED, null, delay());
      if (random.nextBoolean()) {
        feed.report(message, name, ReceiptStatus.READ, null, delay());
      }
    }
  }

  /// Often before our own record of the send, sometimes much later.
  private long delay() {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextLong(90 * SECOND);
      case 1, 2 -> random.nextLong(SECOND / 50);
      default -> random.nextLong(SECOND / 2);
    };
  }

  private boolean chance(double probability) {
    return world.isHostile() && random.nextDouble() < probability;
  }

  private final class Session implements ConnectorSession {

    private final String withToken;

    private Session(String withToken) {
      this.withToken = withToken;
    }

    @Override
    public SendOutcome send(OutboundMessage message) {
      return call(message, withToken);
    }

    @Override
    public List<Problem> check() {
      return List.of();
    }

    @Override
    public void markRead(String providerMessageId) {
      // Nobody looks at it.
    }

    @Override
    public TemplateListing templates() {
      return new TemplateListing.Listed(List.of());
    }
  }
}
