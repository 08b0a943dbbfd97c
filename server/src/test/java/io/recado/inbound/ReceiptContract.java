package io.recado.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.channel.Channel.InDoubt;
import io.recado.connector.Content;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderEvent;
import io.recado.connector.ProviderEvent.ReceiptStatus;
import io.recado.connector.Reason;
import io.recado.connector.SendOutcome;
import io.recado.dispatch.Next;
import io.recado.dispatch.RecordOutcome;
import io.recado.dispatch.StartAttempt;
import io.recado.inbound.ApplyReceipt.Applied;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.Write;
import io.recado.message.Message;
import io.recado.message.MessageStatus;
import io.recado.message.OutboxRow;
import io.recado.message.Queued;
import io.recado.message.Receipts;
import io.recado.message.Receipts.Named;
import io.recado.testing.DeliveryBench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What receipts promise on every database: applied once, kept when they come too early, and no
/// harm to a message that is further already.
interface ReceiptContract {

  String NAME = "wamid.1";

  Dialect engine();

  private static Receipts.Receipt receipt(DeliveryBench bench, ReceiptStatus status) {
    var failure =
        status == ReceiptStatus.FAILED
            ? new ProviderEvent.Failure(
                Reason.RECIPIENT_UNREACHABLE, new ProviderAnswer(0, "131026", "no"))
            : null;
    return new Receipts.Receipt(status, bench.now(), bench.now().minusSeconds(1), failure);
  }

  private static ApplyReceipt applying(
      DeliveryBench bench,
      Queued queued,
      String name,
      int attempt,
      ReceiptStatus status,
      List<Id> settled) {
    return new ApplyReceipt(
        1,
        bench.channel.key(),
        new Named(queued.id(), queued.conversation(), Message.Direction.OUTBOUND, 0),
        name,
        attempt,
        receipt(bench, status),
        new ApplyReceipt.Told((_, _, message) -> settled.add(message), _ -> {}));
  }

  private static Applied apply(DeliveryBench bench, Queued queued, ReceiptStatus status) {
    return bench.server.journal.commit(applying(bench, queued, NAME, 1, status, new ArrayList<>()));
  }

  private static KeepReceipt keeping(DeliveryBench bench, ReceiptStatus status) {
    return new KeepReceipt(1, bench.channel.key(), NAME, receipt(bench, status));
  }

  private static Queued started(DeliveryBench bench, Queued queued) {
    var start =
        new StartAttempt(queued, false, DeliveryBench.WINDOW, InDoubt.DEFAULT, 1, bench.now());
    return ((StartAttempt.Start.Started) bench.server.journal.commit(start)).queued();
  }

  private static Queued started(DeliveryBench bench) {
    return started(bench, bench.accept(bench.openConversation("+573000000001"), "hi"));
  }

  private static RecordOutcome sent(DeliveryBench bench, Queued started, String name) {
    var outcome = new SendOutcome.Accepted(name, null, false, ProviderAnswer.ofStatus(200));
    return new RecordOutcome(started, outcome, new Next.Sent(), bench.now());
  }

  private static RecordOutcome lost(DeliveryBench bench, Queued started) {
    OutboxRow row =
        started.outbox().awaitingReceipt(OutboxRow.State.IN_DOUBT, bench.now().plusSeconds(60));
    var outcome = new SendOutcome.InDoubt("reset", ProviderAnswer.ofStatus(0));
    return new RecordOutcome(started, outcome, new Next.Awaited(row), bench.now());
  }

  @Test
  default void eachStatusIsAppliedOnceHoweverOftenItComes() {
    try (var bench = new DeliveryBench(engine())) {
      Queued started = started(bench);
      bench.server.journal.commit(sent(bench, started, NAME));
      for (int i = 0; i < 3; i++) {
        bench.server.clock.advance(Duration.ofSeconds(1));
        Applied expected = i == 0 ? Applied.CHANGED : Applied.KNOWN;
        assertThat(apply(bench, started, ReceiptStatus.READ)).isEqualTo(expected);
        assertThat(apply(bench, started, ReceiptStatus.DELIVERED)).isEqualTo(Applied.KNOWN);
        assertThat(apply(bench, started, ReceiptStatus.SENT)).isEqualTo(Applied.KNOWN);
        assertThat(apply(bench, started, ReceiptStatus.FAILED)).isEqualTo(Applied.KNOWN);
      }
      Message message = bench.message(started.id());
      assertThat(message.progress().status()).isEqualTo(MessageStatus.READ);
      assertThat(message.progress().readTime()).isEqualTo(bench.now().minusSeconds(2));
      assertThat(bench.events(started.id()))
          .containsExactly("message.created", "message.sent", "message.delivered", "message.read");
      assertThat(bench.count("receipt")).isEqualTo(4);
    }
  }

