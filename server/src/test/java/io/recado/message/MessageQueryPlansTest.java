package io.recado.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.journal.Dialect;
import io.recado.testing.TestServer;
import org.junit.jupiter.api.Test;

class MessageQueryPlansTest {

  @Test
  void aPageOfMessagesFollowsItsIndexAndSortsNothing() {
    try (var server = new TestServer(Dialect.SQLITE)) {
      var plan =
          server.reads.read(
              reads ->
                  reads.query(
                      "EXPLAIN QUERY PLAN " + MessageStore.NEWEST,
                      _ -> {},
                      row -> {
                        row.number();
                        row.number();
                        row.number();
                        return row.text();
                      }));
      assertThat(plan)
          .containsExactly("SEARCH m USING INDEX message_by_seq (conversation_key=? AND seq<?)");
    }
  }
}
