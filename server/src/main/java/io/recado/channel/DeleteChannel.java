package io.recado.channel;

import io.recado.access.AuditLog;
import io.recado.access.AuditStamp;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import java.time.Duration;
import java.util.Map;

/// Deletes a channel: it and everything below it is not found any more, its secrets are gone, its
/// account is free. What was said through it stays in the database, for the events that tell of it
/// and until its retention ends; what it was still to send is settled with it.
///
/// Answers whether the channel is deleted. It is not while it has [#SLICE] unfinished messages: so
/// many are settled then, and the write is to be repeated, so that a long queue holds up nobody.
record DeleteChannel(Channels channels, Channel target, Withdrawal withdrawal, AuditStamp stamp)
    implements Write<Boolean> {

  /// The most messages that are settled in one transaction.
  static final int SLICE = 500;

  /// So long after the last callback that came in for another channel, none is expected any more.
  private static final Duration RELAYED = Duration.ofDays(7);

  @Override
  public long workspace() {
    return target.workspace();
  }

  @Override
  public void prepare(Tx tx) {
    channels.store().rows(tx).want(workspace(), target.key());
  }

  /// @throws ApiError `RESOURCE_NOT_FOUND`; or `CHANNEL_IN_USE`, while callbacks for other channels
  ///   come in through its address
  @Override
  public Boolean apply(Tx tx) {
    Channel channel = channels.store().rows(tx).require(target);
    boolean relays =
        channel.lastRelayTime() != null
            && channel.lastRelayTime().plus(RELAYED).isAfter(stamp.time());
    if (relays) {
      throw inUse(
          channel,
          "Callbacks for other channels arrive through this channel's inboundUrl; set another"
              + " channel's inboundUrl at the provider, then delete this one after 7 days.");
    }
    if (withdrawal.withdraw(tx, channel, stamp.time(), SLICE) == SLICE) {
      return false;
    }
    AuditLog.append(
        tx,
        workspace(),
        stamp,
        "channels.delete",
        channel.name(),
        JsonObject.builder()
            .with("type", channel.type())
            .with("displayName", channel.displayName())
            .build());
    channels.delete(tx, channel, stamp.time());
    return true;
  }

  private static ApiError inUse(Channel channel, String message) {
    return ApiError.of(ErrorReason.CHANNEL_IN_USE, message, Map.of("resource", channel.name()));
  }
}
