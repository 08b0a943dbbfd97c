package io.recado.channel;

import io.recado.access.AuditLog;
import io.recado.access.AuditStamp;
import io.recado.http.ApiError;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;

/// Makes a channel. Calls nobody.
///
/// @param channel without a key yet
record CreateChannel(Channels channels, Channel channel, AuditStamp stamp)
    implements Write<Channel> {

  @Override
  public long workspace() {
    return channel.workspace();
  }

  /// @throws ApiError `ACCOUNT_ALREADY_USED`
  @Override
  public Channel apply(Tx tx) {
    Channel created =
        channels
            .create(tx, channel, stamp.time())
            .orElseThrow(() -> Accounts.alreadyUsed(tx, channels.store(), channel));
    AuditLog.append(
        tx,
        workspace(),
        stamp,
        "channels.create",
        created.name(),
        JsonObject.builder()
            .with("type", created.type())
            .with("displayName", created.displayName())
            .build());
    return created;
  }
}
