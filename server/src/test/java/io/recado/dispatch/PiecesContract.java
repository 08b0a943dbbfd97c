package io.recado.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.recado.access.AuditStamp;
import io.recado.connector.ConnectorSession.OutboundMessage;
import io.recado.connector.Content;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderEvent;
import io.recado.connector.ProviderEvent.ReceiptStatus;
import io.recado.connector.Reason;
import io.recado.connector.SendOutcome;
import io.recado.dispatch.ClockContract.Life;
import io.recado.http.request.ApiError;
import io.recado.inbound.ApplyReceipt;
import io.recado.journal.Dialect;
import io.recado.message.Attempts;
import io.recado.message.Attempts.Outcome;
import io.recado.message.Message;
import io.recado.message.MessageStatus;
import io.recado.message.MessageTarget;
import io.recado.message.Progress;
import io.recado.message.Queued;
import io.recado.message.Receipts;
import io.recado.message.Receipts.Named;
import io.recado.message.WaysOut;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A content that needs several network calls, on every database.
interface PiecesContract {

  Dialect engine();

  @Test
  default void eachPieceHasItsOwnAttemptAndTheMessageIsSentWithTheLast() {
    try (var life = new Life(engine())) {
      Queued message = life.acceptText("a|b|c");
      life.acceptText("d");
      life.passAMoment();
      assertThat(life.tried).containsExactly("a", "b", "c", "d");
      assertThat(life.bench.list(r -> Attempts.of(r, 1, message.id())))
          .extracting(Attempts.Attempt::number, Attempts.Attempt::piece, Attempts.Attempt::outcome)
          .containsExactly(
              tuple(1, 0, Outcome.ACCEPTED),
              tuple(2, 1, Outcome.ACCEPTED),
              tuple(3, 2, Outcome.ACCEPTED));
      assertThat(life.bench.events(message.id()))
          .containsExactly("message.created", "message.sent");
    }
  }

  @Test
  default void aRetryGoesOnWithTheFirstPieceThatIsNotSent() {
    try (var life = new Life(engine())) {
      life.answer = first("b", later());
      Queued message = life.acceptText("a|b|c");
      life.acceptText("d");
      life.passAMoment();
      assertThat(life.tried).containsExactly("a", "b");
      assertThat(progress(life, message).status()).isEqualTo(MessageStatus.SENDING);

      life.restart();
      life.pass(Duration.ofSeconds(60));
      life.passAMoment();
      life.pass(Duration.ofSeconds(2));
      assertThat(life.tried).containsExactly("a", "b", "b", "c", "d");
      assertThat(progress(life, message).status()).isEqualTo(MessageStatus.SENT);
    }
  }

  @Test
  default void aPieceThatIsRefusedFailsTheMessageAndTheRestIsNotSent() {
    try (var life = new Life(engine())) {
      life.answer =
          first("b", new SendOutcome.Refused(Reason.CONTENT_REFUSED, ProviderAnswer.ofStatus(400)));
      Queued message = life.acceptText("a|b|c");
      life.acceptText("d");
      life.passAMoment();
      assertThat(life.tried).containsExactly("a", "b", "d");
      assertThat(progress(life, message).failure().reason()).isEqualTo(Reason.CONTENT_REFUSED);
      receipt(life, message, 0, "pigeon-1", ReceiptStatus.DELIVERED);
      assertThat(progress(life, message).status()).isEqualTo(MessageStatus.FAILED);
    }
  }

  @Test
  default void theStatusIsTheLowestOfAllPieces() {
    try (var life = new Life(engine())) {
      Queued message = life.acceptText("a|b|c");
      life.passAMoment();
      receipt(life, message, 0, "pigeon-1", ReceiptStatus.DELIVERED);
      receipt(life, message, 1, "pigeon-2", ReceiptStatus.READ);
      assertThat(progress(life, message).status()).isEqualTo(MessageStatus.SENT);
      receipt(life, message, 2, "pigeon-3", ReceiptStatus.DELIVERED);
      assertThat(progress(life, message).status()).isEqualTo(MessageStatus.DELIVERED);
      receipt(life, message, 0, "pigeon-1", ReceiptStatus.READ);
      receipt(life, message, 2, "pigeon-3", ReceiptStatus.READ);
      assertThat(life.bench.events(message.id()))
          .containsExactly("message.created", "message.sent", "message.delivered", "message.read");
    }
  }

  @Test
  default void aPieceThatFailsAfterItWasSentFailsTheMessage() {
    try (var life = new Life(engine())) {
      Queued message = life.acceptText("a|b|c");
      life.passAMoment();
      receipt(life, message, 0, "pigeon-1", ReceiptStatus.READ);
      receipt(life, message, 1, "pigeon-2", ReceiptStatus.FAILED);
      assertThat(progress(life, message).failure().reason())
          .isEqualTo(Reason.RECIPIENT_UNREACHABLE);
    }
  }

