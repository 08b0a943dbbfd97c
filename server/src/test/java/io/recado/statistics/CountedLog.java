package io.recado.statistics;

import io.recado.event.Event;
import io.recado.event.EventLog;
import io.recado.event.EventType;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import io.recado.testing.TestServer;
import java.time.Instant;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A database with events of chosen kinds and times, and what is counted of them.
final class CountedLog implements AutoCloseable {

  static final Instant NOON = Instant.parse("2026-04-03T12:00:00Z");

  private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

  final TestServer server;
  final Statistics statistics;
  private long seq;

  CountedLog(Dialect engine) {
    server = new TestServer(engine);
    statistics = new Statistics(server.journal, server.reads);
  }

  /// An outbound message that was accepted, and its event.
  Message accept(long channel, Instant time) {
    return message(channel, "OUTBOUND", EventType.MESSAGE_CREATED, time, null);
  }

  /// As [#accept], to be sent later.
  Message schedule(long channel, Instant time, Instant sendTime) {
    return message(channel, "OUTBOUND", EventType.MESSAGE_CREATED, time, sendTime);
  }

  /// A message from a person, and its event.
  Message receive(long channel, Instant time) {
    Message message = message(channel, "INBOUND", EventType.MESSAGE_RECEIVED, time, null);
    set(message, "delivered_time", time);
    return message;
  }

  private Message message(
      long channel, String direction, EventType type, Instant time, @Nullable Instant sendTime) {
    var message = new Message(channel, server.ids.next());
    long place = ++seq;
    commit(
        TestServer.WORKSPACE,
        tx ->
            tx.update(
                "INSERT INTO message (workspace_key, channel_key, conversation_key, seq, id,"
                    + " direction, status, content_type, content, create_time, update_time,"
                    + " send_time) VALUES (1, ?, 1, ?, ?, ?, 'SENDING', 'TEXT', '{}', ?, 0, ?)",
                binds ->
                    binds
                        .number(channel)
                        .number(place)
                        .id(message.id)
                        .text(direction)
                        .time(time)
                        .time(sendTime)));
    event(message, type, time, JsonObject.empty());
    return message;
  }

  private void set(Message message, String column, Instant time) {
    commit(
        TestServer.WORKSPACE,
        tx ->
            tx.update(
                "UPDATE message SET " + column + " = ? WHERE workspace_key = 1 AND id = ?",
                binds -> binds.time(time).id(message.id)));
  }

  private void event(Message message, EventType type, Instant time, JsonObject change) {
    commit(TestServer.WORKSPACE, tx -> append(tx, message, type, time, change));
  }

  static void append(Tx tx, Message message, EventType type, Instant time, JsonObject change) {
    EventLog.append(
        tx,
        new Event(TestServer.WORKSPACE, type, time, message.channel, 1L, 1, message.id, change));
  }

  /// What is counted of a channel, as lines `hour measure label`.
  TreeMap<String, Long> counted(long channel) {
    var counts = new TreeMap<String, Long>();
    server
        .reads
        .read(r -> StatisticStore.hours(r, TestServer.WORKSPACE, channel, Instant.EPOCH, END))
        .forEach(tally -> counts.put(line(tally.key()), tally.count()));
    return counts;
  }

  private static String line(Tallies.Key key) {
    String hour = key.hour().toString().substring(11, 16);
    return (hour + " " + key.measure() + " " + key.label()).strip();
  }

  void commit(long workspace, Consumer<Tx> change) {
    server.journal.commit(
        new Write<Boolean>() {
          @Override
          public long workspace() {
            return workspace;
          }

          @Override
          public Boolean apply(Tx tx) {
            change.accept(tx);
            return true;
          }
        });
  }

  @Override
  public void close() {
    server.close();
  }

  /// One message; its steps are told as they happen.
  final class Message {

    final long channel;
    final Id id;

    private Message(long channel, Id id) {
      this.channel = channel;
      this.id = id;
    }

    Message sent(Instant time) {
      return step("sent_time", EventType.MESSAGE_SENT, time);
    }

    Message delivered(Instant time) {
      return step("delivered_time", EventType.MESSAGE_DELIVERED, time);
    }

    Message read(Instant time) {
      return step("read_time", EventType.MESSAGE_READ, time);
    }

    Message failed(Instant time, String reason) {
      var error = JsonObject.builder().with("reason", reason).build();
      event(
          this, EventType.MESSAGE_FAILED, time, JsonObject.builder().with("error", error).build());
      return this;
    }

    private Message step(String column, EventType type, Instant time) {
      set(this, column, time);
      event(this, type, time, JsonObject.empty());
      return this;
    }

    /// Gone without a trace, as when it is erased.
    void erase() {
      commit(
          TestServer.WORKSPACE,
          tx ->
              tx.update(
                  "DELETE FROM message WHERE workspace_key = 1 AND id = ?", binds -> binds.id(id)));
    }
  }
}
