package io.recado.webhook.delivery;

import io.recado.event.Event;
import io.recado.event.EventLog;
import io.recado.event.EventType;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import io.recado.webhook.cursor.StoredCursor;
import io.recado.webhook.endpoint.StandingStore;
import io.recado.webhook.endpoint.WebhookEndpoint;
import java.time.Instant;

/// An endpoint was away for longer than events are kept: its cursor goes on at the log's oldest,
/// and an event tells that something is missing. Answers with the head of the log before that
/// event.
///
/// @param cursor where it goes on
record NoteGap(WebhookEndpoint endpoint, StoredCursor cursor, Instant now) implements Write<Long> {

  @Override
  public long workspace() {
    return endpoint.workspace();
  }

  @Override
  public Long apply(Tx tx) {
    StandingStore.skip(tx, workspace(), endpoint.key(), cursor, now);
    EventLog.append(
        tx,
        new Event(
            workspace(),
            EventType.WEBHOOK_ENDPOINT_GAP,
            now,
            null,
            null,
            0,
            null,
            JsonObject.builder()
                .with("name", endpoint.name())
                .with("url", endpoint.url())
                .with("state", endpoint.state().name())
                .build()));
    return StandingStore.head(tx, workspace());
  }
}
