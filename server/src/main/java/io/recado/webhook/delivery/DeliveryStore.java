package io.recado.webhook.delivery;

import io.recado.event.EventType;
import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.journal.Tx;
import io.recado.webhook.cursor.Answer;
import io.recado.webhook.cursor.Command;
import io.recado.webhook.cursor.Command.State;
import io.recado.webhook.cursor.Heading;
import io.recado.webhook.cursor.Place;
import io.recado.webhook.delivery.Delivery.Attempt;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All SQL of deliveries. A delivery's row holds its latest attempt; those before it, and those of
/// one that was not taken at once, have rows of their own.
final class DeliveryStore {

  private static final String COLUMNS =
      """
      endpoint_key, position, lane, type, event_time, message_id, state, due_time, create_time,
        attempt, attempt_time, status, latency, answer\
      """;
  private static final String PUT =
      """
      INSERT INTO webhook_delivery (workspace_key, endpoint_key, position, lane, type, event_time,
        message_id, state, due_time, create_time, attempt, attempt_time, status, latency, answer)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (workspace_key, endpoint_key, position) DO UPDATE SET
        state = excluded.state, due_time = excluded.due_time, attempt = excluded.attempt,
        attempt_time = excluded.attempt_time, status = excluded.status,
        latency = excluded.latency, answer = excluded.answer\
      """;
  private static final String ADD_ATTEMPT =
      """
      INSERT INTO webhook_attempt (workspace_key, endpoint_key, position, time, attempt, status,
        latency, answer)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
      """;
  private static final String KEEP_ATTEMPT =
      """
      INSERT INTO webhook_attempt (workspace_key, endpoint_key, position, time, attempt, status,
        latency, answer)
      SELECT workspace_key, endpoint_key, position, attempt_time, attempt, status, latency, answer
      FROM webhook_delivery WHERE workspace_key = ? AND endpoint_key = ? AND position = ?
      ON CONFLICT DO NOTHING\
      """;
  private static final String SELECT = "SELECT " + COLUMNS + " FROM webhook_delivery ";
  private static final String ONE =
      SELECT + "WHERE workspace_key = ? AND endpoint_key = ? AND position = ?";
  private static final String PAGE =
      SELECT + "WHERE workspace_key = ? AND endpoint_key = ? AND position < ? ";
  static final String OF_MESSAGE =
      "SELECT endpoint_key, position FROM webhook_delivery WHERE workspace_key = ? AND message_id ="
          + " ?";
  private static final String ATTEMPTS =
      """
      SELECT attempt, time, status, latency, answer FROM webhook_attempt
      WHERE workspace_key = ? AND endpoint_key = ? AND position = ? ORDER BY time DESC LIMIT 20\
      """;
  private static final String FAILED =
      """
      SELECT position, lane FROM webhook_delivery
      WHERE workspace_key = ? AND endpoint_key = ? AND state = 'FAILED' AND position > ?
        AND position <= ?
      """;
  private static final String FAILED_PAGE = FAILED + "ORDER BY position LIMIT ?";
  private static final String FAILED_OF_LANE = FAILED + "AND lane = ? ORDER BY position LIMIT ?";
  private static final String COUNT_FAILED =
      """
      SELECT COUNT(*) FROM webhook_delivery
      WHERE workspace_key = ? AND endpoint_key = ? AND state = 'FAILED'\
      """;

  private DeliveryStore() {}

  /// Adds an attempt.
  ///
  /// @param isLatest whether none of the same delivery comes after it in the group
  static void add(Tx tx, Told told, boolean isLatest) {
    Command.Record record = told.record();
    Place place = record.place();
    Answer answer = record.answer();
    boolean isReplay = place.cursor() != 0;
    boolean isSimple = record.state() == State.DELIVERED && record.attempt() == 1;
    if (isReplay) {
      tx.batch(
          KEEP_ATTEMPT,
          binds ->
              binds.number(record.workspace()).number(place.endpoint()).number(place.position()));
    }
    if (isReplay || !isSimple || !isLatest) {
      tx.batch(
          ADD_ATTEMPT,
          binds ->
              binds
                  .number(record.workspace())
                  .number(place.endpoint())
                  .number(place.position())
                  .time(answer.startTime())
                  .number(record.attempt())
                  .number(answer.status())
                  .number(answer.latency().toMillis())
                  .text(answer.text()));
    }
    if (isLatest) {
      put(tx, told);
    }
  }

