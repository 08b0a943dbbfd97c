package io.recado.inbound;

import io.recado.channel.Channel;
import io.recado.channel.Channels;
import io.recado.channel.NoteRelay;
import io.recado.channel.RecordHealth;
import io.recado.connector.ProviderEvent;
import io.recado.connector.ProviderEvent.AccountChanged;
import io.recado.journal.Journal;
import io.recado.journal.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds the channel that an item of a callback concerns: by the account, not by the address
/// through which it came, because one address may serve many accounts of a provider's app.
public final class CallbackRouting {

  private static final String BUSINESS_ACCOUNT = "businessAccountId";
  private static final String APP_SECRET = "appSecret";

  private final Channels channels;
  private final Journal journal;
  private final InstantSource clock;
  private final Consumer<Channel> templatesChanged;

  /// @param templatesChanged asks the provider for a channel's templates again, without blocking
  public CallbackRouting(
      Channels channels, Journal journal, InstantSource clock, Consumer<Channel> templatesChanged) {
    this.channels = channels;
    this.journal = journal;
    this.clock = clock;
    this.templatesChanged = templatesChanged;
  }

  /// The workspace's channel with an account. It must have the secret by which the callback was
  /// proved.
  Optional<Channel> channel(Channel via, String account) {
    if (isOf(via, account)) {
      return Optional.of(via);
    }
    return channels
        .findByAccount(via.workspace(), via.type(), account)
        .filter(channel -> sharesSecret(via, channel));
  }

  /// Notes that callbacks for other channels come in through this one, which keeps it from being
  /// deleted.
  void noteRelays(Channel via, List<ProviderEvent> events) {
    boolean relays =
        events.stream()
            .filter(
                e ->
                    e instanceof ProviderEvent.MessageReceived
                        || e instanceof ProviderEvent.Receipt)
            .anyMatch(event -> !isOf(via, event.account()));
    if (relays && NoteRelay.isDue(via, clock.instant())) {
      journal.commit(new NoteRelay(channels, via, clock.instant()));
    }
  }

  /// Where channels have no account, whatever comes through one's address is its own.
  private static boolean isOf(Channel channel, String account) {
    return account.equals(channel.account() == null ? "" : channel.account());
  }

  /// Asks for the templates of every channel of a business account again.
  void templatesChanged(Channel via, String businessAccount) {
    ofBusinessAccount(via, businessAccount).forEach(templatesChanged);
  }

  /// What the provider says of an account becomes its channel's health; null when no channel is
  /// concerned.
  @Nullable Write<?> health(Channel via, AccountChanged changed, Instant now) {
    Optional<Channel> concerned =
        channel(via, changed.account())
            .or(() -> ofBusinessAccount(via, changed.account()).stream().findFirst());
    return concerned
        .map(
            channel ->
                changed.problem() == null
                    ? RecordHealth.mended(channels, channel, now)
                    : RecordHealth.noticed(channels, channel, changed.problem(), now))
        .orElse(null);
  }

  private List<Channel> ofBusinessAccount(Channel via, String businessAccount) {
    return channels
        .findBySetting(via.workspace(), via.type(), BUSINESS_ACCOUNT, businessAccount)
        .stream()
        .filter(channel -> sharesSecret(via, channel))
        .toList();
  }

  private static boolean sharesSecret(Channel via, Channel other) {
    return Objects.equals(
        via.settings().find(APP_SECRET).orElse(null),
        other.settings().find(APP_SECRET).orElse(null));
  }
}
