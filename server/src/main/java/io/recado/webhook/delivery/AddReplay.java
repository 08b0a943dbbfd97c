package io.recado.webhook.delivery;

import io.recado.access.AuditLog;
import io.recado.access.AuditStamp;
import io.recado.event.EventType;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import io.recado.webhook.cursor.StoredCursor;
import io.recado.webhook.endpoint.StandingStore;
import io.recado.webhook.endpoint.StandingStore.Reading;
import io.recado.webhook.endpoint.StandingStore.Source;
import io.recado.webhook.endpoint.WebhookEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/// Tells an endpoint a part of the past again, with the events' own ids. Failed deliveries are
/// tried again once at a time: while that goes on, another request for it adds nothing.
///
/// @param action what the audit log calls it
/// @param added told of the cursor once it is durable; must be quick
/// @param answer what the caller is told
record AddReplay(
    WebhookEndpoint endpoint,
    String action,
    Span span,
    Source source,
    AuditStamp stamp,
    BiConsumer<WebhookEndpoint, Reading> added,
    JsonObject answer)
    implements Write<JsonObject> {

  /// How many may go on at once for one endpoint.
  static final int MOST = 10;

  @Override
  public long workspace() {
    return endpoint.workspace();
  }

  /// @throws ApiError `REPLAY_LIMIT`
  @Override
  public JsonObject apply(Tx tx) {
    List<Reading> cursors = StandingStore.cursors(tx, workspace(), endpoint.key());
    boolean goesOn =
        source == Source.FAILED && cursors.stream().anyMatch(one -> one.source() == source);
    if (goesOn || span.until <= span.after) {
      return answer;
    }
    if (cursors.size() > MOST) {
      throw ApiError.retryAfter(
          ErrorReason.REPLAY_LIMIT,
          "This endpoint has " + MOST + " replays under way; wait until one has ended.",
          Map.of("limit", Integer.toString(MOST)),
          Duration.ofMinutes(1));
    }
    int number = 1 + cursors.stream().mapToInt(one -> one.cursor().number()).max().orElse(0);
    var reading = new Reading(new StoredCursor(number, span.after, span.until), source, span.types);
    StandingStore.insert(tx, workspace(), endpoint.key(), reading);
    AuditLog.append(tx, workspace(), stamp, "webhookEndpoints." + action, endpoint.name(), answer);
    tx.afterCommit(() -> added.accept(endpoint, reading));
    return answer;
  }

  /// A part of the log.
  ///
  /// @param after the position before the first
  /// @param until the last position
  /// @param types empty for all that the endpoint wants
  record Span(long after, long until, Set<EventType> types) {}
}
