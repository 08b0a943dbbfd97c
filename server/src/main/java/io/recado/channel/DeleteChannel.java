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
/// and until its retention ends.
record DeleteChannel(Channels channels, Channel target, AuditStamp stamp) implements Write<Void> {

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

  /// @throws ApiError `RESOURCE_NOT_FOUND`; or `CHANNEL_IN_USE`, while messages wait in it, or
  ///   while callbacks for other channels come in through its address
  @Override
  public Void apply(Tx tx) {
    Channel channel = channels.store().rows(tx).require(target);
    if (!QueueStore.isEmpty(tx, channel)) {
      throw inUse(
          channel,
          "Messages of the channel are still to be sent; wait until its queue is empty, then delete"
              + " it.");
    }
    boolean relays =
        channel.lastRelayTime() != null
            && channel.lastRelayTime().plus(RELAYED).isAfter(stamp.time());
    if (relays) {
      throw inUse(
          channel,
          "Callbacks for other channels arrive through this channel's inboundUrl; set another"
              + " channel's inboundUrl at the provider, then delete this one after 7 days.");
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
    return null;
  }

  private static ApiError inUse(Channel channel, String message) {
    return ApiError.of(ErrorReason.CHANNEL_IN_USE, message, Map.of("resource", channel.name()));
  }
}
