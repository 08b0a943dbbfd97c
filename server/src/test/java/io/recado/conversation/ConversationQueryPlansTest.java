package io.recado.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.journal.Dialect;
import io.recado.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationQueryPlansTest {

  @Test
  void aPageOfTheInboxFollowsItsIndexAndSortsNothing() {
    assertThat(plan(ConversationStore.INBOX + ConversationStore.NEWEST_FIRST))
        .containsExactly(
            "SEARCH c USING INDEX conversation_inbox"
                + " (workspace_key=? AND channel_key=? AND inbox_time<?)",
            "SEARCH s USING INTEGER PRIMARY KEY (rowid=?)");
  }

  @Test
  void aConversationIsFoundByThePhoneNumberOfItsContact() {
    assertThat(
            plan(
                ConversationStore.INBOX
                    + " AND "
                    + ConversationFilter.BY_PHONE
                    + ConversationStore.NEWEST_FIRST))
        .contains(
            "SEARCH c USING INTEGER PRIMARY KEY (rowid=?)",
            "SEARCH p USING COVERING INDEX conversation_by_phone"
                + " (workspace_key=? AND channel_key=? AND phone_number=?)");
  }

  @Test
  void theNamesOfAContactAreFoundByTheConversationAndNotAmongThoseOfTheWorkspace() {
    assertThat(plan(Identifiers.OF))
        .containsExactly(
            "SEARCH conversation_identifier USING COVERING INDEX"
                + " conversation_identifier_by_conversation"
                + " (workspace_key=? AND conversation_key=?)");
  }

  @Test
  void aConversationIsFoundByTheWholeNameOfItsContact() {
    assertThat(plan(Identifiers.FIND))
        .containsExactly(
            "SEARCH conversation_identifier USING PRIMARY KEY"
                + " (workspace_key=? AND channel_key=? AND scheme=? AND value=?)");
  }

  private static List<String> plan(String query) {
    try (var server = new TestServer(Dialect.SQLITE)) {
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
}
