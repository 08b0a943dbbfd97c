package io.recado.webhook.endpoint;

import io.recado.event.EventType;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.journal.Tx;
import io.recado.webhook.cursor.Failures;
import io.recado.webhook.cursor.Progress;
import io.recado.webhook.cursor.Standing;
import io.recado.webhook.cursor.StoredCursor;
import io.recado.webhook.cursor.StoredLane;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All SQL of how far endpoints have come and how they fare. Rows that are not there are not made,
/// so that what comes late for a deleted endpoint leaves nothing behind but a lane that nobody
/// reads.
public final class StandingStore {

  private static final String INSERT_STANDING =
      "INSERT INTO webhook_standing (workspace_key, endpoint_key, fast) VALUES (?, ?, 0)";
  private static final String INSERT_CURSOR =
      """
      INSERT INTO webhook_cursor (workspace_key, endpoint_key, number, position, until_position,
        source, types)
      VALUES (?, ?, ?, ?, ?, ?, ?)\
      """;
  private static final String STANDING =
      """
      SELECT failing_time, failure, failures_from, failures_last, success_time, fast, gap_time
      FROM webhook_standing WHERE workspace_key = ? AND endpoint_key = ?\
      """;
  private static final String CURSORS =
      """
      SELECT number, position, until_position, source, types
      FROM webhook_cursor WHERE workspace_key = ? AND endpoint_key = ? ORDER BY number\
      """;
  private static final String LANES =
      """
      SELECT number, lane, position, attempts, due_time
      FROM webhook_lane WHERE workspace_key = ? AND endpoint_key = ?\
      """;
  private static final String WAITING =
      "SELECT COUNT(*) FROM webhook_lane WHERE workspace_key = ? AND endpoint_key = ? AND attempts"
          + " > 0";
  private static final String UPDATE_STANDING =
      """
      UPDATE webhook_standing
      SET failing_time = ?, failure = ?, failures_from = ?, failures_last = ?, success_time = ?,
        fast = ?
      WHERE workspace_key = ? AND endpoint_key = ?\
      """;
  private static final String UPDATE_CURSOR =
      """
      UPDATE webhook_cursor SET position = ?
      WHERE workspace_key = ? AND endpoint_key = ? AND number = ?\
      """;
  private static final String PUT_LANE =
      """
      INSERT INTO webhook_lane (workspace_key, endpoint_key, number, lane, position, attempts,
        due_time)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (workspace_key, endpoint_key, number, lane) DO UPDATE SET
        position = excluded.position, attempts = excluded.attempts, due_time = excluded.due_time\
      """;
  private static final String DELETE_LANE =
      """
      DELETE FROM webhook_lane
      WHERE workspace_key = ? AND endpoint_key = ? AND number = ? AND lane = ?\
      """;
  private static final String DELETE_CURSOR =
      "DELETE FROM webhook_cursor WHERE workspace_key = ? AND endpoint_key = ? AND number = ?";
  private static final String GAP =
      "UPDATE webhook_standing SET gap_time = ? WHERE workspace_key = ? AND endpoint_key = ?";
  private static final List<String> DELETE_ALL =
      List.of(
          "DELETE FROM webhook_standing WHERE workspace_key = ? AND endpoint_key = ?",
          "DELETE FROM webhook_cursor WHERE workspace_key = ? AND endpoint_key = ?",
          "DELETE FROM webhook_lane WHERE workspace_key = ? AND endpoint_key = ?");
  private static final String HEAD = "SELECT position FROM log_head WHERE workspace_key = ?";
  private static final String OLDEST =
      "SELECT position FROM event WHERE workspace_key = ? ORDER BY position LIMIT 1";
  private static final String TIME_AT =
      """
      SELECT time FROM event WHERE workspace_key = ? AND position >= ? ORDER BY position LIMIT 1\
      """;

