package io.recado.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.Content;
import io.recado.connector.ProviderEvent.ReceiptStatus;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.conversation.MarkRead;
import io.recado.conversation.UpdateConversation;
import io.recado.conversation.UpdateConversation.Change;
import io.recado.event.EventType;
import io.recado.feed.EventFeed.Stretch;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.message.Queued;
import io.recado.testing.DeliveryBench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What events show and how they are read, on every database.
interface EventFeedContract {

  String PHONE = "+573000000001";

  Dialect engine();

  private static String name(FeedBench bench, Identity conversation) {
    return bench.delivery.channel.name() + "/conversations/" + conversation.id();
  }

  private static Optional<String> text(JsonObject json, String field) {
    return json.string(field);
  }

  @Test
  default void aMessageIsShownAsItWasAtEachOfItsEvents() {
    try (var bench = new FeedBench(engine())) {
      Identity conversation = bench.delivery.openConversation(PHONE);
      String accepted = bench.delivery.now().toString();
      Queued started = bench.start(bench.delivery.accept(conversation, "hi"));
      bench.later();
      String sent = bench.delivery.now().toString();
      bench.sent(started);
      bench.later();
      String read = bench.delivery.now().toString();
      bench.receipt(started, ReceiptStatus.READ);

      JsonObject created = bench.message(EventType.MESSAGE_CREATED);
      assertThat(created)
          .isEqualTo(
              JsonObject.builder()
                  .with("name", name(bench, conversation) + "/messages/" + started.id())
                  .with("createTime", accepted)
                  .with("status", "SENDING")
                  .with("updateTime", accepted)
                  .with("contentType", "TEXT")
                  .with("text", "hi")
                  .with("direction", "OUTBOUND")
                  .build());
      assertThat(bench.message(EventType.MESSAGE_SENT))
          .isEqualTo(
              JsonObject.builder()
                  .withAll(created)
                  .with("status", "SENT")
                  .with("updateTime", sent)
                  .with("sentTime", sent)
                  .build());
      JsonObject delivered = bench.message(EventType.MESSAGE_DELIVERED);
      assertThat(text(delivered, "status")).contains("DELIVERED");
      assertThat(text(delivered, "deliveredTime")).contains(read);
      assertThat(text(delivered, "readTime")).isEmpty();
      assertThat(text(bench.message(EventType.MESSAGE_READ), "readTime")).contains(read);
    }
  }

  @Test
  default void anEventBeforeTheFallbackShowsTheTextAndOneAfterItTheTemplate() {
    try (var bench = new FeedBench(engine())) {
      DeliveryBench delivery = bench.delivery;
      Identity conversation = delivery.openConversation(PHONE);
      var fallback = new Content.Template("hello", "en", null, List.of(), List.of());
      Queued queued =
          delivery.commit(
              delivery.accepting(
                  conversation,
                  DeliveryBench.draft(
                      new Content.Text("hi"), fallback, delivery.now().plus(Duration.ofDays(3))),
                  Optional.empty()));
      delivery.server.clock.advance(Duration.ofHours(30));
      bench.sent(bench.start(queued));

      JsonObject created = bench.message(EventType.MESSAGE_CREATED);
      assertThat(text(created, "contentType")).contains("TEXT");
      assertThat(text(created, "text")).contains("hi");
      assertThat(created.object("template")).isEmpty();
      JsonObject sent = bench.message(EventType.MESSAGE_SENT);
      assertThat(text(sent, "contentType")).contains("TEMPLATE");
      assertThat(sent.object("template").flatMap(t -> t.string("name"))).contains("hello");
      assertThat(text(sent, "text")).isEmpty();
    }
  }

  @Test
  default void aPersonsMessageIsShownUnreadUntilItWasRead() {
    try (var bench = new FeedBench(engine())) {
      DeliveryBench delivery = bench.delivery;
      Identity conversation = delivery.openConversation(PHONE);
      String received = delivery.now().toString();
      bench.later();
      delivery.server.journal.commit(
          new MarkRead(1, delivery.channel.key(), conversation.key(), delivery.now()));

      JsonObject before = bench.message(EventType.MESSAGE_RECEIVED);
      assertThat(text(before, "status")).contains("DELIVERED");
      assertThat(text(before, "updateTime")).contains(received);
      assertThat(text(before, "readTime")).isEmpty();
      JsonObject after = bench.message(EventType.MESSAGE_READ);
      assertThat(text(after, "status")).contains("READ");
      assertThat(text(after, "deliveredTime")).contains(received);
      assertThat(text(after, "readTime")).contains(delivery.now().toString());
      JsonObject told = bench.data(EventType.CONVERSATION_UPDATED, "conversation").getFirst();
      assertThat(told.number("unreadCount")).contains(0L);
    }
  }

