package io.recado.statistics;

import io.recado.event.EventType;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.journal.Tx;
import io.recado.json.Json;
import io.recado.statistics.Tallies.Key;
import io.recado.statistics.Tallies.Tally;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The counts' table, and what is counted of the log.
final class StatisticStore {

  // One row for each workspace, so reading them all is cheap.
  private static final String BEHIND =
      """
      SELECT l.workspace_key, COALESCE(s.position, 0), l.position
      FROM log_head l LEFT JOIN statistic_head s ON s.workspace_key = l.workspace_key
      WHERE l.position > COALESCE(s.position, 0)\
      """;

  // The message is asked for where it tells when the step before was taken. A step's time is
  // written once, so it tells the same however late it is asked. Equal steps are counted by the
  // database, hour by hour (3,600,000 ms): bringing each here would cost more than all else.
  private static final String STEPS =
      """
      SELECT e.channel_key, e.type, e.time - e.time % 3600000, m.direction,
        e.time - CASE e.type WHEN 'MESSAGE_SENT' THEN COALESCE(m.send_time, m.create_time)
          WHEN 'MESSAGE_DELIVERED' THEN m.sent_time
          WHEN 'MESSAGE_READ' THEN m.delivered_time END,
        CASE e.type WHEN 'MESSAGE_FAILED' THEN e.change END, COUNT(*)
      FROM event e
      LEFT JOIN message m ON m.workspace_key = e.workspace_key AND m.id = e.message_id
        AND e.type IN ('MESSAGE_SENT', 'MESSAGE_DELIVERED', 'MESSAGE_READ')
      WHERE e.workspace_key = ? AND e.position > ? AND e.position <= ?
        AND e.message_id IS NOT NULL
      GROUP BY 1, 2, 3, 4, 5, 6\
      """;
  private static final String MOVE =
      """
      INSERT INTO statistic_head (workspace_key, position) VALUES (?, ?)
      ON CONFLICT (workspace_key) DO UPDATE SET position = excluded.position
      WHERE statistic_head.position = ?\
      """;
  private static final String ADD =
      """
      INSERT INTO statistic (workspace_key, channel_key, hour, measure, label, count)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (workspace_key, channel_key, hour, measure, label)
      DO UPDATE SET count = statistic.count + excluded.count\
      """;
  private static final String HOURS =
      """
      SELECT hour, measure, label, count FROM statistic
      WHERE workspace_key = ? AND channel_key = ? AND hour >= ? AND hour < ?\
      """;

  private StatisticStore() {}

  /// The workspaces in whose logs something has not been counted.
  static List<Behind> behind(Reads reads) {
    return reads.query(
        BEHIND, _ -> {}, row -> new Behind(row.number(), row.number(), row.number()));
  }

  /// The steps of messages in a part of a workspace's log, equal ones together.
  ///
  /// @param after the position before the first
  /// @param last the position of the last
  static List<Steps> steps(Reads reads, long workspace, long after, long last) {
    return reads.query(
        STEPS,
        binds -> binds.number(workspace).number(after).number(last),
        row ->
            new Steps(
                row.number(),
                row.name(EventType.class),
                row.time(),
                "INBOUND".equals(row.textOrNull()),
                row.numberOrNull(),
                reason(row.textOrNull()),
                row.number()));
  }

  private static @Nullable String reason(@Nullable String change) {
    return change == null
        ? null
        : Json.readStored(change)
            .object("error")
            .flatMap(error -> error.string("reason"))
            .orElse("UNKNOWN");
  }

  /// Moves on how far a log has been counted.
  ///
  /// @return false, and nothing is changed, when it had not been counted up to `from`: somebody
  ///   else was faster
  static boolean move(Tx tx, long workspace, long from, long to) {
    return tx.update(MOVE, binds -> binds.number(workspace).number(to).number(from)) == 1;
  }

  /// Adds to what was counted before.
  static void add(Tx tx, long workspace, Tally tally) {
    Key key = tally.key();
    tx.batch(
        ADD,
        binds ->
            binds
                .number(workspace)
                .number(key.channel())
                .time(key.hour())
                .name(key.measure())
                .text(key.label())
                .number(tally.count()));
  }

  /// What was counted of one channel, or of all, hour by hour.
  static List<Tally> hours(Reads reads, long workspace, long channel, Instant start, Instant end) {
    return reads.query(
        HOURS,
        binds -> binds.number(workspace).number(channel).time(start).time(end),
        row -> tally(channel, row));
  }

  private static Tally tally(long channel, Row row) throws SQLException {
    return new Tally(
        new Key(channel, row.time(), row.name(Measure.class), row.text()), row.number());
  }

  /// A workspace whose log goes on after what was counted.
  record Behind(long workspace, long counted, long head) {}

  /// Messages of a channel took the same step within an hour.
  ///
  /// @param hour when it began
  /// @param millis since each had taken the step before; null when that is not known, or there is
  ///   none
  /// @param reason null unless they failed
  record Steps(
      long channel,
      EventType type,
      Instant hour,
      boolean isInbound,
      @Nullable Long millis,
      @Nullable String reason,
      long count) {

    void addTo(Tallies tallies) {
      switch (type) {
        case MESSAGE_CREATED -> count(tallies, Measure.ACCEPTED, "");
        case MESSAGE_RECEIVED -> count(tallies, Measure.RECEIVED, "");
        case MESSAGE_SENT -> outbound(tallies, Measure.SENT, Measure.ACCEPTED_TO_SENT);
        case MESSAGE_DELIVERED -> outbound(tallies, Measure.DELIVERED, Measure.SENT_TO_DELIVERED);
        case MESSAGE_READ -> {
          if (isInbound) {
            count(tallies, Measure.SEEN, "");
          } else {
            outbound(tallies, Measure.READ, Measure.DELIVERED_TO_READ);
          }
        }
        case MESSAGE_FAILED -> count(tallies, Measure.FAILED, String.valueOf(reason));
        default -> {
          // It concerns no message.
        }
      }
    }

    private void outbound(Tallies tallies, Measure step, Measure latency) {
      count(tallies, step, "");
      if (millis != null) {
        count(tallies, latency, String.valueOf(Histogram.bucket(millis)));
      }
    }

    private void count(Tallies tallies, Measure measure, String label) {
      tallies.add(channel, hour, measure, label, count);
    }
  }
}