  private static final String FORGET =
      """
      UPDATE webhook_standing
      SET failing_time = NULL, failure = NULL, failures_from = NULL, failures_last = NULL,
        gap_time = NULL
      WHERE workspace_key = ? AND endpoint_key = ?\
      """;
  private static final String GAP_TIME =
      "SELECT gap_time FROM webhook_standing WHERE workspace_key = ? AND endpoint_key = ?";
  private static final String BEHIND =
      """
      SELECT h.position - c.position FROM webhook_cursor c
      JOIN log_head h ON h.workspace_key = c.workspace_key
      WHERE c.workspace_key = ? AND c.endpoint_key = ? AND c.number = 0\
      """;
  private static final String ALL_BEHIND =
      """
      SELECT COALESCE(SUM(h.position - c.position), 0) FROM webhook_endpoint e
      JOIN webhook_cursor c ON c.workspace_key = e.workspace_key AND c.endpoint_key = e.endpoint_key
      JOIN log_head h ON h.workspace_key = e.workspace_key
      WHERE e.state = 'ENABLED' AND e.delete_time IS NULL AND c.number = 0\
      """;

  private StandingStore() {}

  /// What an endpoint answered so far says nothing any more.
  static void forgetFailures(Tx tx, long workspace, long endpoint) {
    tx.update(FORGET, binds -> binds.number(workspace).number(endpoint));
  }

  /// How many events of the log lie behind an endpoint's cursor, wanted or not.
  static long behind(Reads reads, long workspace, long endpoint) {
    return reads
        .find(BEHIND, binds -> binds.number(workspace).number(endpoint), Row::number)
        .orElse(0L);
  }

  /// The same of all enabled endpoints together.
  public static long behind(Reads reads) {
    return reads.query(ALL_BEHIND, _ -> {}, Row::number).getFirst();
  }

  /// A new endpoint stands at the log's end.
  static void insert(Tx tx, long workspace, long endpoint) {
    tx.update(INSERT_STANDING, binds -> binds.number(workspace).number(endpoint));
    long head = head(tx, workspace);
    insert(
        tx,
        workspace,
        endpoint,
        new Reading(new StoredCursor(0, head, null), Source.LOG, Set.of()));
  }

  /// Adds a cursor.
  public static void insert(Tx tx, long workspace, long endpoint, Reading reading) {
    StoredCursor cursor = reading.cursor;
    tx.update(
        INSERT_CURSOR,
        binds ->
            binds
                .number(workspace)
                .number(endpoint)
                .number(cursor.number())
                .number(cursor.position())
                .number(cursor.until())
                .name(reading.source)
                .text(EndpointStore.typesText(reading.types)));
  }

  static void delete(Tx tx, long workspace, long endpoint) {
    DELETE_ALL.forEach(sql -> tx.update(sql, binds -> binds.number(workspace).number(endpoint)));
  }

  /// How an endpoint fares; as a new one when nothing is known.
  public static Standing standing(Reads reads, long workspace, long endpoint) {
    return reads
        .find(
            STANDING,
            binds -> binds.number(workspace).number(endpoint),
            row ->
                new Standing(
                    row.timeOrNull(),
                    row.textOrNull(),
                    new Failures(row.timeOrNull(), row.timeOrNull()),
                    row.timeOrNull(),
                    row.flag()))
        .orElse(Standing.NEW);
  }

  /// When events were last lost to an endpoint, because it was away for longer than they are kept.
  static Optional<Instant> gapTime(Reads reads, long workspace, long endpoint) {
    return reads
        .query(
            GAP_TIME,
            binds -> binds.number(workspace).number(endpoint),
            row -> Optional.ofNullable(row.timeOrNull()))
        .stream()
        .findFirst()
        .flatMap(time -> time);
  }

  /// All cursors of an endpoint.
  public static List<Reading> cursors(Reads reads, long workspace, long endpoint) {
    return reads.query(
        CURSORS,
        binds -> binds.number(workspace).number(endpoint),
        row ->
            new Reading(
                new StoredCursor(row.smallNumber(), row.number(), row.numberOrNull()),
                row.name(Source.class),
                EndpointStore.types(row.text())));
  }

