package io.recado.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recado.connector.Content;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.event.Event;
import io.recado.http.request.ApiError;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.IdempotencyKey;
import io.recado.journal.IdempotencyKeys;
import io.recado.journal.Journal;
import io.recado.message.AcceptMessage.Accepted;
import io.recado.message.AcceptMessage.Draft;
import io.recado.testing.DeliveryBench;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What accepting a message promises on every database.
interface AcceptMessageContract {

  Content.Text TEXT = new Content.Text("hi");

  Dialect engine();

  private static IdempotencyKey key(int hash, int fingerprint) {
    byte[] hashed = new byte[16];
    hashed[0] = (byte) hash;
    byte[] request = new byte[32];
    request[0] = (byte) fingerprint;
    return new IdempotencyKey(1, hashed, request);
  }

  private static Draft day(DeliveryBench bench, Content content, Content.Template fallback) {
    return DeliveryBench.draft(content, fallback, bench.now().plus(Duration.ofDays(1)));
  }

  @Test
  default void anAcceptedMessageIsStoredWithItsOutboxRowItsEventAndItsPlace() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      Id replyTo = bench.server.ids.next();
      var draft =
          new Draft(
              TEXT,
              DeliveryBench.TEMPLATE,
              replyTo,
              Map.of("order", "4012"),
              null,
              bench.now().plusSeconds(60),
              Priority.HIGH);
      AcceptMessage write = bench.accepting(conversation, draft, Optional.empty());
      Queued queued = bench.commit(write);
      Message stored = bench.message(write.id());
      assertThat(stored).isEqualTo(write.message(2));
      assertThat(stored.progress().status()).isEqualTo(MessageStatus.SENDING);
      assertThat(bench.outbox()).containsExactly(queued);
      assertThat(queued.outbox())
          .isEqualTo(OutboxRow.first(0, bench.now(), bench.now().plusSeconds(60), Priority.HIGH));
      assertThat(bench.events(write.id())).containsExactly("message.created");
    }
  }

  @Test
  default void eachConversationCountsWithoutGapsAndNamesTheOutboundMessageBefore() {
    try (var bench = new DeliveryBench(engine())) {
      Identity one = bench.openConversation("+573000000001");
      Identity two = bench.openConversation("+573000000002");
      List<AcceptMessage> writes = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        writes.add(bench.text(i % 2 == 0 ? one : two, "m" + i));
      }
      bench.<Accepted>together(writes);
      bench.server.journal.commit(bench.inbound(one, "in"));
      bench.accept(one, "last");
      List<Queued> ofOne =
          bench.handedOver.stream().filter(q -> q.conversation() == one.key()).toList();
      assertThat(ofOne)
          .extracting(Queued::seq)
          .containsExactlyElementsOf(
              LongStream.concat(LongStream.rangeClosed(2, 26), LongStream.of(28)).boxed().toList());
      assertThat(ofOne)
          .extracting(queued -> queued.outbox().previousSeq())
          .containsExactlyElementsOf(
              LongStream.concat(LongStream.of(0), LongStream.rangeClosed(2, 26)).boxed().toList());
      assertThat(bench.events().stream().filter(e -> e.conversation() != null))
          .filteredOn(e -> e.conversation() == one.key())
          .extracting(Event::conversationSequence)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 29).boxed().toList());
    }
  }

  @Test
  default void messagesAreHandedOverInOrderAndOnlyOnceTheyAreDurable() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      List<Boolean> durable = new ArrayList<>();
      Consumer<List<Queued>> handOver =
          group -> {
            bench.handedOver.addAll(group);
            // From another thread, as the writer's own may not read.
            group.forEach(
                one ->
                    durable.add(
                        CompletableFuture.supplyAsync(() -> bench.message(one.id()).seq()).join()
                            == one.seq()));
          };
      List<AcceptMessage> writes =
          IntStream.range(0, 20)
              .mapToObj(i -> bench.text(conversation, "m" + i))
              .map(
                  w ->
                      new AcceptMessage(
                          w.workspace(),
                          w.channel(),
                          w.conversation(),
                          w.id(),
                          w.draft(),
                          w.window(),
                          w.now(),
                          w.key(),
                          handOver))
              .toList();
      bench.<Accepted>together(writes);
      assertThat(bench.handedOver)
          .extracting(Queued::id)
          .containsExactlyElementsOf(writes.stream().map(AcceptMessage::id).toList());
      assertThat(durable).hasSize(20).containsOnly(true);
    }
  }

  @Test
  default void aRefusedMessageTakesNoPlaceAndLeavesNoTrace() {
    try (var bench = new DeliveryBench(engine())) {
      Identity closed = bench.conversation("+573000000001");
      Draft template = day(bench, DeliveryBench.TEMPLATE, null);
      List<Journal.Outcome<Accepted>> outcomes =
          bench.together(
              List.of(
                  bench.accepting(closed, template, Optional.empty()),
                  bench.accepting(closed, day(bench, TEXT, null), Optional.of(key(1, 1))),
                  bench.accepting(closed, template, Optional.empty())));
      assertThatThrownBy(outcomes.get(1)::get)
          .isInstanceOf(ApiError.class)
          .hasMessageContaining("The person has never written");
      assertThat(bench.handedOver).extracting(Queued::seq).containsExactly(1L, 2L);
      assertThat(bench.count("message")).isEqualTo(2);
      assertThat(bench.count("outbox")).isEqualTo(2);
      assertThat(bench.count("idempotency_key")).isZero();
    }
  }

  @Test
  default void freeContentIsAcceptedWithinTheWindowOrWithAFallback() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      bench.server.clock.advance(Duration.ofHours(24).minusMillis(1));
      bench.accept(conversation, "just in time");
      bench.server.clock.advance(Duration.ofMillis(1));
      Instant end = bench.now();
      assertThatThrownBy(() -> bench.accept(conversation, "too late"))
          .isInstanceOf(ApiError.class)
          .hasMessageContaining("since " + end);
      bench.commit(
          bench.accepting(
              conversation, day(bench, TEXT, DeliveryBench.TEMPLATE), Optional.empty()));
      bench.commit(
          bench.accepting(
              conversation, day(bench, DeliveryBench.TEMPLATE, null), Optional.empty()));
      assertThat(bench.handedOver).hasSize(3);
    }
  }

  @Test
  default void theSameKeyIsOneMessageInOneGroupAndLater() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      Draft draft = day(bench, TEXT, null);
      List<AcceptMessage> same =
          IntStream.range(0, 10)
              .mapToObj(i -> bench.accepting(conversation, draft, Optional.of(key(1, 1))))
              .toList();
      List<Journal.Outcome<Accepted>> outcomes = bench.together(same);
      Id first = same.getFirst().id();
      assertThat(outcomes).extracting(o -> o.get().id()).containsOnly(first);
      assertThat(outcomes.stream().filter(o -> !o.get().isReplayed())).hasSize(1);
      Accepted later =
          bench.server.journal.commit(bench.accepting(conversation, draft, Optional.of(key(1, 1))));
      assertThat(later).isEqualTo(new Accepted(first, true));
      assertThat(bench.handedOver).hasSize(1);
      assertThat(bench.outbox()).hasSize(1);
      assertThatThrownBy(
              () ->
                  bench.server.journal.commit(
                      bench.accepting(conversation, draft, Optional.of(key(1, 2)))))
          .isInstanceOf(IdempotencyKeys.Reused.class);
      bench.server.journal.commit(bench.accepting(conversation, draft, Optional.of(key(2, 1))));
      assertThat(bench.handedOver).extracting(Queued::seq).containsExactly(2L, 3L);
    }
  }

  @Test
  default void aConversationThatDoesNotExistIsRefused() {
    try (var bench = new DeliveryBench(engine())) {
      var nobody = new Identity(1, 999, bench.channel.key(), bench.server.ids.next());
      assertThatThrownBy(() -> bench.accept(nobody, "hi")).isInstanceOf(ApiError.class);
      assertThat(bench.count("message")).isZero();
    }
  }

  @Test
  default void messagesAreListedNewestFirstPageByPage() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      Identity other = bench.openConversation("+573000000002");
      for (int i = 0; i < 39; i++) {
        bench.accept(conversation, "m" + i);
        bench.accept(other, "o" + i);
      }
      List<Long> seqs = new ArrayList<>();
      long before = Long.MAX_VALUE;
      for (int pages = 0; pages < 4; pages++) {
        long from = before;
        List<Message> page =
            bench.read(r -> ConversationMessages.of(r, 1, conversation.key()).before(from, 14));
        page.forEach(message -> seqs.add(message.seq()));
        before = page.isEmpty() ? before : page.getLast().seq();
      }
      assertThat(seqs).hasSize(40).isSortedAccordingTo(Comparator.reverseOrder());
      assertThat(bench.list(r -> ConversationMessages.of(r, 2, conversation.key()).before(99, 4)))
          .isEmpty();
      Id id = bench.handedOver.getFirst().id();
      assertThat(bench.find(r -> MessageStore.find(r, 2, id))).isEmpty();
    }
  }

  @Test
  default void aMessageThatWasScheduledIsListedWhereItWasSaid() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      Instant time = bench.now().plusSeconds(60);
      Draft later =
          new Draft(
              new Content.Text("later"),
              null,
              null,
              Map.of(),
              time,
              time.plusSeconds(3_600),
              Priority.HIGH);
      AcceptMessage scheduled = bench.accepting(conversation, later, Optional.empty());
      bench.server.journal.commit(scheduled);
      List<Id> others = new ArrayList<>();
      // More than are looked at together, so that its old place and its new one are not.
      for (int i = 0; i < 80; i++) {
        others.add(bench.accept(conversation, "m" + i).id());
      }
      assertThat(before(bench, conversation, 3, 1)).containsExactly(scheduled.id());
      Outbox.Due due = new Outbox.Due(1, bench.channel.key(), conversation.key(), scheduled.id());
      bench.server.journal.commit(new ReleaseScheduled(due, time, _ -> {}));
      bench.accept(conversation, "last");
      assertThat(before(bench, conversation, 84, 2))
          .containsExactly(scheduled.id(), others.getLast());
      assertThat(before(bench, conversation, 4, 2))
          .containsExactly(others.getFirst(), id(bench, conversation));
      assertThat(
              bench.list(
                  r ->
                      ConversationOutbox.of(r, 1, bench.channel.key(), conversation.key())
                          .queued(1, 200)))
          .extracting(Queued::seq)
          .containsExactlyElementsOf(LongStream.rangeClosed(3, 84).boxed().toList());
      Message ahead = bench.message(others.getLast());
      assertThat(bench.<Long>read(r -> WaitStore.ahead(r, ahead).messages())).isEqualTo(79);
    }
  }

  private static Id id(DeliveryBench bench, Identity conversation) {
    return before(bench, conversation, 2, 1).getFirst();
  }

  private static List<Id> before(DeliveryBench bench, Identity conversation, long seq, int limit) {
    return bench.list(
        r ->
            ConversationMessages.of(r, 1, conversation.key()).before(seq, limit).stream()
                .map(Message::id)
                .toList());
  }

  @Test
  default void theOutboxIsReadByPagesAndByConversation() {
    try (var bench = new DeliveryBench(engine())) {
      Identity one = bench.openConversation("+573000000001");
      Identity two = bench.openConversation("+573000000002");
      for (int i = 0; i < 7; i++) {
        bench.accept(one, "m" + i);
        bench.accept(two, "o" + i);
        bench.server.journal.commit(bench.inbound(one, "in" + i));
      }
      List<Queued> all = new ArrayList<>();
      Id after = new Id(0, 0);
      for (int pages = 0; pages < 4; pages++) {
        Id from = after;
        List<Queued> page =
            bench.read(r -> Outbox.page(r, 1, bench.channel.key(), Priority.HIGH, from, 5));
        all.addAll(page);
        after = page.isEmpty() ? after : page.getLast().id();
      }
      assertThat(all).containsExactlyElementsOf(bench.handedOver);
      List<Queued> ofOne =
          bench.handedOver.stream().filter(q -> q.conversation() == one.key()).toList();
      assertThat(
              bench.list(
                  r ->
                      ConversationOutbox.of(r, 1, bench.channel.key(), one.key())
                          .queued(ofOne.get(2).seq(), 3)))
          .containsExactlyElementsOf(ofOne.subList(2, 5));
    }
  }
}
