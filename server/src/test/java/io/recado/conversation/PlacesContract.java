package io.recado.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.conversation.ConversationStore.Identity;
import io.recado.conversation.Places.Place;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.message.Message;
import io.recado.message.SharedMessages;
import io.recado.retention.Retention;
import io.recado.retention.Retention.Periods;
import io.recado.testing.DeliveryBench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What the places of a conversation promise on every database.
interface PlacesContract {

  Dialect engine();

  @Test
  default void messagesStandInTheOrderOfTheirAcceptanceOverManyRuns() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      List<Id> ids = new ArrayList<>(List.of(at(bench, conversation, 1, 1).getFirst().message()));
      for (int i = 0; i < 3 * Places.RUN; i++) {
        ids.add(bench.accept(conversation, "m" + i).id());
      }
      assertThat(at(bench, conversation, 1, Long.MAX_VALUE)).isEqualTo(places(1, ids));
      // Every range, also those that begin before the first place or end after the last.
      for (int from = -1; from <= ids.size() + 1; from++) {
        for (int to = from; to <= ids.size() + 1; to += 5) {
          int first = Math.clamp(from, 1, ids.size() + 1);
          int end = Math.clamp(to, first - 1, ids.size());
          assertThat(at(bench, conversation, from, to))
              .as("%d to %d", from, to)
              .isEqualTo(places(first, ids.subList(first - 1, end)));
        }
      }
    }
  }

  @Test
  default void aGroupMayFillManyRuns() throws Exception {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      Identity other = bench.openConversation("+573000000002");
      var writes =
          IntStream.range(0, 5 * Places.RUN)
              .mapToObj(i -> bench.text(i % 2 == 0 ? conversation : other, "m" + i))
              .toList();
      bench.together(writes);
      bench.accept(conversation, "last");
      List<Id> ids =
          bench.handedOver.stream()
              .filter(queued -> queued.conversation() == conversation.key())
              .map(queued -> queued.id())
              .toList();
      assertThat(at(bench, conversation, 2, Long.MAX_VALUE)).isEqualTo(places(2, ids));
    }
  }

  @Test
  default void placesGoWithTheMessagesThatAreTooOldToBeKept() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      for (int i = 0; i < 40; i++) {
        Id id = bench.accept(conversation, "m" + i).id();
        change(bench, "DELETE FROM outbox WHERE message_id = ?", id);
      }
      Id waits = bench.accept(conversation, "waits").id();
      bench.server.clock.advance(Duration.ofDays(40));
      bench.server.journal.commit(bench.inbound(conversation, "again"));
      Id fresh = bench.accept(conversation, "fresh").id();

      deleteOlderThan(bench, Duration.ofDays(30));

      assertThat(bench.count("message")).isEqualTo(3);
      assertThat(bench.count("conversation_run")).isZero();
      assertThat(bench.<Long>read(r -> Places.of(r, 1, conversation.key()).first(r))).isEqualTo(33);
      assertThat(at(bench, conversation, 42, 42)).isEqualTo(places(42, List.of(waits)));
      assertThat(at(bench, conversation, 44, 44)).isEqualTo(places(44, List.of(fresh)));
      // Only what the person wrote since is theirs to see, and it is found from either end.
      assertThat(bench.list(r -> SharedMessages.before(r, 1, conversation.key(), 44, 10)))
          .extracting(Message::seq)
          .containsExactly(43L);
      assertThat(bench.list(r -> SharedMessages.after(r, 1, conversation.key(), 0, 10)))
          .extracting(Message::seq)
          .containsExactly(43L);
    }
  }

  @Test
  default void placesThatAMessageHasLeftGoToo() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      Id moved = bench.accept(conversation, "moved").id();
      change(bench, "UPDATE message SET seq = 20 WHERE id = ?", moved);
      for (int i = 1; i < 20; i++) {
        Id id = bench.accept(conversation, "m" + i).id();
        change(bench, "DELETE FROM outbox WHERE message_id = ?", id);
      }
      bench.server.clock.advance(Duration.ofDays(40));

      deleteOlderThan(bench, Duration.ofDays(30));

      assertThat(bench.count("message")).isEqualTo(1);
      assertThat(bench.count("conversation_run")).isZero();
    }
  }

  private static void deleteOlderThan(DeliveryBench bench, Duration age) {
    change(
        bench,
        "INSERT INTO workspace (workspace_key, id, display_name, create_time)"
            + " VALUES (1, ?, 'w', 0)",
        bench.server.ids.next());
    var period = Optional.of(age);
    var periods = new Periods(period, period, period, period, age);
    new Retention(bench.server.journal, bench.server.reads, bench.server.clock, periods).sweep();
  }

  private static void change(DeliveryBench bench, String sql, Id id) {
    bench.server.journal.commit(
        new Write<Integer>() {
          @Override
          public long workspace() {
            return 1;
          }

          @Override
          public Integer apply(Tx tx) {
            return tx.update(sql, binds -> binds.id(id));
          }
        });
  }

  @Test
  default void aConversationThatIsNotThereHasNoPlaces() {
    try (var bench = new DeliveryBench(engine())) {
      assertThat(bench.<Long>read(r -> Places.of(r, 1, 999).last())).isZero();
      assertThat(bench.list(r -> Places.of(r, 1, 999).between(r, 1, 100))).isEmpty();
    }
  }

  private static List<Place> at(DeliveryBench bench, Identity conversation, long from, long to) {
    return bench.read(
        r -> Places.of(r, conversation.workspace(), conversation.key()).between(r, from, to));
  }

  private static List<Place> places(long first, List<Id> ids) {
    return LongStream.range(0, ids.size())
        .mapToObj(i -> new Place(first + i, ids.get((int) i)))
        .toList();
  }
}
