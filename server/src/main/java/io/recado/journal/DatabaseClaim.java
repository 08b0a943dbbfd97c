package io.recado.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// One server at a time uses a shared database: two would each send what is unfinished.
///
/// Held by a session of its own, which PostgreSQL ends with the process. Safe for many threads.
public final class DatabaseClaim implements AutoCloseable {

  private static final long LOCK = 0x7265_6361_646f_3032L;
  private static final String TAKE = "SELECT pg_try_advisory_lock(" + LOCK + ")";
  private static final int PATIENCE_SECONDS = 5;

  private final Database database;
  private Connection connection;

  private DatabaseClaim(Database database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  /// Claims a PostgreSQL database; empty when another server has it.
  ///
  /// @throws StorageException when it cannot be reached
  public static Optional<DatabaseClaim> take(Database database) {
    return lock(database).map(connection -> new DatabaseClaim(database, connection));
  }

  /// Makes sure that the claim still holds, and takes it again when its session was lost. To be
  /// called every few seconds.
  ///
  /// @return false when another server has taken it meanwhile: this one must end
  /// @throws StorageException when the database cannot be reached, in which case nobody else has
  ///   reached it through us
  public synchronized boolean renew() {
    try {
      if (connection.isValid(PATIENCE_SECONDS)) {
        return true;
      }
    } catch (SQLException e) {
      throw database.dialect().translate(e, "renew the claim on the database");
    }
    Optional<Connection> again = lock(database);
    again.ifPresent(taken -> connection = taken);
    return again.isPresent();
  }

  /// Gives the database to the next server.
  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException _) {
      // The session has ended either way.
    }
  }

  private static Optional<Connection> lock(Database database) {
    Connection connection = database.openReader();
    try (var statement = connection.createStatement();
        var answer = statement.executeQuery(TAKE)) {
      answer.next();
      if (answer.getBoolean(1)) {
        return Optional.of(connection);
      }
      connection.close();
      return Optional.empty();
    } catch (SQLException e) {
      throw database.dialect().translate(e, "claim the database");
    }
  }
}
