package io.recado.channel;

import io.recado.access.AuditLog;
import io.recado.access.AuditStamp;
import io.recado.connector.Connector;
import io.recado.http.request.ApiError;
import io.recado.http.request.Fields;
import io.recado.journal.Id;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import java.util.Optional;

/// Makes a channel. Calls nobody.
///
/// @param channel without a key yet
public record CreateChannel(Channels channels, Channel channel, AuditStamp stamp)
    implements Write<Channel> {

  /// Makes a channel of a given id, from the body that a caller of the API would send.
  ///
  /// @throws ApiError naming every fault of the body
  public static CreateChannel of(
      Channels channels,
      Connectors connectors,
      long workspace,
      Id id,
      JsonObject json,
      AuditStamp stamp) {
    Fields body = new Fields(json);
    Optional<Connector> connector = ChannelFields.type(body, connectors);
    Optional<ChannelDraft> draft = connector.map(kind -> ChannelFields.draft(body, kind));
    body.check();
    return new CreateChannel(
        channels,
        Channel.of(workspace, id, connector.orElseThrow(), draft.orElseThrow(), stamp.time()),
        stamp);
  }

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