  @Test
  default void aConversationIsShownAsItWasButForPeoplesNames() {
    try (var bench = new FeedBench(engine())) {
      DeliveryBench delivery = bench.delivery;
      Identity conversation = delivery.conversation(PHONE);
      String created = delivery.now().toString();
      update(bench, conversation, Optional.of("Valentina"), List.of("vip"));
      update(bench, conversation, Optional.of("Sofía"), List.of());

      JsonObject first = bench.data(EventType.CONVERSATION_CREATED, "conversation").getFirst();
      assertThat(text(first, "name")).contains(name(bench, conversation));
      assertThat(text(first, "state")).contains("OPEN");
      assertThat(text(first, "updateTime")).contains(created);
      assertThat(first.items("labels")).isEmpty();
      JsonObject contact = first.object("contact").orElseThrow();
      assertThat(text(contact, "phoneNumber")).contains(PHONE);
      assertThat(text(contact, "displayName")).contains("Sofía");
      List<JsonObject> later = bench.data(EventType.CONVERSATION_UPDATED, "conversation");
      assertThat(later.get(0).items("labels")).isEqualTo(List.of("vip"));
      assertThat(later.get(1).items("labels")).isEmpty();
      assertThat(text(later.get(1), "updateTime")).contains(delivery.now().toString());
    }
  }

  private static void update(
      FeedBench bench, Identity conversation, Optional<String> name, List<String> labels) {
    bench.later();
    bench.delivery.server.journal.commit(
        new UpdateConversation(
            1,
            bench.delivery.channel.key(),
            conversation.key(),
            new Change(name, Optional.empty(), Optional.empty(), Optional.of(labels)),
            bench.delivery.now()));
  }

  @Test
  default void aChannelIsShownAsItWasAlsoWhenItWasDeleted() {
    try (var bench = new FeedBench(engine())) {
      DeliveryBench delivery = bench.delivery;
      Identity conversation = delivery.openConversation(PHONE);
      delivery.server.json("POST /v1/" + delivery.channel.name() + ":pause", "");
      delivery.server.call("DELETE /v1/" + delivery.channel.name(), "");

      List<JsonObject> told = bench.data(EventType.CHANNEL_UPDATED, "channel");
      assertThat(told).extracting(channel -> text(channel, "name").orElseThrow()).hasSize(3);
      assertThat(told)
          .extracting(channel -> text(channel, "state").orElseThrow())
          .startsWith("ACTIVE", "PAUSED");
      assertThat(text(told.getLast(), "deleteTime")).isPresent();
      EventFeed fresh = bench.newFeed();
      assertThat(fresh.stretch(1, 0, 100, EventChoice.ALL).events())
          .filteredOn(event -> event.type() == EventType.MESSAGE_RECEIVED)
          .extracting(event -> new String(event.json()))
          .singleElement()
          .asString()
          .contains(name(bench, conversation) + "/messages/");
    }
  }

  @Test
  default void ofADeletedMessageItsNameAndItsStepsRemain() {
    try (var bench = new FeedBench(engine())) {
      Identity conversation = bench.delivery.openConversation(PHONE);
      Queued started = bench.start(bench.delivery.accept(conversation, "hi"));
      bench.sent(started);
      bench.delivery.server.journal.commit(new DeleteMessage(started.id()));
      String messageName = name(bench, conversation) + "/messages/" + started.id();

      assertThat(bench.message(EventType.MESSAGE_CREATED))
          .isEqualTo(JsonObject.builder().with("name", messageName).build());
      JsonObject sent = bench.message(EventType.MESSAGE_SENT);
      assertThat(text(sent, "name")).contains(messageName);
      assertThat(text(sent, "status")).contains("SENT");
      assertThat(text(sent, "text")).isEmpty();
    }
  }

  @Test
  default void anEventHasIdTypeTimeAndItsPlaceInTheConversation() {
    try (var bench = new FeedBench(engine())) {
      Identity conversation = bench.delivery.openConversation(PHONE);
      List<ShownEvent> events = bench.feed.after(1, 0, 100, EventChoice.ALL);
      assertThat(events).extracting(ShownEvent::position).containsExactly(1L, 2L, 3L);
      JsonObject received = Json.readObject(events.getLast().json());
      assertThat(text(received, "id")).contains(bench.ids.text(3));
      assertThat(text(received, "type")).contains("message.received");
      assertThat(text(received, "timestamp")).contains(bench.delivery.now().toString());
      assertThat(received.number("conversationSequence")).contains(2L);
      assertThat(Json.readObject(events.getFirst().json()).value("conversationSequence")).isNull();
      assertThat(events.getLast().conversation()).isEqualTo(conversation.key());
      assertThat(events.getLast().channel()).isEqualTo(bench.delivery.channel.key());
    }
  }

