package io.recado.channel;

import io.recado.access.AuditStamp;
import io.recado.connector.ConnectorSession.Problem;
import io.recado.http.request.ApiError;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import java.util.List;

/// Keeps what a caller's check of a channel has found.
record CheckChannel(Channels channels, Channel target, List<Problem> found, AuditStamp stamp)
    implements Write<Channel> {

  @Override
  public long workspace() {
    return target.workspace();
  }

  @Override
  public void prepare(Tx tx) {
    health().prepare(tx);
  }

  /// @throws ApiError `RESOURCE_NOT_FOUND` when it was deleted meanwhile
  @Override
  public Channel apply(Tx tx) {
    return health().apply(tx).orElseThrow(() -> ApiError.notFound(target.name()));
  }

  private RecordHealth health() {
    return RecordHealth.checked(channels, target, found, stamp.time());
  }
}
