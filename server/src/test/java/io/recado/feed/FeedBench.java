package io.recado.feed;

import io.recado.channel.Channel.InDoubt;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderEvent.ReceiptStatus;
import io.recado.connector.SendOutcome;
import io.recado.conversation.Conversations;
import io.recado.dispatch.Next;
import io.recado.dispatch.RecordOutcome;
import io.recado.dispatch.StartAttempt;
import io.recado.event.Event;
import io.recado.event.EventLog;
import io.recado.event.EventType;
import io.recado.inbound.ApplyReceipt;
import io.recado.journal.Dialect;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.message.Queued;
import io.recado.message.Receipts;
import io.recado.testing.DeliveryBench;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Messages on a real database, and the feed of their events.
final class FeedBench implements AutoCloseable {

  static final String NAME = "pigeon-1";

  final DeliveryBench delivery;
  final EventIds ids;
  final EventFeed feed;

  FeedBench(Dialect engine) {
    delivery = new DeliveryBench(engine);
    ids = EventIds.open(delivery.server.journal, delivery.now());
    feed = newFeed();
  }

  /// A feed that has read nothing yet.
  EventFeed newFeed() {
    var server = delivery.server;
    return new EventFeed(
        server.reads,
        ids,
        server.channels,
        new Conversations(server.reads, server.journal, server.ids, server.clock));
  }

  /// Starts an attempt.
  Queued start(Queued queued) {
    var start =
        new StartAttempt(queued, false, DeliveryBench.WINDOW, InDoubt.DEFAULT, delivery.now());
    return ((StartAttempt.Start.Started) delivery.server.journal.commit(start)).queued();
  }

  /// The provider accepts what was started.
  void sent(Queued started) {
    var outcome = new SendOutcome.Accepted(NAME, null, false, ProviderAnswer.ofStatus(200));
    delivery.server.journal.commit(
        new RecordOutcome(started, outcome, new Next.Sent(), delivery.now()));
  }

  /// The provider reports a step.
  void receipt(Queued queued, ReceiptStatus status) {
    delivery.server.journal.commit(
        new ApplyReceipt(
            1,
            delivery.channel.key(),
            queued.conversation(),
            queued.id(),
            NAME,
            1,
            new Receipts.Receipt(status, delivery.now(), delivery.now(), null),
            new ApplyReceipt.Told((_, _, _) -> {}, _ -> {})));
  }

  void later() {
    delivery.server.clock.advance(Duration.ofSeconds(10));
  }

  /// Appends plain events of a channel.
  void append(long channel, int count) {
    delivery.server.journal.commit(new Append(channel, count, delivery.now()));
  }

  /// The `data` of each event of a type, in order.
  List<JsonObject> data(EventType type, String field) {
    return feed.stretch(1, 0, 1_000, EventChoice.ALL).events().stream()
        .filter(event -> event.type() == type)
        .map(event -> Json.readObject(event.json()))
        .map(json -> json.object("data").flatMap(data -> data.object(field)).orElseThrow())
        .toList();
  }

  JsonObject message(EventType type) {
    return data(type, "message").getFirst();
  }

  @Override
  public void close() {
    delivery.close();
  }

  private record Append(long channel, int count, Instant now) implements Write<Boolean> {

    @Override
    public long workspace() {
      return 1;
    }

    @Override
    public Boolean apply(Tx tx) {
      for (int i = 0; i < count; i++) {
        JsonObject change = JsonObject.builder().with("number", i).build();
        EventLog.append(tx, Event.ofChannel(1, EventType.CHANNEL_UPDATED, now, channel, change));
      }
      return true;
    }
  }
}
