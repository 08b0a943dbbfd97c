package io.recado.feed;

import io.recado.feed.LogStore.Span.Bounds;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.PlanBench;
import io.recado.message.ToldMessages;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How the log is read on every database: never by reading a table, never by sorting one.
interface EventPlansContract {

  Dialect engine();

  @Test
  default void theLogIsReadAlongItsKey() throws SQLException {
    try (var bench = new PlanBench(engine())) {
      bench
          .run(r -> LogStore.span(r, 1, new Bounds(100, 2_100, 100), EventChoice.ALL))
          .run(r -> LogStore.head(r, 1))
          .run(r -> LogStore.heads(r, List.of(1L, 2L, 3L)))
          .run(r -> LogStore.oldest(r, 1))
          .assertIndexed();
    }
  }

  @Test
  default void theMessagesOfAPageAreFoundByTheirIds() throws SQLException {
    try (var bench = new PlanBench(engine())) {
      bench
          .run(r -> ToldMessages.read(r, 1, List.of(new Id(0, 1), new Id(0, 2))))
          .assertUses("message_by_id")
          .assertIndexed();
    }
  }
}
