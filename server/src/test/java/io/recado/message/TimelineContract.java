package io.recado.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderEvent.ReceiptStatus;
import io.recado.connector.Reason;
import io.recado.connector.SendOutcome;
import io.recado.connector.SendOutcome.Scope;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.dispatch.RecordOutcome;
import io.recado.dispatch.RetrySchedule;
import io.recado.dispatch.StartAttempt;
import io.recado.inbound.ApplyReceipt;
import io.recado.journal.Dialect;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.message.Receipts.Named;
import io.recado.testing.DeliveryBench;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What a message tells of itself, on every database.
interface TimelineContract {

  Dialect engine();

  @Test
  default void eachAttemptIsToldWithTheProvidersStatusItsCodeAndItsLatencyAndEachReceipt() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      Queued queued = bench.accept(conversation, "hi");
      attempt(
          bench,
          queued,
          120,
          new SendOutcome.RetryLater(
              Reason.PROVIDER_UNAVAILABLE, new ProviderAnswer(503, "2", "down"), null, 0));
      attempt(
          bench,
          queued,
          80,
          new SendOutcome.Throttled(
              Scope.CHANNEL, new ProviderAnswer(429, "130429", "too many"), null));
      attempt(
          bench,
          queued,
          60,
          new SendOutcome.Accepted("w1", null, false, ProviderAnswer.ofStatus(200)));
      receipt(bench, queued, ReceiptStatus.DELIVERED);
      receipt(bench, queued, ReceiptStatus.READ);

      List<JsonObject> steps = timeline(bench, queued);
      assertThat(steps)
          .extracting(step -> step.string("kind").orElseThrow())
          .containsExactly("ACCEPTED", "ATTEMPT", "ATTEMPT", "ATTEMPT", "RECEIPT", "RECEIPT");
      assertAttempt(steps.get(1), "RETRY_LATER", 503, 120);
      assertThat(steps.get(1).string("providerCode")).contains("2");
      assertThat(steps.get(1).string("providerMessage")).contains("down");
      assertAttempt(steps.get(2), "THROTTLED", 429, 80);
      assertThat(steps.get(2).string("providerCode")).contains("130429");
      assertAttempt(steps.get(3), "ACCEPTED", 200, 60);
      assertThat(steps)
          .extracting(step -> step.string("text").orElseThrow())
          .contains(
              "Attempt 2: the provider wants fewer messages for now.",
              "Attempt 3: the provider accepted it.",
              "The provider reports that it is on the person's device.",
              "The provider reports that the person has seen it.");
      assertThat(steps.getLast().string("providerTime"))
          .contains(bench.now().minusSeconds(1).toString());
    }
  }

  @Test
  default void whatAMessageWaitsForIsItsLastStepInAPlainSentence() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      Queued first = bench.accept(conversation, "1");
      bench.accept(conversation, "2");
      bench.accept(conversation, "3");
      Queued last = bench.accept(conversation, "4");
      assertThat(waiting(bench, last)).isEqualTo("Behind 3 earlier messages.");

      attempt(
          bench,
          first,
          80,
          new SendOutcome.Throttled(
              Scope.CHANNEL, ProviderAnswer.ofStatus(429), bench.now().plusSeconds(90)));
      assertThat(waiting(bench, first))
          .isEqualTo(
              "The channel is throttled by the provider until 2026-04-03T10:01:30Z; then it is"
                  + " tried again.");

      bench.server.clock.advance(Duration.ofSeconds(90));
      attempt(bench, first, 0, new SendOutcome.InDoubt("reset", ProviderAnswer.ofStatus(0)));
      assertThat(waiting(bench, first))
          .isEqualTo(
              "In doubt until %s: waiting for a receipt. Without one it fails as OUTCOME_UNKNOWN then."
                  .formatted(bench.now().plusSeconds(60)));
    }
  }

  private static void assertAttempt(JsonObject step, String outcome, long status, long millis) {
    assertThat(step.string("outcome")).contains(outcome);
    assertThat(step.number("providerStatus")).contains(status);
    assertThat(step.number("latencyMillis")).contains(millis);
  }

  private static String waiting(DeliveryBench bench, Queued queued) {
    JsonObject step = timeline(bench, queued).getLast();
    assertThat(step.string("kind")).contains("WAITING");
    return step.string("text").orElseThrow();
  }

  private static List<JsonObject> timeline(DeliveryBench bench, Queued queued) {
    JsonObject timeline =
        bench.read(
            r ->
                Timeline.of(
                    r,
                    bench.message(queued.id()),
                    "messages/1",
                    bench.channel,
                    bench.now(),
                    List.of()));
    return Json.readObject(Json.write(timeline)).objects("steps");
  }

  private static void attempt(
      DeliveryBench bench, Queued queued, long millis, SendOutcome outcome) {
    OutboxRow row =
        bench.find(r -> Outbox.find(r, 1, bench.channel.key(), queued.id())).orElseThrow();
    var started =
        (StartAttempt.Start.Started)
            bench.server.journal.commit(
                new StartAttempt(
                    queued.with(row),
                    false,
                    DeliveryBench.WINDOW,
                    bench.channel.inDoubt(),
                    1,
                    bench.now()));
    bench.server.clock.advance(Duration.ofMillis(millis));
    var schedule = new RetrySchedule(new Random(1));
    var next =
        schedule.after(outcome, started.queued().outbox(), bench.channel.inDoubt(), bench.now());
    bench.server.journal.commit(new RecordOutcome(started.queued(), outcome, next, bench.now()));
  }

  private static void receipt(DeliveryBench bench, Queued queued, ReceiptStatus status) {
    bench.server.clock.advance(Duration.ofSeconds(2));
    bench.server.journal.commit(
        new ApplyReceipt(
            1,
            bench.channel.key(),
            new Named(queued.id(), queued.conversation(), Message.Direction.OUTBOUND, 0),
            "w1",
            3,
            new Receipts.Receipt(status, bench.now(), bench.now().minusSeconds(1), null),
            new ApplyReceipt.Told((_, _, _) -> {}, _ -> {})));
  }
}
