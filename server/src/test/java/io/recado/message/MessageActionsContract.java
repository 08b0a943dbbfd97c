package io.recado.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recado.access.AuditEntry;
import io.recado.access.AuditLog;
import io.recado.access.AuditStamp;
import io.recado.access.AuditStore;
import io.recado.channel.Channel.InDoubt;
import io.recado.channel.Channel.InDoubt.Policy;
import io.recado.connector.Content;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderEvent.ReceiptStatus;
import io.recado.connector.Reason;
import io.recado.connector.SendOutcome;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.dispatch.DecideDoubt;
import io.recado.dispatch.Next;
import io.recado.dispatch.RecordOutcome;
import io.recado.dispatch.RetrySchedule;
import io.recado.dispatch.StartAttempt;
import io.recado.dispatch.StartAttempt.Start;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.inbound.ApplyReceipt;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.IdempotencyKey;
import io.recado.journal.Journal.Outcome;
import io.recado.journal.Write;
import io.recado.message.AcceptMessage.Accepted;
import io.recado.message.OutboxRow.State;
import io.recado.message.Receipts.Named;
import io.recado.testing.DeliveryBench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What taking back, giving up and sending again promise on every database.
interface MessageActionsContract {

  InDoubt RESEND = new InDoubt(Policy.RESEND, Duration.ofSeconds(60), Duration.ofSeconds(5));
  ProviderAnswer ANSWER = new ProviderAnswer(500, "1", "no");
  SendOutcome LOST = new SendOutcome.InDoubt("reset", ProviderAnswer.ofStatus(0));
  SendOutcome REFUSED = new SendOutcome.Refused(Reason.CONTENT_REFUSED, ANSWER);
  RetrySchedule SCHEDULE = new RetrySchedule(new Random(1));

  Dialect engine();

  private static AuditStamp stamp(DeliveryBench bench) {
    return new AuditLog(bench.server.ids, bench.server.clock).stamp("apiKeys/1");
  }

  private static CancelMessage cancel(DeliveryBench bench, MessageTarget target, List<Id> told) {
    return new CancelMessage(target, stamp(bench), (_, _, id) -> told.add(id));
  }

  private static GiveUpMessage giveUp(DeliveryBench bench, MessageTarget target, List<Id> told) {
    return new GiveUpMessage(
        target, bench.message(target.id()), stamp(bench), (_, _, id) -> told.add(id));
  }

  private static ResendMessage resend(
      DeliveryBench bench, MessageTarget target, Optional<IdempotencyKey> key) {
    Message old = bench.message(target.id());
    var draft =
        DeliveryBench.draft(old.content(), old.fallback(), bench.now().plus(Duration.ofDays(1)));
    AcceptMessage accept = bench.accepting(target.conversation(), draft, key);
    return new ResendMessage(target, accept, stamp(bench));
  }

  private static MessageTarget target(DeliveryBench bench, Identity conversation, Queued queued) {
    return new MessageTarget(bench.channel, conversation, queued.id());
  }

  private static Start start(DeliveryBench bench, Queued queued) {
    return bench.server.journal.commit(starting(bench, queued));
  }

  private static StartAttempt starting(DeliveryBench bench, Queued queued) {
    return new StartAttempt(queued, false, DeliveryBench.WINDOW, InDoubt.DEFAULT, 1, bench.now());
  }

  /// One attempt with its outcome; what comes after it.
  private static Next attempt(DeliveryBench bench, Queued queued, SendOutcome outcome) {
    Queued started = ((Start.Started) start(bench, queued)).queued();
    Next next = SCHEDULE.after(outcome, started.outbox(), InDoubt.DEFAULT, bench.now());
    return bench.server.journal.commit(new RecordOutcome(started, outcome, next, bench.now()));
  }

