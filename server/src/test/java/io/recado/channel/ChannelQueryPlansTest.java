package io.recado.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.journal.Dialect;
import io.recado.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelQueryPlansTest {

  @Test
  void everyLookUpGoesByAnIndexAndSortsNothing() {
    try (var server = new TestServer(Dialect.SQLITE)) {
      List<String> queries =
          List.of(
              ChannelStore.BY_KEY,
              ChannelStore.BY_KEY_ANYWHERE,
              ChannelStore.ID,
              ChannelStore.BY_ID_ANYWHERE,
              ChannelStore.BY_ACCOUNT,
              ChannelStore.PAGE,
              ChannelStore.ALL,
              QueueStore.OLDEST);
      for (String query : queries) {
        assertThat(plan(server, query))
            .as(query)
            .allSatisfy(step -> assertThat(step).startsWith("SEARCH "));
      }
    }
  }

  @Test
  void aQueueIsCountedFromTheRowsOfItsChannelAlone() {
    try (var server = new TestServer(Dialect.SQLITE)) {
      assertThat(plan(server, QueueStore.COUNT))
          .anyMatch(step -> step.startsWith("SEARCH outbox USING PRIMARY KEY"))
          .noneMatch(step -> step.startsWith("SCAN outbox"));
      assertThat(plan(server, QueueStore.COUNT_ASIDE))
          .anyMatch(step -> step.startsWith("SEARCH outbox USING COVERING INDEX outbox_aside"))
          .noneMatch(step -> step.startsWith("SCAN outbox"));
    }
  }

  private static List<String> plan(TestServer server, String query) {
    return server.reads.read(
        reads ->
            reads.query(
                "EXPLAIN QUERY PLAN " + query,
                _ -> {},
                row -> {
                  row.number();
                  row.number();
                  row.number();
                  return row.text();
                }));
  }
}
