package io.recado.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.conversation.Places;
import io.recado.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What migrations promise on every database.
interface MigrationsContract {

  Dialect engine();

  @Test
  default void aMigratedDatabaseLacksNothingAndMigratingAgainChangesNothing() {
    try (var test = TestDatabase.on(engine())) {
      var migrations = new Migrations(test.database());
      assertThat(migrations.missing()).isZero();
      migrations.apply();
      assertThat(migrations.missing()).isZero();
      assertThat(migrations.isEmpty()).isFalse();
    }
  }

  @Test
  default void theMessagesOfAnOlderDatabaseKeepTheirPlaces() throws SQLException {
    try (var test = TestDatabase.empty(engine())) {
      new Migrations(test.database()).apply(8);
      try (Connection connection = test.database().openWriter()) {
        var tx = new Tx(connection, engine(), new HashMap<>(), new HashMap<>());
        // One conversation of three runs, of whose places two are nobody's; one of a single
        // message.
        olderConversation(tx, 7, 39, Set.of(3, 20));
        olderConversation(tx, 8, 1, Set.of());
        olderConversation(tx, 9, 16, Set.of());
        olderConversation(tx, 10, 0, Set.of());
        connection.commit();
      }
      new Migrations(test.database()).apply();
      try (Connection connection = test.database().openWriter()) {
        var tx = new Tx(connection, engine(), new HashMap<>(), new HashMap<>());
        assertThat(places(tx, 7)).hasSize(37).doesNotContain(3, 20).startsWith(1, 2, 4);
        assertThat(places(tx, 8)).containsExactly(1);
        assertThat(places(tx, 9)).hasSize(16);
        assertThat(places(tx, 10)).isEmpty();
      }
    }
  }

  private static List<Integer> places(Reads reads, long conversation) {
    return Places.of(reads, 1, conversation).between(reads, 1, 100).stream()
        .peek(
            place -> assertThat(place.message()).isEqualTo(new Id(conversation, (int) place.seq())))
        .map(place -> (int) place.seq())
        .toList();
  }

  private static void olderConversation(Tx tx, long conversation, int last, Set<Integer> left) {
    tx.update(
        "INSERT INTO conversation_state (workspace_key, conversation_key, message_seq,"
            + " outbound_seq, event_seq, unread, read_seq, activity_time)"
            + " VALUES (1, ?, ?, 0, 0, 0, 0, 0)",
        binds -> binds.number(conversation).number(last));
    for (int seq = 1; seq <= last; seq++) {
      int place = seq;
      if (!left.contains(seq)) {
        tx.update(
            "INSERT INTO message (workspace_key, channel_key, conversation_key, seq, id, direction,"
                + " status, content_type, content, create_time, update_time)"
                + " VALUES (1, 1, ?, ?, ?, 'OUTBOUND', 'SENT', 'TEXT', '{}', 0, 0)",
            binds -> binds.number(conversation).number(place).id(new Id(conversation, place)));
      }
    }
  }
}
