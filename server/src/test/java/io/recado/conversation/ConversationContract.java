package io.recado.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recado.connector.Identifier;
import io.recado.conversation.ConversationStore.Condition;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.conversation.ConversationStore.Place;
import io.recado.conversation.UpdateConversation.Change;
import io.recado.event.Event;
import io.recado.event.EventType;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.Journal;
import io.recado.journal.StorageException;
import io.recado.json.Json;
import io.recado.testing.DeliveryBench;
import io.recado.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What conversations promise on every database.
interface ConversationContract {

  Dialect engine();

  private static List<Id> inbox(DeliveryBench bench, Place before, int limit) {
    return bench.read(
        r ->
            ConversationStore.inbox(r, 1, bench.channel.key(), before, Condition.ALL, limit)
                .stream()
                .map(Conversation::id)
                .toList());
  }

  private static Conversation find(DeliveryBench bench, Identity conversation) {
    return bench.read(r -> ConversationStore.find(r, 1, conversation.key())).orElseThrow();
  }

  private static List<EventType> events(DeliveryBench bench, Identity conversation) {
    return bench.events().stream()
        .filter(event -> event.conversation() != null)
        .filter(event -> event.conversation() == conversation.key())
        .map(Event::type)
        .toList();
  }

  private static Change change(Optional<String> name, Optional<List<String>> labels) {
    return new Change(name, Optional.empty(), Optional.empty(), labels);
  }

