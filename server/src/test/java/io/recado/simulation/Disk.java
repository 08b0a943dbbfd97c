package io.recado.simulation;

import io.recado.journal.Database;
import io.recado.journal.Dialect;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.sqlite.SQLiteConfig;

/// A real SQLite database in memory that outlives the processes which use it: a crash takes back
/// what was not committed and nothing else. All connections of a world are one.
final class Disk implements AutoCloseable {

  private static final String URL = "jdbc:simulated:";
  private static final Map<String, Disk> DISKS = new ConcurrentHashMap<>();
  private static final AtomicLong NUMBERS = new AtomicLong();

  static {
    try {
      DriverManager.registerDriver(new Disks());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final String url = URL + NUMBERS.incrementAndGet();
  private final Connection real;
  private final Connection spare;
  private boolean hasFunctions;
  private final List<Handle> handles = new ArrayList<>();
  private final Trouble trouble;

  // Of connections that are closed: preparing costs more than anything else of a new process.
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  /// @param trouble what goes wrong
  Disk(Trouble trouble) {
    this.trouble = trouble;
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.MEMORY);
    config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    try {
      real = DriverManager.getConnection("jdbc:sqlite::memory:", config.toProperties());
      spare = DriverManager.getConnection("jdbc:sqlite::memory:");
      real.setAutoCommit(false);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    DISKS.put(url, this);
  }

  Database database() {
    return new Database(Dialect.SQLITE, url, new Properties());
  }

  /// For who looks at it from outside.
  Connection connection() {
    return real;
  }

  void execute(String sql) {
    try (Statement statement = real.createStatement()) {
      statement.execute(sql);
      real.commit();
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /// The process that used it is gone.
  void crash() {
    try {
      for (Handle handle : handles) {
        handle.close();
      }
      handles.clear();
      real.rollback();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    DISKS.remove(url);
    try {
      spare.close();
      real.close();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private Connection open() {
    var handle = new Handle();
    handles.add(handle);
    return (Connection)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(), new Class<?>[] {Connection.class}, handle::invoke);
  }

  /// What goes wrong with a database, by chance or by a planted bug.
  interface Trouble {

    /// Before a commit.
    ///
    /// @return whether to commit now; else the next commit does, or a crash takes it back
    /// @throws SQLException when the commit fails; the transaction is still open
    boolean beforeCommit() throws SQLException;

    /// The statement that is really prepared.
    String rewrite(String sql);
  }

  /// One connection of a process.
  private final class Handle {

    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private boolean isClosed;

    private Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      return switch (method.getName()) {
        case "prepareStatement" -> prepare((String) arguments[0]);
        case "commit" -> {
          requireOpen();
          if (trouble.beforeCommit()) {
            real.commit();
          }
          yield null;
        }
        case "rollback" -> {
          requireOpen();
          real.rollback();
          yield null;
        }
        case "close" -> {
          close();
          yield null;
        }
        case "setAutoCommit", "setReadOnly" -> null;
        case "unwrap" -> unwrap((Class<?>) arguments[0]);
        case "hashCode" -> System.identityHashCode(proxy);
        case "equals" -> proxy == arguments[0];
        default -> {
          requireOpen();
          try {
            yield method.invoke(real, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        }
      };
    }

    /// Asked for to register a function, which the one real connection takes only once, before
    /// statements run; later ones go to a connection that nobody uses.
    private Object unwrap(Class<?> type) throws SQLException {
      Connection asked = hasFunctions ? spare : real;
      hasFunctions = true;
      return asked.unwrap(type);
    }

    private PreparedStatement prepare(String sql) throws SQLException {
      requireOpen();
      PreparedStatement statement = prepared.remove(sql);
      if (statement == null) {
        statement = real.prepareStatement(trouble.rewrite(sql));
      }
      statements.put(sql, statement);
      return statement;
    }

    private void close() throws SQLException {
      if (!isClosed) {
        isClosed = true;
        for (Map.Entry<String, PreparedStatement> entry : statements.entrySet()) {
          PreparedStatement statement = entry.getValue();
          if (!statement.isClosed()) {
            statement.clearBatch();
            statement.clearParameters();
            prepared.put(entry.getKey(), statement);
          }
        }
        // What a connection has begun ends with it.
        real.rollback();
      }
    }

    private void requireOpen() throws SQLException {
      if (isClosed) {
        throw new SQLException("the connection is closed", null, 14);
      }
    }
  }

  private static final class Disks implements Driver {

    @Override
    public Connection connect(String url, Properties properties) {
      Disk disk = DISKS.get(url);
      return disk == null ? null : disk.open();
    }

    @Override
    public boolean acceptsURL(String url) {
      return url.startsWith(URL);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }
  }
}
