package io.recado.testing;

import io.recado.journal.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// A database of which the n-th call from now on fails, before it reaches the database or after.
/// Calls are what goes there: statements, commits, rollbacks, new connections. Safe for many
/// threads.
public final class FailingCalls {

  private static final String URL = "jdbc:failing:";
  private static final Map<String, FailingCalls> ALL = new ConcurrentHashMap<>();
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final Set<String> CALLS =
      Set.of("execute", "executeQuery", "executeUpdate", "executeBatch", "commit", "rollback");

  static {
    try {
      DriverManager.registerDriver(new Failing());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final String url = URL + NUMBERS.incrementAndGet();
  private @Nullable Database real;
  private int left;
  private int failed;
  private boolean isAfterwards;
  private SQLException fault = new SQLException("unused");

  /// The same database, by way of this.
  Database through(Database database) {
    real = database;
    ALL.put(url, this);
    return new Database(database.dialect(), url, database.properties());
  }

  /// Has the n-th call from now on fail, once.
  ///
  /// @param afterwards whether it is carried out all the same: its answer is what is lost
  public synchronized void fail(int n, boolean afterwards, SQLException with) {
    left = n;
    isAfterwards = afterwards;
    fault = with;
  }

  /// How many calls have failed.
  public synchronized int failed() {
    return failed;
  }

  /// Whether this call is the one.
  private synchronized boolean isHit() {
    boolean isHit = left > 0 && --left == 0;
    failed += isHit ? 1 : 0;
    return isHit;
  }

  private @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    boolean isHit = CALLS.contains(method.getName()) && isHit();
    if (isHit && !isAfterwards) {
      throw fault;
    }
    Object answer;
    try {
      answer = method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (isHit) {
      throw fault;
    }
    return answer instanceof PreparedStatement statement
        ? proxy(PreparedStatement.class, statement)
        : answer;
  }

  private <T> T proxy(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            FailingCalls.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> call(target, method, arguments)));
  }

  private static final class Failing implements Driver {

    @Override
    public @Nullable Connection connect(String url, Properties properties) throws SQLException {
      FailingCalls calls = ALL.get(url);
      if (calls == null) {
        return null;
      }
      if (calls.isHit()) {
        throw calls.fault;
      }
      return calls.proxy(
          Connection.class, DriverManager.getConnection(calls.real.url(), properties));
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
