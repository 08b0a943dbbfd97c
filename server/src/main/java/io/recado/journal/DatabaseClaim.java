package io.recado.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// One server at a time uses a shared database: two would each send what is unfinished.
///
/// Held by a session of its own, which PostgreSQL ends with the process. Safe for many threads.
public final class DatabaseClaim implements AutoCloseable {

  private static final long LOCK = 0x7265_6361_646f_3032L;
  private static final String TRY = "SELECT pg_try_advisory_lock(" + LOCK + ")";
  private static final String WAIT = "SELECT pg_advisory_lock(" + LOCK + ")";
  private static final String SESSION =
      "SELECT pid, backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()";
  private static final String TERMINATE =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
          + " WHERE pid = ? AND backend_start::text = ?";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Database database;
  private final Duration patience;
  private Session session;

  private DatabaseClaim(Database database, Duration patience, Session session) {
    this.database = database;
    this.patience = patience;
    this.session = session;
  }

  /// Claims a PostgreSQL database; empty when another server has it.
  ///
  /// @throws StorageException when it cannot be reached
  public static Optional<DatabaseClaim> take(Database database) {
    return take(database, PATIENCE);
  }

  /// @param patience how long a session may be silent before it counts as lost, and how long a lost
  ///   one may keep the lock
  static Optional<DatabaseClaim> take(Database database, Duration patience) {
    return lock(database, DatabaseClaim::tryLock)
        .map(session -> new DatabaseClaim(database, patience, session));
  }

  /// Makes sure that the claim still holds, and takes it again when its session was lost. To be
  /// called every few seconds.
  ///
  /// @return false when another server has taken it meanwhile: this one must end
  /// @throws StorageException when the database cannot be reached, in which case nobody else has
  ///   reached it through us
  public synchronized boolean renew() {
    try {
      if (session.connection.isValid(Math.toIntExact(patience.toSeconds()))) {
        return true;
      }
    } catch (SQLException e) {
      throw database.dialect().translate(e, "renew the claim on the database");
    }
    // A slow server may still hold our lock for the session that we gave up: that is nobody else.
    close();
    Optional<Session> again = lock(database, this::lockAfterTheLost);
    again.ifPresent(taken -> session = taken);
    return again.isPresent();
  }

  /// Gives the database to the next server.
  @Override
  public synchronized void close() {
    close(session.connection);
  }

  private static Optional<Session> lock(Database database, Locking locking) {
    Connection connection = database.openReader();
    boolean locked = false;
    try {
      locked = locking.lock(connection);
      return locked ? Optional.of(Session.of(connection)) : Optional.empty();
    } catch (SQLException e) {
      locked = false;
      throw database.dialect().translate(e, "claim the database");
    } finally {
      if (!locked) {
        close(connection);
      }
    }
  }

  private static boolean tryLock(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var answer = statement.executeQuery(TRY)) {
      answer.next();
      return answer.getBoolean(1);
    }
  }

  private boolean lockAfterTheLost(Connection connection) throws SQLException {
    try (var terminate = connection.prepareStatement(TERMINATE)) {
      terminate.setInt(1, session.process);
      terminate.setString(2, session.start);
      terminate.execute();
    }
    try (var statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = " + patience.toMillis());
      statement.execute(WAIT);
      statement.execute("RESET lock_timeout");
      return true;
    } catch (SQLException e) {
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException _) {
      // The session has ended either way.
    }
  }

  @FunctionalInterface
  private interface Locking {
    boolean lock(Connection connection) throws SQLException;
  }

  /// The session that holds the lock: process numbers come again, with another start.
  private record Session(Connection connection, int process, String start) {

    static Session of(Connection connection) throws SQLException {
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery(SESSION)) {
        rows.next();
        return new Session(connection, rows.getInt(1), rows.getString(2));
      }
    }
  }
}