  /// All lanes of an endpoint that do not keep up.
  public static List<StoredLane> lanes(Reads reads, long workspace, long endpoint) {
    return reads.query(
        LANES,
        binds -> binds.number(workspace).number(endpoint),
        row ->
            new StoredLane(
                row.smallNumber(), row.number(), row.number(), row.smallNumber(), row.time()));
  }

  /// How many conversations wait for an event that was refused.
  static long waiting(Reads reads, long workspace, long endpoint) {
    return reads
        .query(WAITING, binds -> binds.number(workspace).number(endpoint), Row::number)
        .getFirst();
  }

  /// Stores what changed.
  public static void store(Tx tx, Progress progress) {
    long workspace = progress.workspace();
    long endpoint = progress.endpoint();
    Standing standing = progress.standing();
    tx.batch(
        UPDATE_STANDING,
        binds ->
            binds
                .time(standing.failingSince())
                .text(standing.failure())
                .time(standing.failures().from())
                .time(standing.failures().last())
                .time(standing.successTime())
                .flag(standing.fast())
                .number(workspace)
                .number(endpoint));
    for (StoredCursor cursor : progress.cursors()) {
      tx.batch(
          UPDATE_CURSOR,
          binds ->
              binds
                  .number(cursor.position())
                  .number(workspace)
                  .number(endpoint)
                  .number(cursor.number()));
    }
    progress.lanes().forEach(lane -> put(tx, workspace, endpoint, lane));
    for (Progress.LaneName lane : progress.caughtUp()) {
      tx.batch(
          DELETE_LANE,
          binds ->
              binds.number(workspace).number(endpoint).number(lane.cursor()).number(lane.lane()));
    }
    for (int number : progress.finished()) {
      tx.batch(DELETE_CURSOR, binds -> binds.number(workspace).number(endpoint).number(number));
    }
  }

  private static void put(Tx tx, long workspace, long endpoint, StoredLane lane) {
    tx.batch(
        PUT_LANE,
        binds ->
            binds
                .number(workspace)
                .number(endpoint)
                .number(lane.cursor())
                .number(lane.lane())
                .number(lane.position())
                .number(lane.attempts())
                .time(lane.dueTime()));
  }

  /// Moves a cursor over a part of the log that is gone.
  public static void skip(Tx tx, long workspace, long endpoint, StoredCursor cursor, Instant now) {
    tx.update(
        UPDATE_CURSOR,
        binds ->
            binds
                .number(cursor.position())
                .number(workspace)
                .number(endpoint)
                .number(cursor.number()));
    tx.update(GAP, binds -> binds.time(now).number(workspace).number(endpoint));
  }

  /// The position of the workspace's newest event; 0 when it has none.
  public static long head(Reads reads, long workspace) {
    return reads.find(HEAD, binds -> binds.number(workspace), Row::number).orElse(0L);
  }

  /// The position of the oldest event that is still kept; one after the head when none is.
  public static long oldest(Reads reads, long workspace) {
    long head = head(reads, workspace); // first, as the log may grow between the two
    return reads.find(OLDEST, binds -> binds.number(workspace), Row::number).orElse(head + 1);
  }

  /// The last position before a time, give or take the moment by which events of one group are out
  /// of order. A search by halves, as the log has no index by time.
  public static long before(Reads reads, long workspace, Instant time) {
    long low = oldest(reads, workspace) - 1;
    long high = head(reads, workspace);
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      Instant there =
          reads
              .find(TIME_AT, binds -> binds.number(workspace).number(middle), row -> row.time())
              .orElse(Instant.MAX);
      if (there.isBefore(time)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /// A cursor and what it reads.
  ///
  /// @param types those that a replay is confined to; empty for all
  public record Reading(StoredCursor cursor, Source source, Set<EventType> types) {}

  /// Where a cursor finds its events.
  public enum Source {
    /// In the log.
    LOG,
    /// Among the deliveries that failed.
    FAILED
  }
}
