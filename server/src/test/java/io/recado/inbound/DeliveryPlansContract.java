package io.recado.inbound;

import io.recado.channel.Channel;
import io.recado.channel.Channel.InDoubt;
import io.recado.channel.Channel.Limits;
import io.recado.connector.Connector.ChannelSettings;
import io.recado.connector.Content;
import io.recado.connector.Identifier;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderEvent.ReceiptStatus;
import io.recado.connector.SendOutcome;
import io.recado.conversation.Identifiers;
import io.recado.conversation.MarkRead;
import io.recado.conversation.OpenConversation;
import io.recado.dispatch.DecideDoubt;
import io.recado.dispatch.Next;
import io.recado.dispatch.RecordOutcome;
import io.recado.dispatch.RecoverAttempts;
import io.recado.dispatch.StartAttempt;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.IdempotencyKey;
import io.recado.journal.PlanBench;
import io.recado.json.JsonObject;
import io.recado.message.AcceptMessage;
import io.recado.message.Message;
import io.recado.message.OutboxRow;
import io.recado.message.Priority;
import io.recado.message.Queued;
import io.recado.message.Receipts;
import io.recado.message.Receipts.Named;
import io.recado.testing.DeliveryBench;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How the writes of a message's way find their rows on every database: never by reading a table.
interface DeliveryPlansContract {

  Instant NOW = Instant.parse("2026-04-03T10:00:00Z");
  Id CONVERSATION = new Id(9, 9);
  Id MESSAGE = new Id(9, 10);
  Identifier PERSON = Identifier.phone("new");

  ApplyReceipt.Told TOLD = new ApplyReceipt.Told((_, _, _) -> {}, _ -> {});

  Dialect engine();

  @Test
  default void theWritesOfAMessagesWayFollowAnIndex() throws SQLException {
    try (var bench = new PlanBench(engine())) {
      bench.write(new OpenConversation(1, 1, CONVERSATION, List.of(PERSON), null, NOW));
      long key = bench.read(r -> Identifiers.find(r, 1, 1, PERSON)).orElseThrow();
      var receipt = new Receipts.Receipt(ReceiptStatus.DELIVERED, NOW, NOW, null);
      bench
          .write(
              new ReceiveInbound(
                  1,
                  1,
                  key,
                  new Id(9, 11),
                  DeliveryBench.received("in", NOW, PERSON),
                  null,
                  new byte[1],
                  NOW,
                  () -> {}))
          .write(accepting(key))
          .write(new KeepReceipt(1, 1, "out", receipt))
          .write(
              new StartAttempt(waiting(key), true, DeliveryBench.WINDOW, InDoubt.DEFAULT, 1, NOW))
          .write(outcome(key))
          .write(
              new ApplyReceipt(
                  1,
                  1,
                  new Named(MESSAGE, key, Message.Direction.OUTBOUND, 0),
                  "out",
                  1,
                  receipt,
                  TOLD))
          .write(new DecideDoubt(started(key), InDoubt.DEFAULT, NOW))
          .write(new MarkRead(1, 1, key, NOW))
          .write(new RecoverAttempts(channel(), NOW))
          .assertIndexed();
    }
  }

  private static AcceptMessage accepting(long key) {
    return new AcceptMessage(
        1,
        1,
        key,
        MESSAGE,
        DeliveryBench.draft(new Content.Text("t"), null, NOW.plusSeconds(60)),
        DeliveryBench.WINDOW,
        NOW,
        Optional.of(new IdempotencyKey(1, new byte[16], new byte[32])),
        _ -> {});
  }

  private static Queued waiting(long key) {
    return new Queued(
        1,
        1,
        key,
        2,
        MESSAGE,
        new Content.Text("t"),
        null,
        null,
        NOW,
        OutboxRow.first(0, NOW, NOW.plusSeconds(60), Priority.HIGH));
  }

  private static Queued started(long key) {
    return waiting(key).with(waiting(key).outbox().started(NOW));
  }

  private static RecordOutcome outcome(long key) {
    var accepted = new SendOutcome.Accepted("out", PERSON, false, ProviderAnswer.ofStatus(200));
    return new RecordOutcome(started(key), accepted, new Next.Sent(), NOW);
  }

  private static Channel channel() {
    return new Channel(
        1,
        1,
        new Id(1, 1),
        "PIGEON",
        null,
        null,
        Channel.State.ACTIVE,
        null,
        null,
        new ChannelSettings(JsonObject.empty()),
        new Limits(null, null),
        InDoubt.DEFAULT,
        List.of(),
        null,
        NOW,
        NOW);
  }
}
