package io.recado.message;

import io.recado.access.AuditStore;
import io.recado.connector.Content;
import io.recado.event.EventStore;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.PlanBench;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How messages are found on every database: never by reading a table, never by sorting one.
interface MessagePlansContract {

  Id SOME = new Id(0, 100);
  Instant NOW = Instant.ofEpochMilli(1_000);

  Dialect engine();

  @Test
  default void listsOfMessagesFollowAnIndex() throws SQLException {
    try (var bench = new PlanBench(engine())) {
      bench
          .run(r -> ConversationMessages.of(r, 1, PlanBench.CONVERSATION).before(40, 20))
          .run(r -> MessageStore.find(r, 1, SOME))
          .run(r -> Receipts.of(r, 1, SOME))
          .run(r -> Attempts.of(r, 1, SOME))
          .run(r -> Receipts.find(r, 1, 1, "w1"))
          .run(r -> EventStore.after(r, 1, 0, 50))
          .assertIndexed();
    }
  }

  @Test
  default void whatAPersonHasOfAConversationFollowsAnIndex() throws SQLException {
    try (var bench = new PlanBench(engine())) {
      bench
          .run(r -> SharedMessages.after(r, 1, PlanBench.CONVERSATION, 5, 100))
          .run(r -> SharedMessages.before(r, 1, PlanBench.CONVERSATION, 35, 30))
          .run(r -> SharedMessages.standing(r, 1, 1, PlanBench.CONVERSATION, 0))
          .run(r -> SharedMessages.handedOver(r, 1, PlanBench.CONVERSATION, List.of(SOME)))
          .assertIndexed();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "direction = \"INBOUND\" ; message_by_channel",
        "status = \"FAILED\" ; message_failed",
        "status = \"FAILED\" AND createTime > \"2026-04-03T10:00:00Z\" ; message_failed",
        "status = \"SENDING\" ; o USING PRIMARY KEY .*message_id|outbox_pkey",
        "queueState = \"IN_DOUBT\" ; outbox_aside",
        "queueState = \"WAITING\" AND direction = \"OUTBOUND\" ; o USING PRIMARY KEY"
            + " .*message_id|outbox_pkey",
        "queueState != \"WAITING\" ; message_by_channel",
        "status = \"FAILED\" OR queueState = \"IN_DOUBT\" ; message_by_channel",
      })
  default void aSearchAcrossConversationsFollowsAnIndex(String filter, String index)
      throws SQLException {
    try (var bench = new PlanBench(engine())) {
      bench
          .run(
              r -> ChannelMessageStore.find(r, 1, 1, MessageFilter.parse(filter), SOME, 20, 10_000))
          .assertUses(index)
          .assertIndexed();
    }
  }

  @Test
  default void theMessagesOfAChannelFollowAnIndex() throws SQLException {
    try (var bench = new PlanBench(engine())) {
      bench
          .run(r -> ChannelMessageStore.find(r, 1, 1, MessageFilter.ALL, null, 20, 10_000))
          .assertUses("message_by_channel")
          .assertIndexed();
    }
  }

  @Test
  default void theOutboxFollowsAnIndex() throws SQLException {
    try (var bench = new PlanBench(engine())) {
      bench
          .run(r -> Outbox.page(r, 1, 1, Priority.HIGH, new Id(0, 0x7fff_ffff), 1_000))
          .run(r -> Outbox.due(r, NOW, 500))
          .run(r -> ConversationOutbox.of(r, 1, 1, PlanBench.CONVERSATION).queued(1, 16))
          .run(r -> ConversationOutbox.of(r, 1, 1, PlanBench.CONVERSATION).isUnfinished(33, NOW))
          .run(r -> Outbox.find(r, 1, 1, SOME))
          .run(r -> Outbox.expired(r, 1, 1, SOME, Instant.EPOCH, 500))
          .assertIndexed();
    }
  }

  @Test
  default void whatIsAheadOfAMessageFollowsAnIndex() throws SQLException {
    try (var bench = new PlanBench(engine())) {
      var message =
          new Message(
              1,
              1,
              PlanBench.CONVERSATION,
              40,
              SOME,
              Message.Direction.OUTBOUND,
              new Content.Text("t"),
              null,
              Map.of(),
              null,
              null,
              NOW,
              NOW,
              null,
              null,
              Progress.begin(MessageStatus.SENDING, NOW));
      bench
          .run(r -> WaitStore.ahead(r, message))
          .run(r -> WaitStore.throttledUntil(r, 1, 1, NOW))
          .run(r -> AuditStore.of(r, 1, "channels/1", 100))
          .assertIndexed();
    }
  }
}
