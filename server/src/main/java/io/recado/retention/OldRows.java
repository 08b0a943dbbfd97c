package io.recado.retention;

import io.recado.conversation.Places;
import io.recado.journal.Reads;
import io.recado.journal.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The tables that something is deleted from, each with the questions that its key answers cheaply.
enum OldRows {
  EVENTS("event", "position", "time", ""),
  ATTEMPTS("attempt", "message_id", "start_time", ""),
  RECEIPTS("receipt", "message_id", "time", ""),
  RAW_PAYLOADS("raw_payload", "id", "time", ""),
  WEBHOOK_DELIVERIES("webhook_delivery", "position", "create_time", "create_time"),
  WEBHOOK_ATTEMPTS("webhook_attempt", "position", "time", "time"),
  IDEMPOTENCY_KEYS("idempotency_key", "hash", "create_time", "create_time"),
  EARLY_RECEIPTS("early_receipt", "provider_message_id", "time", "time"),
  SESSIONS("session", "hash", "create_time", "create_time"),
  STATISTICS("statistic", "channel_key, hour, measure, label", "hour", "hour"),
  MESSAGES("message", "id", "create_time", "") {
    private static final String UNFINISHED =
        """
        AND NOT EXISTS (
         SELECT 1 FROM outbox o
         WHERE o.workspace_key = t.workspace_key AND o.channel_key = t.channel_key
           AND o.message_id = t.id)\
        """;

    @Override
    String spared() {
      return UNFINISHED;
    }

    /// With the places that are nobody's any more.
    @Override
    int delete(Tx tx, long workspace, Instant before, int most) {
      Map<Long, List<Long>> seqs = new TreeMap<>();
      List<Boolean> deleted =
          tx.query(
              sql() + " RETURNING conversation_key, seq",
              binds -> binds.number(workspace).number(workspace).time(before).number(most),
              row -> seqs.computeIfAbsent(row.number(), _ -> new ArrayList<>()).add(row.number()));
      seqs.forEach((conversation, gone) -> Places.forget(tx, workspace, conversation, gone));
      return deleted.size();
    }
  };

  private final String hasOld;
  private final String delete;

  /// @param key rises with time, so the oldest rows are its first; all rows of one key go together.
  ///   Columns, separated by commas
  /// @param order what the rows are walked by, when the key does not rise with time; empty
  ///   otherwise
  OldRows(String table, String key, String time, String order) {
    String walked = order.isEmpty() ? key : order;
    // The first row by the key is the oldest, give or take a moment.
    hasOld =
        "SELECT 1 FROM (SELECT t.%s AS time FROM %s t WHERE t.workspace_key = ? ORDER BY t.%s LIMIT 1) f WHERE f.time < ?"
            .formatted(time, table, walked);
    delete =
        """
        DELETE FROM %s WHERE workspace_key = ? AND (%s) IN (
          SELECT %s FROM %s t WHERE t.workspace_key = ? AND t.%s < ? %s
          ORDER BY t.%s LIMIT ?)\
        """
            .formatted(table, key, key, table, time, spared(), walked);
  }

  /// Deletes some.
  String sql() {
    return delete;
  }

  /// What is not deleted however old it is, as a condition on `t`.
  String spared() {
    return "";
  }

  /// Whether anything was there before that time.
  boolean hasOld(Reads reads, long workspace, Instant before) {
    return Retention.finds(reads, hasOld, workspace, before);
  }

  /// Deletes some of it.
  ///
  /// @return how many rows went
  int delete(Tx tx, long workspace, Instant before, int most) {
    return tx.update(
        delete, binds -> binds.number(workspace).number(workspace).time(before).number(most));
  }
}