  private static void put(Tx tx, Told told) {
    Command.Record record = told.record();
    Place place = record.place();
    Answer answer = record.answer();
    tx.batch(
        PUT,
        binds ->
            binds
                .number(record.workspace())
                .number(place.endpoint())
                .number(place.position())
                .number(place.lane())
                .name(told.event().type())
                .time(told.event().time())
                .id(told.event().message())
                .name(record.state())
                .time(record.dueTime())
                .time(answer.startTime())
                .number(record.attempt())
                .time(answer.startTime())
                .number(answer.status())
                .number(answer.latency().toMillis())
                .text(answer.text()));
  }

  static Optional<Delivery> find(Reads reads, long workspace, long endpoint, long position) {
    return reads.find(
        ONE,
        binds -> binds.number(workspace).number(endpoint).number(position),
        DeliveryStore::delivery);
  }

  /// A page of an endpoint's deliveries, newest events first.
  ///
  /// @param before the last position of the page before; [Long#MAX_VALUE] for the first
  static List<Delivery> page(
      Reads reads, long workspace, long endpoint, long before, int limit, DeliveryFilter filter) {
    return reads.query(
        PAGE + filter.sql() + " ORDER BY position DESC LIMIT ?",
        binds -> {
          binds.number(workspace).number(endpoint).number(before);
          for (Object value : filter.values()) {
            binds.value(value);
          }
          binds.number(limit);
        },
        DeliveryStore::delivery);
  }

  /// The deliveries of a message's events, to all endpoints, in no order.
  static List<Delivery> ofMessage(Reads reads, long workspace, Id message) {
    // In two steps: the first reads the index alone, which SQLite would pass over otherwise.
    return reads
        .query(
            OF_MESSAGE,
            binds -> binds.number(workspace).id(message),
            row -> new long[] {row.number(), row.number()})
        .stream()
        .flatMap(key -> find(reads, workspace, key[0], key[1]).stream())
        .toList();
  }

  /// The latest 20 attempts of a delivery, in order.
  static List<Attempt> attempts(Reads reads, long workspace, Delivery delivery) {
    List<Attempt> attempts =
        new ArrayList<>(
            reads.query(
                ATTEMPTS,
                binds ->
                    binds.number(workspace).number(delivery.endpoint()).number(delivery.position()),
                DeliveryStore::attempt));
    if (attempts.stream().noneMatch(one -> one.time().equals(delivery.last().time()))) {
      attempts.add(delivery.last());
    }
    attempts.sort(Comparator.comparing(Attempt::time));
    return attempts;
  }

  /// An endpoint's failed deliveries within bounds.
  static List<Heading> failed(
      Reads reads, long workspace, long endpoint, LaneStore.Bounds bounds, int limit) {
    return reads.query(
        FAILED_PAGE,
        binds ->
            binds
                .number(workspace)
                .number(endpoint)
                .number(bounds.after())
                .number(bounds.upTo())
                .number(limit),
        row -> new Heading(row.number(), row.number()));
  }

  /// Those of one lane.
  static List<Heading> failedOf(
      Reads reads, long workspace, long endpoint, LaneStore.Bounds bounds, long lane) {
    return reads.query(
        FAILED_OF_LANE,
        binds ->
            binds
                .number(workspace)
                .number(endpoint)
                .number(bounds.after())
                .number(bounds.upTo())
                .number(lane)
                .number(LogPages.PAGE),
        row -> new Heading(row.number(), row.number()));
  }

  static long countFailed(Reads reads, long workspace, long endpoint) {
    return reads
        .query(COUNT_FAILED, binds -> binds.number(workspace).number(endpoint), Row::number)
        .getFirst();
  }

  private static Delivery delivery(Row row) throws SQLException {
    return new Delivery(
        row.number(),
        row.number(),
        row.number(),
        row.name(EventType.class),
        row.time(),
        row.idOrNull(),
        row.name(State.class),
        row.timeOrNull(),
        row.time(),
        attempt(row));
  }

  private static Attempt attempt(Row row) throws SQLException {
    return new Attempt(
        row.smallNumber(),
        row.time(),
        row.smallNumber(),
        Duration.ofMillis(row.number()),
        row.text());
  }
}
