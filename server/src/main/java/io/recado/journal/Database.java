package io.recado.journal;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/// Which database, and how its connections are opened. Opening one blocks; safe for many threads.
///
/// @param url for JDBC; never printed, as it may hold a password
public record Database(Dialect dialect, String url, Properties properties) {

  /// The database in a file of this machine; made when it is missing.
  public static Database sqlite(Path file) {
    SqliteLibrary.load();
    return new Database(Dialect.SQLITE, "jdbc:sqlite:" + file.toAbsolutePath(), new Properties());
  }

  /// A PostgreSQL database.
  ///
  /// @param address `postgresql://user:password@host:port/database?option=value`; password, port
  ///   and query are optional
  /// @throws IllegalArgumentException when the address has another form
  public static Database postgresql(String address) {
    URI uri = URI.create(address);
    boolean named = uri.getPath() != null && uri.getPath().length() > 1;
    if (!address.startsWith("postgres") || uri.getHost() == null || !named) {
      throw new IllegalArgumentException(
          "a database address has the form postgresql://user:password@host:port/database");
    }
    var properties = new Properties();
    if (uri.getRawUserInfo() != null) {
      String[] user = uri.getRawUserInfo().split(":", 2);
      properties.setProperty("user", decode(user[0]));
      if (user.length == 2) {
        properties.setProperty("password", decode(user[1]));
      }
    }
    properties.setProperty("ApplicationName", "recado");
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("tcpKeepAlive", "true");
    // The detail of a refused statement quotes the row, which no log may hold.
    properties.setProperty("logServerErrorDetail", "false");
    // A statement is prepared on the server from its second use on.
    properties.setProperty("prepareThreshold", "2");
    properties.setProperty("preparedStatementCacheQueries", "512");
    int port = uri.getPort() < 0 ? 5432 : uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String url = "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getRawPath() + query;
    return new Database(Dialect.POSTGRESQL, url, properties);
  }

  /// A connection for the journal's writer: commits when told to, and on SQLite only once the
  /// change is on disk.
  Connection openWriter() {
    Properties writer = new Properties();
    writer.putAll(properties);
    // A writer that was cut off must not hold its locks for long: its successor waits for them.
    writer.setProperty(
        "options", "-c idle_in_transaction_session_timeout=5000 -c lock_timeout=10000");
    return open(writer, false);
  }

  /// A connection that reads.
  Connection openReader() {
    return open(properties, true);
  }

  /// Refuses a database that acknowledges what is not on its disk.
  ///
  /// @throws StorageException when `fsync` or `synchronous_commit` is off
  public void requireDurable() {
    if (dialect == Dialect.SQLITE) {
      return;
    }
    try (Connection connection = openReader();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT current_setting('fsync'), current_setting('synchronous_commit')")) {
      rows.next();
      if (rows.getString(1).equals("off") || rows.getString(2).equals("off")) {
        throw new StorageException(
            StorageException.Kind.REFUSED,
            "PostgreSQL has fsync or synchronous_commit switched off; switch both on, or"
                + " acknowledged messages can be lost");
      }
    } catch (SQLException e) {
      throw dialect.translate(e, "read the server's settings");
    }
  }

  private Connection open(Properties properties, boolean readOnly) {
    try {
      Connection connection;
      if (dialect == Dialect.SQLITE) {
        connection = DriverManager.getConnection(url, sqlite(readOnly).toProperties());
        if (readOnly) {
          SmallLetters.register(connection);
        }
      } else {
        connection = DriverManager.getConnection(url, properties);
        connection.setReadOnly(readOnly);
      }
      connection.setAutoCommit(readOnly);
      return connection;
    } catch (SQLException e) {
      throw dialect.translate(e, "open a connection");
    }
  }

  private static SQLiteConfig sqlite(boolean readOnly) {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    // One thread at a time uses a connection, so SQLite need not lock it at every call.
    config.setOpenMode(SQLiteOpenMode.NOMUTEX);
    config.setBusyTimeout(5_000);
    // KiB when negative. The writer's is no larger, because SQLite walks through all of it at the
    // commit of every group that has split a page of an index. The log grows to some 160 MB before
    // it is folded in: measured to be the best p99.
    config.setCacheSize(readOnly ? -8_192 : -16_384);
    config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, "40000");
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    return config;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /// The kind of database only.
  @Override
  public String toString() {
    return "Database[" + dialect + "]";
  }
}
