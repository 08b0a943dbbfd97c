package io.recado.channel;

import io.recado.channel.Channel.Problem;
import io.recado.connector.ConnectorSession;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Takes note of what a provider says about a channel's account. Only what changes the list of
/// problems is stored and told; a channel that was deleted meanwhile is left alone.
///
/// Answers with the channel as it is then; empty once it is deleted.
///
/// @param target the channel as the caller knows it
/// @param change makes the list of the channel as it is by now
public record RecordHealth(
    Channels channels, Channel target, Function<Channel, List<Problem>> change, Instant now)
    implements Write<Optional<Channel>> {

  /// A send found that no message can leave ([io.recado.connector.SendOutcome.ChannelBroken]). It
  /// says nothing about a channel that has other settings by now: a late answer to the old token
  /// must not break what a new one has mended.
  public static RecordHealth broken(
      Channels channels, Channel target, Reason reason, ProviderAnswer answer, Instant now) {
    var found = new ConnectorSession.Problem(reason, answer);
    return new RecordHealth(
        channels,
        target,
        channel ->
            channel.settings().equals(target.settings())
                ? Problems.with(channel.problems(), found, true, now)
                : channel.problems(),
        now);
  }

  /// The provider told of a problem by itself.
  public static RecordHealth noticed(
      Channels channels, Channel target, ConnectorSession.Problem found, Instant now) {
    boolean stops = Problems.stopsSending(found.reason());
    return new RecordHealth(
        channels, target, channel -> Problems.with(channel.problems(), found, stops, now), now);
  }

  /// A check found these problems and no others.
  public static RecordHealth checked(
      Channels channels, Channel target, List<ConnectorSession.Problem> found, Instant now) {
    return new RecordHealth(
        channels, target, channel -> Problems.checked(channel.problems(), found, now), now);
  }

  /// The provider says that all is well again.
  public static RecordHealth mended(Channels channels, Channel target, Instant now) {
    return new RecordHealth(channels, target, _ -> List.of(), now);
  }

  @Override
  public long workspace() {
    return target.workspace();
  }

  @Override
  public void prepare(Tx tx) {
    channels.store().rows(tx).want(workspace(), target.key());
  }

  @Override
  public Optional<Channel> apply(Tx tx) {
    Optional<Channel> found = channels.store().rows(tx).find(target.key());
    if (found.isEmpty()) {
      return found;
    }
    Channel before = found.get();
    List<Problem> problems = change.apply(before);
    return Problems.isSame(before.problems(), problems)
        ? found
        : Optional.of(channels.change(tx, before, before.withProblems(problems), now));
  }
}
