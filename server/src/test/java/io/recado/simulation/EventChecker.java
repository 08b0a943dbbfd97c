package io.recado.simulation;

import io.recado.json.JsonObject;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// I5 and I7: the log of events has no gap, tells of each change once, and never of a step back.
final class EventChecker {

  private static final List<String> STEPS =
      List.of(
          "MESSAGE_CREATED", "MESSAGE_SENT", "MESSAGE_DELIVERED", "MESSAGE_READ", "MESSAGE_FAILED");

  private final Connection connection;
  private final Map<String, StoredMessage> messages;
  private final List<String> faults;

  EventChecker(Connection connection, Map<String, StoredMessage> messages, List<String> faults) {
    this.connection = connection;
    this.messages = messages;
    this.faults = faults;
  }

  void check() {
    List<StoredEvent> events =
        Tables.query(
            connection,
            """
            SELECT position, type, conversation_key, conversation_seq, lower(hex(message_id)), change
            FROM event ORDER BY position\
            """,
            row ->
                new StoredEvent(
                    row.getLong(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getString(5),
                    StoredMessage.json(row.getString(6))));
    numbers(events);
    Map<String, List<StoredEvent>> byMessage = new HashMap<>();
    for (StoredEvent event : events) {
      if (event.message != null && !event.message.isEmpty()) {
        byMessage.computeIfAbsent(event.message, _ -> new ArrayList<>()).add(event);
      }
    }
    messages
        .values()
        .forEach(message -> message(message, byMessage.getOrDefault(message.id(), List.of())));
  }

  private void numbers(List<StoredEvent> events) {
    long position = 0;
    Map<Long, Long> sequences = new HashMap<>();
    for (StoredEvent event : events) {
      require(event.position == ++position, "I7: a gap before event %s", event);
      position = event.position;
      if (event.conversation != 0) {
        long sequence = sequences.merge(event.conversation, 1L, Long::sum);
        require(event.sequence == sequence, "I7: %s should be number %d", event, sequence);
        sequences.put(event.conversation, event.sequence);
      }
    }
    Tables.query(
        connection,
        "SELECT conversation_key, event_seq FROM conversation_state",
        row -> {
          long told = sequences.getOrDefault(row.getLong(1), 0L);
          require(
              told == row.getLong(2),
              "I7: conversation %d counts %d events, %d are there",
              row.getLong(1),
              row.getLong(2),
              told);
          return told;
        });
  }

  private void message(StoredMessage message, List<StoredEvent> events) {
    if (!message.isOutbound()) {
      long received = events.stream().filter(e -> e.type.equals("MESSAGE_RECEIVED")).count();
      require(received == 1, "I7: message %s was received %d times", message.id(), received);
      return;
    }
    int most = 0;
    Instant last = Instant.MIN;
    for (int i = 0; i < STEPS.size(); i++) {
      String step = STEPS.get(i);
      long count = events.stream().filter(event -> event.type.equals(step)).count();
      boolean isTold = message.times().get(i) != 0;
      boolean mayRepeat = step.equals("MESSAGE_FAILED") && count == 2;
      require(
          isTold ? count == 1 || mayRepeat : count == 0,
          "I7: %d events %s of message %s",
          count,
          step,
          message);
    }
    for (StoredEvent event : events) {
      String status = event.change.string("status").orElse(null);
      if (status != null) {
        Instant time = Instant.parse(event.change.string("updateTime").orElseThrow());
        require(!time.isBefore(last), "I5: the time goes back in %s", event);
        last = time;
        String reason = event.change.object("error").flatMap(e -> e.string("reason")).orElse(null);
        most = Math.max(most, StoredMessage.rank(status, reason));
      }
    }
    require(most == message.rank(), "I5: %s, though it was told to be further", message);
    for (int i = 1; i < 4; i++) {
      long before = message.times().get(i - 1);
      long time = message.times().get(i);
      require(time == 0 || before <= time, "I5: the times of %s", message);
    }
  }

  private void require(boolean holds, String fault, Object... values) {
    if (!holds) {
      faults.add(fault.formatted(values));
    }
  }

  private record StoredEvent(
      long position,
      String type,
      long conversation,
      long sequence,
      @Nullable String message,
      JsonObject change) {

    @Override
    public String toString() {
      return position + " " + type + " of " + message;
    }
  }
}