  @Test
  default void fiftyFirstMessagesAtOnceAreOneConversation() throws Exception {
    try (var bench = new DeliveryBench(engine());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Identity>> opened = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        OpenConversation opening = bench.opening(Identifier.phone("+573000000001"));
        opened.add(threads.submit(() -> bench.server.journal.commit(opening)));
      }
      Identity first = opened.getFirst().get();
      for (Future<Identity> one : opened) {
        assertThat(one.get()).isEqualTo(first);
      }
      assertThat(bench.count("conversation")).isEqualTo(1);
      assertThat(bench.count("conversation_state")).isEqualTo(1);
      assertThat(events(bench, first)).containsExactly(EventType.CONVERSATION_CREATED);
    }
  }

  @Test
  default void whoeverWritesUnderAnyOfItsNamesIsInTheSameConversation() {
    try (var bench = new DeliveryBench(engine())) {
      var phone = Identifier.phone("+573000000001");
      var user = new Identifier("user_id", "CO.1");
      var account = new Identifier("wa_id", "573000000001");
      Identity first = bench.server.journal.commit(bench.opening(phone));
      assertThat(bench.server.journal.commit(bench.opening(user, phone))).isEqualTo(first);
      assertThat(bench.server.journal.commit(bench.opening(user))).isEqualTo(first);
      bench.server.clock.advance(Duration.ofSeconds(1));
      assertThat(bench.server.journal.commit(bench.opening(account, user))).isEqualTo(first);
      assertThat(bench.read(r -> Identifiers.address(r, 1, first.key())).identifiers())
          .containsExactly(phone, user, account);
      assertThat(find(bench, first).phoneNumber()).isEqualTo("+573000000001");
      assertThat(events(bench, first))
          .containsExactly(
              EventType.CONVERSATION_CREATED,
              EventType.CONVERSATION_UPDATED,
              EventType.CONVERSATION_UPDATED);
    }
  }

  @Test
  default void twoContactsOfOneGroupThatShareANameAreOneConversation() {
    try (var bench = new DeliveryBench(engine())) {
      var user = new Identifier("user_id", "CO.1");
      var outcomes =
          bench.<Identity>together(
              List.of(
                  bench.opening(Identifier.phone("+573000000001"), user),
                  bench.opening(user),
                  bench.opening(Identifier.phone("+573000000002"))));
      assertThat(outcomes.get(1).get()).isEqualTo(outcomes.get(0).get());
      assertThat(outcomes.get(2).get()).isNotEqualTo(outcomes.get(0).get());
    }
  }

  @Test
  default void aNameIsKeptWhenThereIsNoneYet() {
    try (var bench = new DeliveryBench(engine())) {
      List<String> names = new ArrayList<>();
      for (String name : List.of("Valentina", "Somebody else")) {
        OpenConversation opening = bench.opening(Identifier.phone("+573000000001"));
        var named =
            new OpenConversation(
                1, opening.channel(), opening.id(), opening.contact(), name, bench.now());
        bench.conversation("+573000000001");
        names.add(find(bench, bench.server.journal.commit(named)).displayName());
      }
      assertThat(names).containsExactly("Valentina", "Valentina");
    }
  }

  @Test
  default void anUpdateChangesWhatIsGivenAndTellsWhichFieldsWithoutTheName() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.conversation("+573000000001");
      bench.server.clock.advance(Duration.ofSeconds(1));
      var update =
          new UpdateConversation(
              1,
              bench.channel.key(),
              conversation.key(),
              change(Optional.of("Valentina"), Optional.of(List.of("vip"))),
              bench.now());
      bench.server.journal.commit(update);
      bench.server.clock.advance(Duration.ofSeconds(1));
      bench.server.journal.commit(update);
      Conversation after = find(bench, conversation);
      assertThat(after.displayName()).isEqualTo("Valentina");
      assertThat(after.labels()).containsExactly("vip");
      assertThat(after.state()).isEqualTo(Conversation.State.OPEN);
      assertThat(after.updateTime()).isEqualTo(bench.now().minusSeconds(1));
      List<Event> updates =
          bench.events().stream()
              .filter(event -> event.type() == EventType.CONVERSATION_UPDATED)
              .toList();
      assertThat(updates).hasSize(1);
      assertThat(Json.text(updates.getFirst().change()))
          .contains("contact.displayName")
          .doesNotContain("Valentina");
      bench.server.journal.commit(
          new UpdateConversation(
              1,
              bench.channel.key(),
              conversation.key(),
              change(Optional.of(""), Optional.empty()),
              bench.now()));
      assertThat(find(bench, conversation).displayName()).isNull();
      assertThat(find(bench, conversation).labels()).containsExactly("vip");
    }
  }

  @Test
  default void theInboxIsOrderedByTheLatestActivityOnceItIsStored() {
    try (var bench = new DeliveryBench(engine())) {
      var inbox = new Inbox(bench.server.journal);
      List<Identity> all = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        bench.server.clock.advance(Duration.ofSeconds(1));
        all.add(bench.openConversation("+57300000000" + i));
      }
      assertThat(inbox(bench, Place.TOP, 9)).first().isEqualTo(all.getLast().id());
      bench.server.clock.advance(Duration.ofSeconds(1));
      inbox.touched(1, all.get(1).key(), bench.now());
      inbox.touched(1, all.get(3).key(), bench.now().plusSeconds(1));
      inbox.touched(1, all.get(3).key(), bench.now());
      inbox.touched(2, all.get(0).key(), bench.now());
      inbox.storeAll();
      List<Id> expected =
          List.of(
              all.get(3).id(), all.get(1).id(), all.get(4).id(), all.get(2).id(), all.get(0).id());
      assertThat(inbox(bench, Place.TOP, 9)).isEqualTo(expected);
      Conversation second = find(bench, all.get(1));
      assertThat(inbox(bench, new Place(second.inboxTime(), second.key()), 2))
          .isEqualTo(expected.subList(2, 4));
    }
  }

  @Test
  default void anInboxWhoseOrderCannotBeStoredIsReadAsItWas() {
    try (var bench = new DeliveryBench(engine());
        var other = TestDatabase.on(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      var stopped =
          new Journal(
              other.database(),
              (_, _) -> {},
              e -> {
                throw e;
              });
      var inbox = new Inbox(stopped);
      inbox.touched(1, conversation.key(), bench.now());
      stopped.close();

      assertThat(inbox.refresh(1)).isFalse();
      assertThat(inbox.refresh(2)).as("nothing to store").isTrue();
      assertThatThrownBy(() -> inbox.store(1)).isInstanceOf(StorageException.class);
    }
  }

  @Test
  default void conversationsOfTheSameTimeAreAllListedOnceAcrossPages() {
    try (var bench = new DeliveryBench(engine())) {
      for (int i = 0; i < 7; i++) {
        bench.conversation("+57300000000" + i);
      }
      List<Id> listed = new ArrayList<>();
      Place place = Place.TOP;
      for (int page = 0; page < 4; page++) {
        Place before = place;
        List<Conversation> rows =
            bench.list(
                r -> ConversationStore.inbox(r, 1, bench.channel.key(), before, Condition.ALL, 2));
        rows.forEach(row -> listed.add(row.id()));
        place = new Place(rows.getLast().inboxTime(), rows.getLast().key());
      }
      assertThat(listed).hasSize(7).doesNotHaveDuplicates();
    }
  }

  @Test
  default void aSearchLooksAtSoManyForAPageAndFindsAllAcrossPages() {
    try (var bench = new DeliveryBench(engine())) {
      for (int i = 0; i < 10; i++) {
        bench.server.clock.advance(Duration.ofSeconds(1));
        bench.conversation("+57300000000" + i);
      }
      var oddOnes = new Condition("c.conversation_key % 4 = ?", binds -> binds.number(1), false);
      var search = new InboxSearch(1, bench.channel.key(), oddOnes, 3);
      List<Integer> sizes = new ArrayList<>();
      List<Id> found = new ArrayList<>();
      Place place = Place.TOP;
      while (place != null) {
        Place before = place;
        InboxSearch.Found page = bench.read(r -> search.page(r, before, 21));
        sizes.add(page.rows().size());
        page.rows().forEach(row -> found.add(row.id()));
        place = page.last();
      }
      assertThat(sizes).hasSize(4).allMatch(size -> size <= 1);
      assertThat(found).doesNotHaveDuplicates().hasSizeBetween(2, 3);
    }
  }

  @Test
  default void theOrderNeverClaimsToHoldBeyondWhatWasGathered() {
    try (var bench = new DeliveryBench(engine())) {
      var inbox = new Inbox(bench.server.journal);
      inbox.repair(1);
      Identity conversation = bench.conversation("+573000000001");
      for (int i = 0; i < 3; i++) {
        inbox.touched(1, conversation.key(), bench.now());
        inbox.store(1);
      }
      assertThat(
              bench.<Long>list(
                  r -> r.query("SELECT position FROM inbox_head", _ -> {}, row -> row.number())))
          .singleElement()
          .satisfies(position -> assertThat(position).isLessThan(bench.events().size()));
    }
  }

  @Test
  default void aStartFindsTheOrderThatACrashHasLeftOut() {
    try (var bench = new DeliveryBench(engine())) {
      Identity older = bench.conversation("+573000000001");
      bench.server.clock.advance(Duration.ofSeconds(1));
      Identity newer = bench.conversation("+573000000002");
      bench.server.clock.advance(Duration.ofSeconds(1));
      bench.server.journal.commit(bench.inbound(older, "a"));
      assertThat(inbox(bench, Place.TOP, 9)).containsExactly(newer.id(), older.id());
      bench.server.clock.advance(Duration.ofDays(40));
      new Inbox(bench.server.journal).repair(1);
      assertThat(inbox(bench, Place.TOP, 9)).containsExactly(older.id(), newer.id());
    }
  }
}