  private static void assertRefused(ThrowingCallable call, ErrorReason reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiError.class, error -> assertThat(error.reason()).isEqualTo(reason));
  }

  private static Reason failure(DeliveryBench bench, Queued queued) {
    Failure failure = bench.message(queued.id()).progress().failure();
    return failure == null ? null : failure.reason();
  }

  private static List<String> audited(DeliveryBench bench, MessageTarget target) {
    return bench.read(
        r -> AuditStore.of(r, 1, target.name(), 100).stream().map(AuditEntry::action).toList());
  }

  @Test
  default void whatHasNotLeftIsTakenBackOnceHoweverOftenItIsAskedFor() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      Queued queued = bench.accept(conversation, "hi");
      MessageTarget target = target(bench, conversation, queued);
      List<Id> told = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        bench.server.journal.commit(cancel(bench, target, told));
      }
      assertThat(failure(bench, queued)).isEqualTo(Reason.CANCELLED);
      assertThat(bench.outbox()).isEmpty();
      assertThat(bench.events(queued.id())).containsExactly("message.created", "message.failed");
      assertThat(told).containsExactly(queued.id());
      assertThat(audited(bench, target)).containsExactly("messages.cancel");
      assertThat(start(bench, queued)).isEqualTo(new Start.Not(new Next.Settled()));
    }
  }

  @Test
  default void takingBackAndStartingInOneGroupHaveOneWinner() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      for (boolean startFirst : List.of(true, false)) {
        Queued queued = bench.accept(conversation, "hi");
        StartAttempt start = starting(bench, queued);
        CancelMessage cancel =
            cancel(bench, target(bench, conversation, queued), new ArrayList<>());
        List<Write<?>> writes = startFirst ? List.of(start, cancel) : List.of(cancel, start);
        List<Outcome<Object>> outcomes = together(bench, writes);
        if (startFirst) {
          assertThat(outcomes.get(0).get()).isInstanceOf(Start.Started.class);
          assertRefused(outcomes.get(1)::get, ErrorReason.MESSAGE_STARTED);
          assertThat(failure(bench, queued)).isNull();
        } else {
          assertThat(outcomes.get(1).get()).isEqualTo(new Start.Not(new Next.Settled()));
          assertThat(failure(bench, queued)).isEqualTo(Reason.CANCELLED);
        }
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Outcome<Object>> together(DeliveryBench bench, List<Write<?>> writes) {
    return bench.together((List<Write<Object>>) (List<?>) writes);
  }

  @Test
  default void takingBackAndStartingAtOnceHaveOneWinner()
      throws InterruptedException, ExecutionException {
    try (var bench = new DeliveryBench(engine());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Identity conversation = bench.openConversation("+573000000001");
      for (int i = 0; i < 20; i++) {
        Queued queued = bench.accept(conversation, "hi");
        var cancel = cancel(bench, target(bench, conversation, queued), new ArrayList<>());
        Future<Start> start = threads.submit(() -> start(bench, queued));
        Future<Boolean> cancelled = threads.submit(() -> isCommitted(bench, cancel));
        boolean isStarted = start.get() instanceof Start.Started;
        assertThat(cancelled.get()).isEqualTo(!isStarted);
        assertThat(failure(bench, queued)).isEqualTo(isStarted ? null : Reason.CANCELLED);
      }
    }
  }

  private static boolean isCommitted(DeliveryBench bench, CancelMessage cancel) {
    try {
      bench.server.journal.commit(cancel);
      return true;
    } catch (ApiError e) {
      assertThat(e.reason()).isEqualTo(ErrorReason.MESSAGE_STARTED);
      return false;
    }
  }

  @Test
  default void whatWaitsForItsNextAttemptIsTakenBackUnlessTheProviderMayHaveIt() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      Queued throttled = bench.accept(conversation, "1");
      attempt(bench, throttled, new SendOutcome.Throttled(SendOutcome.Scope.CHANNEL, ANSWER, null));
      bench.server.journal.commit(
          cancel(bench, target(bench, conversation, throttled), new ArrayList<>()));
      assertThat(failure(bench, throttled)).isEqualTo(Reason.CANCELLED);

      Queued doubtful = bench.accept(conversation, "2");
      MessageTarget target = target(bench, conversation, doubtful);
      var awaited = (Next.Awaited) attempt(bench, doubtful, LOST);
      var again =
          (Next.Again)
              bench.server.journal.commit(
                  new DecideDoubt(doubtful.with(awaited.row()), RESEND, bench.now()));
      attempt(
          bench,
          doubtful.with(again.row()),
          new SendOutcome.RetryLater(Reason.PROVIDER_UNAVAILABLE, ANSWER, null, 0));
      assertThat(bench.outbox().getFirst().outbox().state()).isEqualTo(State.WAITING);
      assertRefused(
          () -> bench.server.journal.commit(cancel(bench, target, new ArrayList<>())),
          ErrorReason.MESSAGE_STARTED);
      bench.server.journal.commit(giveUp(bench, target, new ArrayList<>()));
      assertThat(failure(bench, doubtful)).isEqualTo(Reason.CANCELLED);
    }
  }

  @Test
  default void aDoubtThatIsGivenUpIsCorrectedByProofOfDeliveryAlone() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      Queued queued = bench.accept(conversation, "hi");
      MessageTarget target = target(bench, conversation, queued);
      attempt(bench, queued, LOST);
      List<Id> told = new ArrayList<>();
      assertRefused(
          () -> bench.server.journal.commit(cancel(bench, target, told)),
          ErrorReason.MESSAGE_STARTED);
      var answer = bench.server.journal.commit(giveUp(bench, target, told));
      assertThat(answer.string("status")).contains("FAILED");
      assertThat(failure(bench, queued)).isEqualTo(Reason.CANCELLED);
      assertThat(told).containsExactly(queued.id());
      assertThat(audited(bench, target)).containsExactly("messages.giveUp");
      assertRefused(
          () -> bench.server.journal.commit(giveUp(bench, target, told)),
          ErrorReason.MESSAGE_SETTLED);
      receipt(bench, queued, ReceiptStatus.SENT);
      assertThat(failure(bench, queued)).isEqualTo(Reason.CANCELLED);
      receipt(bench, queued, ReceiptStatus.DELIVERED);
      Progress progress = bench.message(queued.id()).progress();
      assertThat(progress.status()).isEqualTo(MessageStatus.DELIVERED);
      assertThat(progress.failure()).isNull();
      assertThat(progress.failedTime()).isNotNull();
    }
  }

  private static void receipt(DeliveryBench bench, Queued queued, ReceiptStatus status) {
    bench.server.journal.commit(
        new ApplyReceipt(
            1,
            bench.channel.key(),
            new Named(queued.id(), queued.conversation(), Message.Direction.OUTBOUND, 0),
            "wamid.1",
            1,
            new Receipts.Receipt(status, bench.now(), bench.now(), null),
            new ApplyReceipt.Told((_, _, _) -> {}, _ -> {})));
  }

  @Test
  default void whatIsOnItsWayIsNeitherTakenBackNorGivenUpNorSentAgain() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      Queued queued = bench.accept(conversation, "hi");
      MessageTarget target = target(bench, conversation, queued);
      start(bench, queued);
      assertRefused(
          () -> bench.server.journal.commit(cancel(bench, target, new ArrayList<>())),
          ErrorReason.MESSAGE_STARTED);
      assertRefused(
          () -> bench.server.journal.commit(giveUp(bench, target, new ArrayList<>())),
          ErrorReason.MESSAGE_STARTED);
      assertRefused(
          () -> bench.server.journal.commit(resend(bench, target, Optional.empty())),
          ErrorReason.MESSAGE_NOT_FAILED);
      assertThat(bench.outbox()).hasSize(1);
      assertThat(audited(bench, target)).isEmpty();
    }
  }

  @Test
  default void whatFailedIsSentAgainAsANewMessageAtTheEndAndKeepsItsStatus() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      Queued failed = bench.accept(conversation, "1");
      attempt(bench, failed, REFUSED);
      Queued behind = bench.accept(conversation, "2");
      MessageTarget target = target(bench, conversation, failed);
      var key = new IdempotencyKey(1, new byte[16], new byte[32]);
      List<Accepted> accepted = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        accepted.add(bench.server.journal.commit(resend(bench, target, Optional.of(key))));
      }
      assertThat(accepted).extracting(Accepted::isReplayed).containsExactly(false, true);
      assertThat(accepted.get(1).id()).isEqualTo(accepted.get(0).id());
      Message again = bench.message(accepted.get(0).id());
      assertThat(again.content()).isEqualTo(new Content.Text("1"));
      assertThat(again.seq()).isGreaterThan(behind.seq());
      assertThat(bench.outbox()).extracting(Queued::id).containsExactly(behind.id(), again.id());
      assertThat(bench.outbox().getLast().outbox().previousSeq()).isEqualTo(behind.seq());
      assertThat(failure(bench, failed)).isEqualTo(Reason.CONTENT_REFUSED);
      assertThat(resendOf(bench, again.id())).isEqualTo(failed.id());
      assertThat(audited(bench, target)).containsExactly("messages.resend");
      assertRefused(
          () ->
              bench.server.journal.commit(
                  resend(bench, target(bench, conversation, behind), Optional.empty())),
          ErrorReason.MESSAGE_NOT_FAILED);
    }
  }

  private static Id resendOf(DeliveryBench bench, Id message) {
    return bench
        .find(
            r ->
                r.find(
                    "SELECT resend_of FROM message WHERE id = ?",
                    binds -> binds.id(message),
                    row -> row.id()))
        .orElseThrow();
  }

  @Test
  default void whatIsInDoubtIsSentAgainAndStaysInDoubt() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      Queued queued = bench.accept(conversation, "hi");
      attempt(bench, queued, LOST);
      MessageTarget target = target(bench, conversation, queued);
      bench.server.journal.commit(resend(bench, target, Optional.empty()));
      assertThat(bench.outbox())
          .extracting(one -> one.outbox().state())
          .containsExactly(State.IN_DOUBT, State.WAITING);
    }
  }

  @Test
  default void aTextThatMayNotBeSaidAnyMoreIsNotSentAgain() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      Queued failed = bench.accept(conversation, "1");
      attempt(bench, failed, REFUSED);
      bench.server.clock.advance(Duration.ofHours(25));
      MessageTarget target = target(bench, conversation, failed);
      assertRefused(
          () -> bench.server.journal.commit(resend(bench, target, Optional.empty())),
          ErrorReason.SERVICE_WINDOW_CLOSED);
      assertThat(bench.outbox()).isEmpty();
      assertThat(audited(bench, target)).isEmpty();
    }
  }

  @Test
  default void aSearchFindsWhatFailedWaitsOrIsInDoubtNewestFirst() {
    try (var bench = new DeliveryBench(engine())) {
      Identity one = bench.openConversation("+573000000001");
      Identity two = bench.openConversation("+573000000002");
      Queued failed = bench.accept(one, "1");
      attempt(bench, failed, REFUSED);
      Queued doubtful = bench.accept(two, "2");
      attempt(bench, doubtful, LOST);
      Queued waiting = bench.accept(one, "3");
      Map<String, List<Id>> expected =
          Map.of(
              "status = \"FAILED\"",
              List.of(failed.id()),
              "status = \"SENDING\"",
              List.of(waiting.id(), doubtful.id()),
              "queueState = \"IN_DOUBT\"",
              List.of(doubtful.id()),
              "queueState = \"WAITING\"",
              List.of(waiting.id()),
              "status = \"FAILED\" OR queueState = \"IN_DOUBT\"",
              List.of(doubtful.id(), failed.id()),
              "queueState != \"WAITING\" AND direction = \"OUTBOUND\"",
              List.of(doubtful.id(), failed.id()),
              "createTime > \"2026-04-03T10:00:00Z\"",
              List.of(),
              "status != \"SENDING\" AND createTime <= \"2026-04-03T10:00:00Z\""
                  + " AND direction != \"INBOUND\"",
              List.of(failed.id()));
      expected.forEach(
          (filter, ids) ->
              assertThat(found(bench, filter, null, 10_000)).as(filter).isEqualTo(ids));
      assertThat(all(bench, 20).rows()).hasSize(5);
      assertThat(all(bench, 20).rows().getFirst().conversation()).isEqualTo(one.id());
    }
  }

  private static ChannelMessageStore.Found all(DeliveryBench bench, int limit) {
    return bench.read(
        r ->
            ChannelMessageStore.find(
                r, 1, bench.channel.key(), MessageFilter.ALL, null, limit, 10_000));
  }

  private static List<Id> found(DeliveryBench bench, String filter, Id before, int lookAt) {
    return search(bench, filter, before, lookAt).rows().stream()
        .map(row -> row.message().id())
        .toList();
  }

  private static ChannelMessageStore.Found search(
      DeliveryBench bench, String filter, Id before, int lookAt) {
    return bench.read(
        r ->
            ChannelMessageStore.find(
                r, 1, bench.channel.key(), MessageFilter.parse(filter), before, 20, lookAt));
  }

  @Test
  default void aSearchForWhatIsRareLooksAtSomeMessagesAndSaysWhereToGoOn() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      for (int i = 0; i < 9; i++) {
        bench.accept(conversation, "m" + i);
      }
      List<Id> rare = new ArrayList<>();
      Id before = null;
      int pages = 0;
      do {
        var page = search(bench, "direction = \"INBOUND\"", before, 3);
        page.rows().forEach(row -> rare.add(row.message().id()));
        before = page.last();
        pages++;
      } while (before != null);
      assertThat(rare).hasSize(1);
      assertThat(pages).isEqualTo(4);
    }
  }
}
