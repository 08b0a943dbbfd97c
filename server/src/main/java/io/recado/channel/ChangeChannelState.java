package io.recado.channel;

import io.recado.access.AuditLog;
import io.recado.access.AuditStamp;
import io.recado.channel.Channel.State;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import java.util.List;
import java.util.Map;

/// Pauses or resumes a channel. Resuming also forgets what was wrong with its account, so that the
/// next message tries it. A channel that is in that state already stays as it is.
///
/// @param state `PAUSED` or `ACTIVE`
record ChangeChannelState(Channels channels, Channel target, State state, AuditStamp stamp)
    implements Write<Channel> {

  @Override
  public long workspace() {
    return target.workspace();
  }

  @Override
  public void prepare(Tx tx) {
    channels.store().rows(tx).want(workspace(), target.key());
  }

  /// @throws ApiError `RESOURCE_NOT_FOUND`; or `CHANNEL_DISABLED`, as only an update ends that
  @Override
  public Channel apply(Tx tx) {
    Channel before = channels.store().rows(tx).require(target);
    if (before.state() == State.DISABLED) {
      throw ApiError.of(
          ErrorReason.CHANNEL_DISABLED,
          "The channel is DISABLED; set its state with PATCH to enable it again.",
          Map.of("state", State.DISABLED.name()));
    }
    boolean mends = state == State.ACTIVE && !before.problems().isEmpty();
    if (before.state() == state && !mends) {
      return before;
    }
    Channel changed = before.withState(state, stamp.time());
    AuditLog.append(
        tx,
        workspace(),
        stamp,
        state == State.ACTIVE ? "channels.resume" : "channels.pause",
        before.name(),
        JsonObject.empty());
    Channel after = mends ? changed.withProblems(List.of()) : changed;
    return channels.change(tx, before, after, stamp.time());
  }
}
