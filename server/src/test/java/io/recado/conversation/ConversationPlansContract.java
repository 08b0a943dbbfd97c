package io.recado.conversation;

import io.recado.connector.Identifier;
import io.recado.conversation.ConversationStore.Condition;
import io.recado.conversation.ConversationStore.Place;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.PlanBench;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How conversations are found on every database: never by reading a table, never by sorting one.
interface ConversationPlansContract {

  Id NEW = new Id(9, 9);
  Instant NOW = Instant.ofEpochMilli(1_000);

  Dialect engine();

  @Test
  default void listsOfConversationsFollowAnIndex() throws SQLException {
    try (var bench = new PlanBench(engine())) {
      bench
          .run(r -> ConversationStore.inbox(r, 1, 1, Place.TOP, Condition.ALL, 20))
          .run(
              r ->
                  ConversationStore.inbox(
                      r, 1, 1, Place.TOP, new Condition("s.unread > 0", _ -> {}, false), 20))
          .run(
              r ->
                  new InboxSearch(1, 1, new Condition("s.unread > 0", _ -> {}, false), 2)
                      .page(r, Place.TOP, 20))
          .run(r -> ConversationStore.identity(r, 1, NEW))
          .run(r -> ConversationStore.id(r, 1, 100))
          .run(r -> ConversationStore.ids(r, 1, List.of(100L, 101L)))
          .run(r -> ConversationStore.find(r, 1, 100))
          .run(r -> Identifiers.find(r, 1, 1, Identifier.phone("p1")))
          .run(r -> Identifiers.address(r, 1, 100))
          .assertIndexed();
    }
  }

  @Test
  default void changesOfConversationsFollowAnIndex() throws SQLException {
    try (var bench = new PlanBench(engine())) {
      var opening = new OpenConversation(1, 1, NEW, List.of(Identifier.phone("new")), "name", NOW);
      bench.write(opening).write(opening);
      long key = bench.read(r -> Identifiers.find(r, 1, 1, Identifier.phone("new"))).orElseThrow();
      var change =
          new UpdateConversation.Change(
              Optional.of("other"), Optional.empty(), Optional.empty(), Optional.empty());
      bench
          .write(new UpdateConversation(1, 1, key, change, NOW))
          .write(new MarkRead(1, 1, key, NOW))
          .write(new Inbox.StoreOrder(1, List.of(new Inbox.Move(key, NOW)), 7L))
          .assertIndexed();
    }
  }
}
