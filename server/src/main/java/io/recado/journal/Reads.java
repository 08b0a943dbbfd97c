package io.recado.journal;

import io.recado.journal.Binds.Binder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks the database, over one connection whose statements are prepared once: those used last are
/// kept, as callers' filters make ever new ones. For one thread at a time.
public sealed class Reads permits Tx {

  /// More than all statements of ours that no caller shapes.
  static final int MOST_STATEMENTS = 256;

  /// How many keys a statement for many takes; a power of two.
  private static final int MOST_KEYS = 64;

  private final Connection connection;
  private final Dialect dialect;
  private final Map<String, PreparedStatement> statements;
  private final int most;

  Reads(Connection connection, Dialect dialect) {
    this(connection, dialect, new LinkedHashMap<>(64, 0.75f, true), MOST_STATEMENTS);
  }

  /// @param statements those prepared so far, in the order in which they are closed
  /// @param most how many are kept
  Reads(
      Connection connection, Dialect dialect, Map<String, PreparedStatement> statements, int most) {
    this.connection = connection;
    this.dialect = dialect;
    this.statements = statements;
    this.most = most;
  }

  /// All rows of a query.
  public final <T> List<T> query(String sql, Binder binder, Row.Reader<T> reader) {
    try {
      PreparedStatement statement = statement(sql);
      binder.bind(new Binds(statement));
      try (ResultSet result = statement.executeQuery()) {
        List<T> rows = new ArrayList<>();
        Row row = new Row(result);
        while (result.next()) {
          rows.add(reader.read(row.restart()));
        }
        return rows;
      }
    } catch (SQLException e) {
      throw dialect.translate(e, sql);
    }
  }

  /// The first row of a query.
  public final <T> Optional<T> find(String sql, Binder binder, Row.Reader<T> reader) {
    List<T> rows = query(sql, binder, reader);
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
  }

  /// The rows for many keys with few statements.
  ///
  /// @param sql holds `/*keys*/` once, where the list of parameters goes, as in `WHERE key IN
  ///   (/*keys*/)`; parameters after it are not possible
  /// @param slot one key's parameters, `?` or `(?, ?)`
  /// @param first binds the parameters before the list
  /// @param keys distinct; the last may be bound more than once
  public final <K, T> List<T> queryMany(
      String sql,
      String slot,
      Binder first,
      List<K> keys,
      KeyBinder<K> binder,
      Row.Reader<T> reader) {
    return inParts(
        keys,
        (some, size) -> {
          Binder all =
              binds -> {
                first.bind(binds);
                bindAll(binds, some, size, binder);
              };
          String slots = slot + (", " + slot).repeat(size - 1);
          return query(sql.replace("/*keys*/", slots), all, reader);
        });
  }

  /// The rows for many keys with few statements, in each of which every key is looked up by itself.
  /// For where a list of keys would have PostgreSQL read all of a workspace's rows as long as it
  /// has no statistics of a new table: an equal key of a unique index needs none.
  ///
  /// @param sql looks up one key; its rows come in no order
  /// @param keys distinct
  /// @param binder binds all parameters of `sql` for a key
  public final <K, T> List<T> queryEach(
      String sql, List<K> keys, KeyBinder<K> binder, Row.Reader<T> reader) {
    return inParts(
        keys,
        (some, size) -> {
          // The last key fills what is left over; it is looked up again and not read again.
          List<T> rows = new ArrayList<>(some.size());
          String each = "SELECT ? AS slot, " + sql.substring("SELECT ".length());
          query(
              each + (" UNION ALL " + each).repeat(size - 1),
              binds -> {
                for (int i = 0; i < size; i++) {
                  binds.number(i);
                  binder.bind(binds, some.get(Math.min(i, some.size() - 1)));
                }
              },
              row -> row.number() < some.size() && rows.add(reader.read(row)));
          return rows;
        });
  }

  private static <K> void bindAll(Binds binds, List<K> keys, int size, KeyBinder<K> binder)
      throws SQLException {
    for (int i = 0; i < size; i++) {
      binder.bind(binds, keys.get(Math.min(i, keys.size() - 1)));
    }
  }

  /// Few sizes, so that few statements are prepared; what is left over is filled with the last key.
  private static <K, T> List<T> inParts(List<K> keys, PartQuery<K, T> query) {
    List<T> rows = new ArrayList<>(keys.size());
    int from = 0;
    while (from < keys.size()) {
      int left = keys.size() - from;
      int size = left >= MOST_KEYS ? MOST_KEYS : Integer.highestOneBit(2 * left - 1);
      rows.addAll(query.run(keys.subList(from, Math.min(from + size, keys.size())), size));
      from += size;
    }
    return rows;
  }

  /// The few words in which the databases differ.
  public final Dialect dialect() {
    return dialect;
  }

  final Connection connection() {
    return connection;
  }

  final PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      makeRoom();
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  private void makeRoom() throws SQLException {
    if (statements.size() < most) {
      return;
    }
    Iterator<PreparedStatement> eldest = statements.values().iterator();
    try (PreparedStatement _ = eldest.next()) {
      eldest.remove();
    }
  }

  final Map<String, PreparedStatement> statements() {
    return statements;
  }

  /// Asks for some of the keys, with a statement for a number of them.
  @FunctionalInterface
  private interface PartQuery<K, T> {
    List<T> run(List<K> some, int size);
  }

  /// Binds one key of many.
  @FunctionalInterface
  public interface KeyBinder<K> {
    void bind(Binds binds, K key) throws SQLException;
  }
}