  @Test
  default void aChoiceIsReadToItsEndHoweverRareItIs() {
    try (var bench = new FeedBench(engine())) {
      bench.append(77, 3_000);
      bench.append(78, 1);
      bench.append(77, 3_000);
      var choice = new EventChoice(Set.of(), Set.of(78L));
      List<Long> found = new ArrayList<>();
      long position = 0;
      for (Stretch next = null; next == null || !next.isAtHead(); position = next.end()) {
        next = bench.feed.stretch(1, position, 10, choice);
        assertThat(next.end()).isGreaterThan(position);
        next.events().forEach(event -> found.add(event.position()));
      }
      // The bench's own channel was told first.
      assertThat(found).containsExactly(3_002L);
      assertThat(position).isEqualTo(6_002);
      var types = new EventChoice(Set.of(EventType.MESSAGE_SENT), Set.of());
      assertThat(bench.feed.after(1, 0, 10, types)).isEmpty();
    }
  }

  @Test
  default void aStretchEndsAtItsLastEventWhenThereAreMore() {
    try (var bench = new FeedBench(engine())) {
      bench.append(77, 9);
      Stretch first = bench.feed.stretch(1, 0, 4, EventChoice.ALL);
      assertThat(first.events()).hasSize(4);
      assertThat(first.end()).isEqualTo(4);
      assertThat(first.isAtHead()).isFalse();
      Stretch last = bench.feed.stretch(1, 4, 6, EventChoice.ALL);
      assertThat(last.events()).extracting(ShownEvent::position).endsWith(10L);
      assertThat(last.isAtHead()).isTrue();
      assertThat(bench.feed.stretch(1, 10, 6, EventChoice.ALL))
          .isEqualTo(new Stretch(List.of(), 10, true, false));
      assertThat(bench.feed.head(1)).isEqualTo(10);
      assertThat(bench.feed.head(2)).isZero();
    }
  }

  @Test
  default void whatRetentionHasDeletedIsAGapAndPassedOver() {
    try (var bench = new FeedBench(engine())) {
      bench.append(77, 5_000);
      assertThat(bench.feed.oldest(1)).isEqualTo(1);
      bench.delivery.server.journal.commit(new DeleteEvents(4_900));

      assertThat(bench.feed.oldest(1)).isEqualTo(4_901);
      Stretch gone = bench.feed.stretch(1, 100, 10, EventChoice.ALL);
      assertThat(gone.hasGap()).isTrue();
      assertThat(gone.end()).isEqualTo(4_900);
      assertThat(bench.feed.stretch(1, 4_900, 10, EventChoice.ALL).hasGap()).isFalse();
      assertThat(bench.feed.stretch(1, 4_899, 10, EventChoice.ALL).hasGap()).isTrue();
      bench.delivery.server.journal.commit(new DeleteEvents(5_001));
      assertThat(bench.feed.oldest(1)).isEqualTo(5_002);
      assertThat(bench.feed.stretch(1, 4_900, 10, EventChoice.ALL))
          .isEqualTo(new Stretch(List.of(), 5_001, true, true));
    }
  }

  @Test
  default void whoFollowsSeesWhatIsStoredWhetherNearTheEndOrFarBehind() {
    try (var bench = new FeedBench(engine())) {
      List<Long> follower = new ArrayList<>();
      long position = 0;
      for (int round = 0; round < 40; round++) {
        bench.append(77, round % 7 == 0 ? 500 : round % 3);
        if (round == 20) {
          // A second reader, who starts over, disturbs nobody.
          assertThat(bench.feed.after(1, 0, 5, EventChoice.ALL))
              .extracting(ShownEvent::position)
              .containsExactly(1L, 2L, 3L, 4L, 5L);
        }
        Stretch next = bench.feed.follow(1, position, 60, EventChoice.ALL);
        next.events().forEach(event -> follower.add(event.position()));
        position = next.end();
      }
      for (Stretch next = null; next == null || !next.isAtHead(); position = next.end()) {
        next = bench.feed.follow(1, position, 60, EventChoice.ALL);
        next.events().forEach(event -> follower.add(event.position()));
      }
      long head = bench.feed.head(1);
      assertThat(position).isEqualTo(head);
      assertThat(follower).hasSize((int) head).isSorted().doesNotHaveDuplicates();
    }
  }

  /// As retention does it.
  record DeleteMessage(Id id) implements Write<Boolean> {

    @Override
    public long workspace() {
      return 1;
    }

    @Override
    public Boolean apply(Tx tx) {
      return tx.update("DELETE FROM message WHERE id = ?", binds -> binds.id(id)) == 1;
    }
  }

  /// As retention does it, up to a position.
  record DeleteEvents(long last) implements Write<Integer> {

    @Override
    public long workspace() {
      return 1;
    }

    @Override
    public Integer apply(Tx tx) {
      return tx.update(
          "DELETE FROM event WHERE workspace_key = 1 AND position <= ?", b -> b.number(last));
    }
  }
}
