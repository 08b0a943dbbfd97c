package io.recado.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.recado.channel.Channel.InDoubt;
import io.recado.channel.Channel.InDoubt.Policy;
import io.recado.connector.Content;
import io.recado.connector.Identifier;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.connector.SendOutcome;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.conversation.Identifiers;
import io.recado.dispatch.StartAttempt.Start;
import io.recado.journal.Dialect;
import io.recado.message.AcceptMessage;
import io.recado.message.Attempts;
import io.recado.message.Attempts.Outcome;
import io.recado.message.Failure;
import io.recado.message.Message;
import io.recado.message.MessageStatus;
import io.recado.message.OutboxRow;
import io.recado.message.OutboxRow.State;
import io.recado.message.Queued;
import io.recado.testing.DeliveryBench;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What attempts and their outcomes promise on every database.
interface AttemptContract {

  ProviderAnswer ANSWER = new ProviderAnswer(400, "131", "no");
  InDoubt RESEND = new InDoubt(Policy.RESEND, Duration.ofSeconds(60), Duration.ofSeconds(5));
  RetrySchedule SCHEDULE = new RetrySchedule(new Random(1));

  Dialect engine();

  static Start start(DeliveryBench bench, Queued queued, boolean check, InDoubt inDoubt) {
    return bench.server.journal.commit(
        new StartAttempt(queued, check, DeliveryBench.WINDOW, inDoubt, 1, bench.now()));
  }

  static Queued started(DeliveryBench bench, Queued queued) {
    return ((Start.Started) start(bench, queued, false, InDoubt.DEFAULT)).queued();
  }

  /// What was stored to come next.
  static Next record(DeliveryBench bench, Queued started, SendOutcome outcome) {
    Next next = SCHEDULE.after(outcome, started.outbox(), InDoubt.DEFAULT, bench.now());
    return bench.server.journal.commit(new RecordOutcome(started, outcome, next, bench.now()));
  }

  static SendOutcome.Accepted accepted(String name) {
    return new SendOutcome.Accepted(name, null, false, ProviderAnswer.ofStatus(200));
  }

  static Optional<OutboxRow> row(DeliveryBench bench, Queued queued) {
    return bench.outbox().stream()
        .filter(one -> one.id().equals(queued.id()))
        .map(Queued::outbox)
        .findFirst();
  }

  private static List<Attempts.Attempt> attempts(DeliveryBench bench, Queued queued) {
    return bench.read(r -> Attempts.of(r, 1, queued.id()));
  }

  private static AcceptMessage withFallback(DeliveryBench bench) {
    Identity conversation = bench.openConversation("+573000000001");
    var draft =
        DeliveryBench.draft(
            new Content.Text("t"), DeliveryBench.TEMPLATE, bench.now().plus(Duration.ofDays(3)));
    return bench.accepting(conversation, draft, Optional.empty());
  }

  private static Queued oneText(DeliveryBench bench) {
    return bench.accept(bench.openConversation("+573000000001"), "hi");
  }

  @Test
  default void anAttemptIsDurableBeforeTheCallAndNobodyElseStartsIt() {
    try (var bench = new DeliveryBench(engine())) {
      Queued queued = oneText(bench);
      Queued started = started(bench, queued);
      assertThat(started.outbox()).isEqualTo(queued.outbox().started(bench.now()));
      assertThat(row(bench, queued)).contains(started.outbox());
      assertThat(start(bench, queued, false, InDoubt.DEFAULT))
          .isEqualTo(new Start.Not(new Next.Settled()));
      assertThat(start(bench, started, false, InDoubt.DEFAULT))
          .isEqualTo(new Start.Not(new Next.Settled()));
    }
  }

  @Test
  default void aStartThatNobodyAnsweredIsFoundAndTriedAgain() {
    try (var bench = new DeliveryBench(engine())) {
      Queued queued = oneText(bench);
      assertThat(recovered(bench, queued)).isEqualTo(new Next.Again(queued.outbox()));

      OutboxRow lost = started(bench, queued).outbox();
      Next next = recovered(bench, queued);

      OutboxRow again = row(bench, queued).orElseThrow();
      assertThat(next).isEqualTo(new Next.Again(again));
      assertThat(again.state()).isEqualTo(State.WAITING);
      assertThat(again.attempt()).isEqualTo(lost.attempt());
      assertThat(again.dueTime()).isEqualTo(bench.now());
      assertThat(attempts(bench, queued))
          .extracting(Attempts.Attempt::outcome)
          .containsExactly(Outcome.RETRY_LATER);
      // Asked once more, as its own commit may have been lost.
      assertThat(recovered(bench, queued)).isEqualTo(next);
      Queued second = started(bench, queued.with(again));
      assertThat(second.outbox().attempt()).isEqualTo(2);
      record(bench, second, accepted("wamid.1"));
      assertThat(recovered(bench, second)).isEqualTo(new Next.Settled());
    }
  }