  @Test
  default void aReceiptForAPieceInDoubtGoesOnWithTheNextAlsoAfterARestart() {
    try (var life = new Life(engine())) {
      life.answer = first("b", lost());
      Queued message = life.acceptText("a|b|c");
      life.passAMoment();
      assertThat(life.tried).containsExactly("a", "b");
      life.restart();
      receipt(life, message, 1, "late", ReceiptStatus.SENT);
      life.passAMoment();
      assertThat(life.tried).containsExactly("a", "b", "c");
      assertThat(progress(life, message).status()).isEqualTo(MessageStatus.SENT);
      assertThat(life.bench.outbox()).isEmpty();
    }
  }

  @Test
  default void aReceiptThatOvertakesALostAnswerGoesOnWithTheNextPiece() {
    try (var life = new Life(engine())) {
      var accepted = new Queued[1];
      life.answer =
          message -> {
            if (text(message).equals("b") && life.faults++ == 0) {
              receipt(life, accepted[0], 1, "early", ReceiptStatus.DELIVERED);
              return lost();
            }
            return null;
          };
      accepted[0] = life.acceptText("a|b|c");
      life.passAMoment();
      life.pass(Duration.ofSeconds(1));
      assertThat(life.tried).containsExactly("a", "b", "c");
      assertThat(progress(life, accepted[0]).status()).isEqualTo(MessageStatus.SENT);
    }
  }

  @Test
  default void aDoubtThatNothingSettlesFailsTheMessageAndALateReceiptForAPartIsNoProof() {
    try (var life = new Life(engine())) {
      life.answer = first("a", lost());
      Queued message = life.acceptText("a|b");
      life.passAMoment();
      life.pass(Duration.ofSeconds(61));
      receipt(life, message, 0, "late", ReceiptStatus.DELIVERED);
      assertThat(life.tried).containsExactly("a");
      assertThat(progress(life, message).failure().reason()).isEqualTo(Reason.OUTCOME_UNKNOWN);
    }
  }

  @Test
  default void aDoubtThatIsSentAgainRepeatsItsPieceAlone() {
    try (var life = new Life(engine())) {
      life.bench.server.json(
          "PATCH /v1/" + life.bench.channel.name(), "{'inDoubt':{'policy':'RESEND'}}");
      life.answer = first("b", lost());
      Queued message = life.acceptText("a|b|c");
      life.acceptText("d");
      life.passAMoment();
      life.pass(Duration.ofSeconds(61));
      life.passAMoment();
      assertThat(life.tried).containsExactly("a", "b", "b", "c", "d");
      // The first of the two had failed, as it turns out; the second has not.
      receipt(life, message, 1, "first", ReceiptStatus.FAILED);
      assertThat(progress(life, message).status()).isEqualTo(MessageStatus.SENT);
    }
  }

  @Test
  default void whatWasSentInPartIsNotTakenBack() {
    try (var life = new Life(engine())) {
      life.answer = first("b", later());
      Queued message = life.acceptText("a|b");
      life.passAMoment();
      var target = new MessageTarget(life.bench.channel, life.conversation, message.id());
      var stamp = new AuditStamp(life.bench.server.ids.next(), life.bench.now(), "system");
      assertThatThrownBy(
              () -> WaysOut.cancel(life.bench.server.journal, target, stamp, (_, _, _) -> {}))
          .isInstanceOf(ApiError.class)
          .hasMessageContaining("first pieces");
    }
  }

  private static Progress progress(Life life, Queued message) {
    return life.bench.message(message.id()).progress();
  }

  private static String text(OutboundMessage message) {
    return ((Content.Text) message.content()).text();
  }

  private static Function<OutboundMessage, @Nullable SendOutcome> first(
      String text, SendOutcome outcome) {
    var times = new AtomicInteger();
    return message -> text(message).equals(text) && times.getAndIncrement() == 0 ? outcome : null;
  }

  private static SendOutcome later() {
    return new SendOutcome.RetryLater(
        Reason.PROVIDER_UNAVAILABLE, ProviderAnswer.ofStatus(503), null, 0);
  }

  private static SendOutcome lost() {
    return new SendOutcome.InDoubt("lost", ProviderAnswer.ofStatus(0));
  }

  /// What the provider reports about a piece; of the second attempt at the latest.
  private static void receipt(
      Life life, Queued message, int piece, String name, ReceiptStatus status) {
    var failure =
        status == ReceiptStatus.FAILED
            ? new ProviderEvent.Failure(
                Reason.RECIPIENT_UNREACHABLE, new ProviderAnswer(0, "131026", "no"))
            : null;
    life.bench.server.journal.commit(
        new ApplyReceipt(
            1,
            life.bench.channel.key(),
            new Named(message.id(), message.conversation(), Message.Direction.OUTBOUND, piece),
            name,
            piece + 1,
            new Receipts.Receipt(status, life.bench.now(), life.bench.now(), failure),
            new ApplyReceipt.Told(
                life.dispatch.dispatch::settledElsewhere, life.dispatch.dispatch::returned)));
  }
}
