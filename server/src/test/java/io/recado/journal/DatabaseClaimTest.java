package io.recado.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.testing.Await;
import io.recado.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DatabaseClaimTest {

  @Test
  void oneServerAtATimeUsesADatabase() {
    try (var database = TestDatabase.postgresql()) {
      DatabaseClaim first = DatabaseClaim.take(database.database()).orElseThrow();

      assertThat(DatabaseClaim.take(database.database())).isEmpty();

      first.close();
      DatabaseClaim second = DatabaseClaim.take(database.database()).orElseThrow();
      assertThat(second.renew()).isTrue();
      second.close();
    }
  }

  @Test
  void aClaimWhoseSessionWasLostIsTakenAgain() throws SQLException {
    try (var database = TestDatabase.postgresql()) {
      DatabaseClaim claim = DatabaseClaim.take(database.database()).orElseThrow();
      endOtherSessions(database);

      assertThat(claim.renew()).isTrue();

      assertThat(DatabaseClaim.take(database.database())).isEmpty();
      claim.close();
    }
  }

  @Test
  void aClaimThatAnotherHasTakenMeanwhileIsGone() throws SQLException {
    try (var database = TestDatabase.postgresql()) {
      DatabaseClaim cutOff = DatabaseClaim.take(database.database()).orElseThrow();
      endOtherSessions(database);
      DatabaseClaim successor = DatabaseClaim.take(database.database()).orElseThrow();

      assertThat(cutOff.renew()).isFalse();

      successor.close();
      cutOff.close();
    }
  }

  @Test
  void aSessionThatIsOnlySlowIsReplacedAndNobodyIsTakenForAnother() throws Exception {
    try (var database = TestDatabase.postgresql();
        var thread = Executors.newSingleThreadExecutor()) {
      DatabaseClaim claim =
          DatabaseClaim.take(database.database(), Duration.ofSeconds(1)).orElseThrow();
      String holder = one(database, "SELECT pid FROM pg_locks WHERE locktype = 'advisory'");
      signal("STOP", holder);
      Future<Boolean> renewed;
      try {
        renewed = thread.submit(claim::renew);
        Await.until(
            "the new session to wait for the lock",
            () ->
                one(
                    database,
                    "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"),
            "1"::equals);
      } finally {
        signal("CONT", holder);
      }

      assertThat(renewed.get()).isTrue();

      assertThat(DatabaseClaim.take(database.database())).isEmpty();
      claim.close();
    }
  }

  private static void signal(String name, String process) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, process).start().waitFor()).isZero();
  }

  private static String one(TestDatabase database, String query) {
    try (var connection = database.database().openReader();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static void endOtherSessions(TestDatabase database) throws SQLException {
    try (var connection = database.database().openReader();
        var statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
      // The sessions end a moment after they were told to.
      while (true) {
        try (var rows =
            statement.executeQuery(
                "SELECT COUNT(*) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()")) {
          rows.next();
          if (rows.getInt(1) == 0) {
            return;
          }
        }
      }
    }
  }
}