  private static Next recovered(DeliveryBench bench, Queued queued) {
    return bench.server.journal.commit(new RecoverStart(queued, bench.now()));
  }

  @Test
  default void twoStartsOfOneMessageInOneGroupAreOneAttempt() {
    try (var bench = new DeliveryBench(engine())) {
      Queued queued = oneText(bench);
      var start =
          new StartAttempt(queued, false, DeliveryBench.WINDOW, InDoubt.DEFAULT, 1, bench.now());
      var outcomes = bench.<Start>together(List.of(start, start));
      assertThat(outcomes.get(0).get()).isInstanceOf(Start.Started.class);
      assertThat(outcomes.get(1).get()).isEqualTo(new Start.Not(new Next.Settled()));
    }
  }

  @Test
  default void aMessageWhoseTimeIsOverFailsWithoutACall() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      var text = DeliveryBench.draft(new Content.Text("t"), null, bench.now().plusSeconds(10));
      Queued queued = bench.commit(bench.accepting(conversation, text, Optional.empty()));
      bench.server.clock.advance(Duration.ofSeconds(10));
      assertThat(start(bench, queued, false, InDoubt.DEFAULT))
          .isEqualTo(new Start.Not(new Next.Failed(Failure.of(Reason.EXPIRED))));
      Message message = bench.message(queued.id());
      assertThat(message.progress().failure()).isEqualTo(Failure.of(Reason.EXPIRED));
      assertThat(message.progress().failedTime()).isEqualTo(bench.now());
      assertThat(bench.outbox()).isEmpty();
      assertThat(attempts(bench, queued)).isEmpty();
      assertThat(bench.events(queued.id())).containsExactly("message.created", "message.failed");
    }
  }

  @Test
  default void aReasonForWaitingIsNotedWhileTheMessageWaits() {
    try (var bench = new DeliveryBench(engine())) {
      Queued queued = oneText(bench);
      OutboxRow busy =
          queued.outbox().waiting(0, 0, bench.now().plusSeconds(6), Reason.RECIPIENT_BUSY.name());
      assertThat(bench.server.journal.commit(new NoteWait(queued.with(busy)))).isTrue();
      assertThat(row(bench, queued)).contains(busy);
      Queued started = started(bench, queued);
      assertThat(bench.server.journal.commit(new NoteWait(queued.with(busy)))).isFalse();
      assertThat(row(bench, queued)).contains(started.outbox());
    }
  }

  @Test
  default void aWindowThatHasClosedMeanwhileSendsTheFallback() {
    try (var bench = new DeliveryBench(engine())) {
      Queued queued = bench.commit(withFallback(bench));
      bench.server.clock.advance(Duration.ofHours(24));
      Queued started = started(bench, queued);
      assertThat(started.content()).isEqualTo(DeliveryBench.TEMPLATE);
      assertThat(bench.message(queued.id()).content()).isEqualTo(DeliveryBench.TEMPLATE);
      assertThat(bench.message(queued.id()).fallback()).isNull();
    }
  }

  @Test
  default void aTextOutsideTheWindowIsNotSent() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      var draft =
          DeliveryBench.draft(new Content.Text("t"), null, bench.now().plus(Duration.ofDays(3)));
      Queued queued = bench.commit(bench.accepting(conversation, draft, Optional.empty()));
      bench.server.clock.advance(Duration.ofHours(24));
      assertThat(start(bench, queued, false, InDoubt.DEFAULT))
          .isEqualTo(new Start.Not(new Next.Failed(Failure.of(Reason.SERVICE_WINDOW_CLOSED))));
      assertThat(bench.outbox()).isEmpty();
    }
  }

  @Test
  default void theDatabaseKnowsWhatIsStillBeforeAMessage() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      Queued first = bench.accept(conversation, "1");
      Queued second = bench.accept(conversation, "2");
      var behind = new Start.Not(new Next.Behind());
      assertThat(start(bench, second, true, InDoubt.DEFAULT)).isEqualTo(behind);
      Queued started = started(bench, first);
      assertThat(start(bench, second, true, InDoubt.DEFAULT)).isEqualTo(behind);
      record(bench, started, new SendOutcome.InDoubt("reset", ANSWER));
      assertThat(start(bench, second, true, InDoubt.DEFAULT)).isEqualTo(behind);
      bench.server.clock.advance(Duration.ofSeconds(5));
      assertThat(start(bench, second, true, RESEND)).isEqualTo(behind);
      bench.server.clock.advance(Duration.ofSeconds(60));
      assertThat(start(bench, second, true, RESEND)).isEqualTo(behind);
      assertThat(start(bench, second, true, InDoubt.DEFAULT)).isInstanceOf(Start.Started.class);
    }
  }

  @Test
  default void anAcceptedMessageIsSentAndNamed() {
    try (var bench = new DeliveryBench(engine())) {
      Queued queued = oneText(bench);
      Queued started = started(bench, queued);
      var recipient = new Identifier("wa_id", "573000000001");
      bench.server.clock.advance(Duration.ofMillis(40));
      var outcome =
          new SendOutcome.Accepted("wamid.1", recipient, false, ProviderAnswer.ofStatus(200));
      assertThat(record(bench, started, outcome)).isEqualTo(new Next.Sent());
      Message message = bench.message(queued.id());
      assertThat(message.progress().status()).isEqualTo(MessageStatus.SENT);
      assertThat(message.progress().sentTime()).isEqualTo(bench.now());
      assertThat(message.providerMessageId()).isEqualTo("wamid.1");
      assertThat(bench.outbox()).isEmpty();
      assertThat(attempts(bench, queued))
          .containsExactly(
              new Attempts.Attempt(
                  0,
                  1,
                  bench.now().minusMillis(40),
                  bench.now(),
                  Outcome.ACCEPTED,
                  null,
                  ProviderAnswer.ofStatus(200)));
      assertThat(bench.events(queued.id())).containsExactly("message.created", "message.sent");
      assertThat(bench.find(r -> Identifiers.find(r, 1, bench.channel.key(), recipient)))
          .contains(queued.conversation());
    }
  }

  @Test
  default void whatIsRefusedForGoodHasFailedWithTheProvidersWords() {
    try (var bench = new DeliveryBench(engine())) {
      Queued queued = oneText(bench);
      record(
          bench, started(bench, queued), new SendOutcome.Refused(Reason.CONTENT_REFUSED, ANSWER));
      assertThat(bench.message(queued.id()).progress().failure())
          .isEqualTo(new Failure(Reason.CONTENT_REFUSED, ANSWER));
      assertThat(bench.outbox()).isEmpty();
      assertThat(attempts(bench, queued))
          .extracting(Attempts.Attempt::outcome, Attempts.Attempt::reason)
          .containsExactly(tuple(Outcome.REFUSED, Reason.CONTENT_REFUSED));
    }
  }

  @Test
  default void whatMayBeTriedAgainWaitsAndCountsItsAttempts() {
    try (var bench = new DeliveryBench(engine())) {
      Queued queued = oneText(bench);
      List<SendOutcome> outcomes =
          List.of(
              new SendOutcome.RetryLater(Reason.PROVIDER_UNAVAILABLE, ANSWER, null, 0),
              new SendOutcome.Throttled(SendOutcome.Scope.RECIPIENT, ANSWER, null),
              new SendOutcome.ChannelBroken(Reason.CREDENTIALS_INVALID, ANSWER));
      Queued next = queued;
      for (SendOutcome outcome : outcomes) {
        var again = (Next.Again) record(bench, started(bench, next), outcome);
        assertThat(row(bench, queued)).contains(again.row());
        assertThat(again.row().state()).isEqualTo(State.WAITING);
        next = next.with(again.row());
      }
      assertThat(next.outbox().attempt()).isEqualTo(3);
      assertThat(next.outbox().spent()).isEqualTo(1);
      assertThat(bench.message(queued.id()).progress().status()).isEqualTo(MessageStatus.SENDING);
      assertThat(attempts(bench, queued))
          .extracting(Attempts.Attempt::number, Attempts.Attempt::outcome)
          .containsExactly(
              tuple(1, Outcome.RETRY_LATER),
              tuple(2, Outcome.THROTTLED),
              tuple(3, Outcome.CHANNEL_BROKEN));
      assertThat(bench.events(queued.id())).containsExactly("message.created");
    }
  }

  @Test
  default void aWindowThatTheProviderSeesClosedSendsTheFallbackOnce() {
    try (var bench = new DeliveryBench(engine())) {
      Queued queued = bench.commit(withFallback(bench));
      Queued started = started(bench, queued);
      var closed = new SendOutcome.Refused(Reason.SERVICE_WINDOW_CLOSED, ANSWER);
      var fallBack = (Next.FallBack) record(bench, started, closed);
      Queued again = started(bench, started.fallingBack(fallBack.row()));
      assertThat(again.content()).isEqualTo(DeliveryBench.TEMPLATE);
      assertThat(bench.message(queued.id()).content()).isEqualTo(DeliveryBench.TEMPLATE);
      assertThat(record(bench, again, closed)).isInstanceOf(Next.Failed.class);
      assertThat(bench.outbox()).isEmpty();
    }
  }

  @Test
  default void whatIsHeldBackStaysSendingUntilItsTimeIsOver() {
    try (var bench = new DeliveryBench(engine())) {
      Queued queued = oneText(bench);
      Queued started = started(bench, queued);
      var held = new SendOutcome.Accepted("wamid.1", null, true, ProviderAnswer.ofStatus(200));
      var awaited = (Next.Awaited) record(bench, started, held);
      assertThat(awaited.row().state()).isEqualTo(State.HELD);
      Message message = bench.message(queued.id());
      assertThat(message.progress().status()).isEqualTo(MessageStatus.SENDING);
      assertThat(message.providerMessageId()).isEqualTo("wamid.1");
      bench.server.journal.commit(
          new DecideDoubt(queued.with(awaited.row()), InDoubt.DEFAULT, bench.now()));
      assertThat(bench.message(queued.id()).progress().failure())
          .isEqualTo(Failure.of(Reason.EXPIRED));
    }
  }

  @Test
  default void anOutcomeThatComesTooLateIsEvidenceOnly() {
    try (var bench = new DeliveryBench(engine())) {
      Queued queued = oneText(bench);
      Queued first = started(bench, queued);
      var again =
          (Next.Again)
              record(
                  bench,
                  first,
                  new SendOutcome.RetryLater(Reason.PROVIDER_UNAVAILABLE, ANSWER, null, 0));
      Queued second = started(bench, queued.with(again.row()));
      assertThat(record(bench, first, new SendOutcome.Refused(Reason.CONTENT_REFUSED, ANSWER)))
          .isEqualTo(new Next.Settled());
      assertThat(row(bench, queued)).contains(second.outbox());
      assertThat(bench.message(queued.id()).progress().status()).isEqualTo(MessageStatus.SENDING);
      assertThat(record(bench, first, accepted("wamid.1"))).isEqualTo(new Next.Settled());
      assertThat(bench.message(queued.id()).progress().status()).isEqualTo(MessageStatus.SENT);
      assertThat(row(bench, queued)).contains(second.outbox());
    }
  }

  @Test
  default void aDoubtIsDecidedByThePolicyUnlessItWasSettledOrTriedAgain() {
    try (var bench = new DeliveryBench(engine())) {
      Queued queued = oneText(bench);
      var awaited =
          (Next.Awaited)
              record(bench, started(bench, queued), new SendOutcome.InDoubt("reset", ANSWER));
      Queued doubt = queued.with(awaited.row());
      var again =
          (Next.Again) bench.server.journal.commit(new DecideDoubt(doubt, RESEND, bench.now()));
      assertThat(row(bench, queued)).contains(again.row());
      assertThat(bench.server.journal.commit(new DecideDoubt(doubt, RESEND, bench.now())))
          .isEqualTo(new Next.Settled());
      Queued second = started(bench, queued.with(again.row()));
      assertThat(second.outbox().attempt()).isEqualTo(2);
      var next = (Next.Awaited) record(bench, second, new SendOutcome.InDoubt("reset", ANSWER));
      assertThat(bench.server.journal.commit(new DecideDoubt(doubt, RESEND, bench.now())))
          .isEqualTo(new Next.Settled());
      bench.server.journal.commit(
          new DecideDoubt(queued.with(next.row()), InDoubt.DEFAULT, bench.now()));
      assertThat(bench.message(queued.id()).progress().failure())
          .isEqualTo(Failure.of(Reason.OUTCOME_UNKNOWN));
      assertThat(bench.outbox()).isEmpty();
    }
  }

  @Test
  default void aRestartPutsAttemptsUnderWayInDoubtAndBeginsOlderDoubtsAnew() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      Queued waiting = bench.accept(conversation, "1");
      Queued flying = bench.accept(conversation, "2");
      Queued doubtful = bench.accept(conversation, "3");
      Queued started = started(bench, flying);
      record(bench, started(bench, doubtful), new SendOutcome.InDoubt("reset", ANSWER));
      bench.server.clock.advance(Duration.ofMinutes(10));
      assertThat(bench.server.journal.commit(new RecoverAttempts(bench.channel, bench.now())))
          .isEqualTo(2);
      assertThat(row(bench, waiting)).contains(waiting.outbox());
      for (Queued doubt : List.of(flying, doubtful)) {
        OutboxRow row = row(bench, doubt).orElseThrow();
        assertThat(row.state()).isEqualTo(State.IN_DOUBT);
        assertThat(row.dueTime()).isEqualTo(bench.now().plusSeconds(60));
      }
      assertThat(attempts(bench, flying))
          .containsExactly(
              new Attempts.Attempt(
                  0,
                  1,
                  started.outbox().attemptTime(),
                  bench.now(),
                  Outcome.IN_DOUBT,
                  null,
                  ProviderAnswer.ofStatus(0)));
      assertThat(attempts(bench, doubtful)).hasSize(1);
    }
  }
}