  @Test
  default void threeTimesAllReceiptsInOneGroupAreOneOfEach() {
    try (var bench = new DeliveryBench(engine())) {
      Queued started = started(bench);
      List<Write<Applied>> writes = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        for (ReceiptStatus status :
            List.of(ReceiptStatus.DELIVERED, ReceiptStatus.SENT, ReceiptStatus.READ)) {
          writes.add(applying(bench, started, NAME, 1, status, new ArrayList<>()));
        }
      }
      bench.<Applied>together(writes);
      assertThat(bench.events(started.id()))
          .containsExactly("message.created", "message.sent", "message.delivered", "message.read");
      assertThat(bench.count("receipt")).isEqualTo(3);
    }
  }

  @Test
  default void aReceiptWithTheEchoSettlesADoubtAndNamesTheMessage() {
    try (var bench = new DeliveryBench(engine())) {
      Queued started = started(bench);
      bench.server.journal.commit(lost(bench, started));
      List<Id> settled = new ArrayList<>();
      bench.server.journal.commit(
          applying(bench, started, NAME, 1, ReceiptStatus.DELIVERED, settled));
      assertThat(settled).containsExactly(started.id());
      assertThat(bench.outbox()).isEmpty();
      assertThat(bench.message(started.id()).providerMessageId()).isEqualTo(NAME);
      assertThat(bench.find(r -> Receipts.find(r, 1, bench.channel.key(), NAME)))
          .contains(new Named(started.id(), started.conversation(), Message.Direction.OUTBOUND, 0));
      assertThat(bench.find(r -> Receipts.find(r, 2, bench.channel.key(), NAME))).isEmpty();
      bench.server.journal.commit(applying(bench, started, NAME, 1, ReceiptStatus.READ, settled));
      assertThat(settled).hasSize(1);
    }
  }

  @Test
  default void anOutcomeThatAReceiptHasOvertakenChangesNothingAnyMore() {
    try (var bench = new DeliveryBench(engine())) {
      Queued started = started(bench);
      apply(bench, started, ReceiptStatus.DELIVERED);
      assertThat(bench.server.journal.commit(lost(bench, started))).isEqualTo(new Next.Settled());
      assertThat(bench.server.journal.commit(sent(bench, started, NAME)))
          .isEqualTo(new Next.Settled());
      assertThat(bench.message(started.id()).progress().status())
          .isEqualTo(MessageStatus.DELIVERED);
      assertThat(bench.outbox()).isEmpty();
      assertThat(bench.events(started.id()))
          .containsExactly("message.created", "message.sent", "message.delivered");
    }
  }

  @Test
  default void aReceiptThatComesBeforeTheNameIsKeptAndAppliedWithTheTimeAtWhichItCame() {
    try (var bench = new DeliveryBench(engine())) {
      Queued started = started(bench);
      bench.server.clock.advance(Duration.ofSeconds(1));
      var came = bench.now();
      assertThat(bench.server.journal.commit(keeping(bench, ReceiptStatus.READ))).isEmpty();
      bench.server.clock.advance(Duration.ofSeconds(1));
      bench.server.journal.commit(keeping(bench, ReceiptStatus.READ));
      bench.server.journal.commit(keeping(bench, ReceiptStatus.SENT));
      bench.server.clock.advance(Duration.ofSeconds(1));
      bench.server.journal.commit(sent(bench, started, NAME));
      Message message = bench.message(started.id());
      assertThat(message.progress().status()).isEqualTo(MessageStatus.READ);
      assertThat(message.progress().sentTime()).isEqualTo(came);
      assertThat(message.progress().readTime()).isEqualTo(came);
      assertThat(bench.count("early_receipt")).isZero();
      assertThat(bench.count("receipt")).isEqualTo(2);
      assertThat(bench.outbox()).isEmpty();
    }
  }

  @Test
  default void aReceiptAndTheOutcomeThatNamesItsMessageMeetInOneGroupInEitherOrder() {
    for (boolean receiptFirst : List.of(true, false)) {
      try (var bench = new DeliveryBench(engine())) {
        Queued started = started(bench);
        KeepReceipt receipt = keeping(bench, ReceiptStatus.DELIVERED);
        RecordOutcome outcome = sent(bench, started, NAME);
        var outcomes =
            bench.<Object>together(
                receiptFirst ? List.of(receipt, outcome) : List.of(outcome, receipt));
        if (receiptFirst) {
          assertThat(bench.message(started.id()).progress().status())
              .isEqualTo(MessageStatus.DELIVERED);
        } else {
          var named =
              new Named(started.id(), started.conversation(), Message.Direction.OUTBOUND, 0);
          assertThat(outcomes.get(1).get()).isEqualTo(Optional.of(named));
        }
        assertThat(bench.count("early_receipt")).isZero();
      }
    }
  }

  @Test
  default void aReceiptWithTheEchoBringsThoseWithoutItAlong() {
    try (var bench = new DeliveryBench(engine())) {
      Queued started = started(bench);
      bench.server.journal.commit(lost(bench, started));
      bench.server.journal.commit(keeping(bench, ReceiptStatus.READ));
      apply(bench, started, ReceiptStatus.SENT);
      assertThat(bench.message(started.id()).progress().status()).isEqualTo(MessageStatus.READ);
      assertThat(bench.count("early_receipt")).isZero();
    }
  }

  @Test
  default void theFailureOfAnAttemptThatWasRepeatedIsNotTheMessages() {
    try (var bench = new DeliveryBench(engine())) {
      Queued first = started(bench);
      OutboxRow again = first.outbox().waiting(0, 0, bench.now(), null);
      var doubt = new SendOutcome.InDoubt("reset", ProviderAnswer.ofStatus(0));
      bench.server.journal.commit(
          new RecordOutcome(first, doubt, new Next.Again(again), bench.now()));
      Queued second = started(bench, first.with(again));
      List<Id> settled = new ArrayList<>();
      bench.server.journal.commit(
          applying(bench, first, "wamid.first", 1, ReceiptStatus.FAILED, settled));
      assertThat(settled).isEmpty();
      assertThat(bench.outbox()).hasSize(1);
      bench.server.journal.commit(sent(bench, second, "wamid.second"));
      bench.server.journal.commit(
          applying(bench, first, "wamid.first", 1, ReceiptStatus.FAILED, settled));
      assertThat(bench.message(first.id()).progress().status()).isEqualTo(MessageStatus.SENT);
      bench.server.journal.commit(
          applying(bench, first, "wamid.second", 2, ReceiptStatus.FAILED, settled));
      assertThat(bench.message(first.id()).progress().status()).isEqualTo(MessageStatus.FAILED);
      bench.server.journal.commit(
          applying(bench, first, "wamid.first", 1, ReceiptStatus.DELIVERED, settled));
      assertThat(bench.message(first.id()).progress().status()).isEqualTo(MessageStatus.DELIVERED);
    }
  }

  @Test
  default void aWindowThatAReceiptFindsClosedSendsTheFallbackHoweverOftenTheReceiptComes() {
    try (var bench = new DeliveryBench(engine())) {
      var draft =
          DeliveryBench.draft(
              new Content.Text("t"), DeliveryBench.TEMPLATE, bench.now().plusSeconds(3_600));
      var conversation = bench.openConversation("+573000000001");
      Queued started =
          started(bench, bench.commit(bench.accepting(conversation, draft, Optional.empty())));
      bench.server.journal.commit(sent(bench, started, NAME));
      var closed =
          new Receipts.Receipt(
              ReceiptStatus.FAILED,
              bench.now(),
              bench.now(),
              new ProviderEvent.Failure(
                  Reason.SERVICE_WINDOW_CLOSED, new ProviderAnswer(0, "131047", "closed")));
      List<Queued> returned = new ArrayList<>();
      var receipt =
          new ApplyReceipt(
              1,
              bench.channel.key(),
              new Named(started.id(), conversation.key(), Message.Direction.OUTBOUND, 0),
              NAME,
              1,
              closed,
              new ApplyReceipt.Told((_, _, _) -> {}, returned::add));
      bench.<Applied>together(List.of(receipt, receipt));
      bench.server.journal.commit(receipt);
      assertThat(returned).hasSize(1);
      assertThat(bench.outbox()).hasSize(1);
      Queued again = started(bench, returned.getFirst());
      assertThat(again.content()).isEqualTo(DeliveryBench.TEMPLATE);
      assertThat(again.outbox().attempt()).isEqualTo(2);
      bench.server.journal.commit(receipt);
      bench.server.journal.commit(sent(bench, again, "wamid.2"));
      bench.server.journal.commit(receipt);
      assertThat(bench.message(started.id()).progress().status()).isEqualTo(MessageStatus.SENT);
      assertThat(bench.events(started.id())).containsExactly("message.created", "message.sent");
    }
  }

  @Test
  default void aReceiptForAMessageThatIsGoneSaysSo() {
    try (var bench = new DeliveryBench(engine())) {
      Queued started = started(bench);
      var gone =
          new ApplyReceipt(
              1,
              bench.channel.key(),
              new Named(
                  bench.server.ids.next(), started.conversation(), Message.Direction.OUTBOUND, 0),
              NAME,
              1,
              receipt(bench, ReceiptStatus.SENT),
              new ApplyReceipt.Told((_, _, _) -> {}, _ -> {}));
      assertThat(bench.server.journal.commit(gone)).isEqualTo(Applied.UNKNOWN);
      assertThat(bench.count("provider_message")).isEqualTo(1);
    }
  }

  @Test
  default void aFallbackIsSentOnceWhenTheProviderFindsTheWindowClosedAfterAccepting() {
    try (var bench = new DeliveryBench(engine())) {
      var conversation = bench.openConversation("+573000000001");
      var draft =
          DeliveryBench.draft(
              new Content.Text("hi"), DeliveryBench.TEMPLATE, bench.now().plus(Duration.ofDays(1)));
      Queued text =
          started(bench, bench.commit(bench.accepting(conversation, draft, Optional.empty())));
      bench.server.journal.commit(sent(bench, text, NAME));
      List<Queued> returned = new ArrayList<>();

      bench.server.journal.commit(windowClosed(bench, text, NAME, 1, returned));

      assertThat(returned)
          .singleElement()
          .satisfies(again -> assertThat(again.content()).isEqualTo(DeliveryBench.TEMPLATE));
      assertThat(bench.message(text.id()).progress().status()).isEqualTo(MessageStatus.SENT);
      assertThat(bench.message(text.id()).content()).isEqualTo(DeliveryBench.TEMPLATE);

      Queued template = started(bench, returned.getFirst());
      assertThat(template.outbox().attempt()).isEqualTo(2);
      bench.server.journal.commit(sent(bench, template, "wamid.template"));
      bench.server.journal.commit(windowClosed(bench, template, "wamid.template", 2, returned));

      assertThat(returned).hasSize(1);
      assertThat(bench.message(text.id()).progress().status()).isEqualTo(MessageStatus.FAILED);
      assertThat(bench.outbox()).isEmpty();
    }
  }

  @Test
  default void aPauseDoesNotUseUpTheTimeOfAFallback() {
    try (var bench = new DeliveryBench(engine())) {
      var conversation = bench.openConversation("+573000000001");
      var draft =
          DeliveryBench.draft(
              new Content.Text("hi"), DeliveryBench.TEMPLATE, bench.now().plusSeconds(3_600));
      Queued text =
          started(bench, bench.commit(bench.accepting(conversation, draft, Optional.empty())));
      bench.server.journal.commit(lost(bench, text));
      String path = "/v1/" + bench.channel.name();
      bench.server.call("POST " + path + ":pause", "{}");
      bench.server.clock.advance(Duration.ofHours(2));
      bench.server.call("POST " + path + ":resume", "{}");
      List<Queued> returned = new ArrayList<>();

      bench.server.journal.commit(windowClosed(bench, text, NAME, 1, returned));

      assertThat(returned)
          .singleElement()
          .satisfies(again -> assertThat(again.content()).isEqualTo(DeliveryBench.TEMPLATE));
    }
  }

  private static ApplyReceipt windowClosed(
      DeliveryBench bench, Queued queued, String name, int attempt, List<Queued> returned) {
    var failure =
        new ProviderEvent.Failure(
            Reason.SERVICE_WINDOW_CLOSED, new ProviderAnswer(0, "131047", "re-engagement"));
    return new ApplyReceipt(
        1,
        bench.channel.key(),
        new Named(queued.id(), queued.conversation(), Message.Direction.OUTBOUND, 0),
        name,
        attempt,
        new Receipts.Receipt(ReceiptStatus.FAILED, bench.now(), bench.now(), failure),
        new ApplyReceipt.Told((_, _, _) -> {}, returned::add));
  }
}
