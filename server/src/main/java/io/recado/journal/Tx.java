package io.recado.journal;

import io.recado.journal.Binds.Binder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One open transaction, shared by all writes of a group. For the writer's thread only; never kept.
public final class Tx extends Reads {

  private final Map<Part.Kind<?>, Part> parts = new HashMap<>();
  private final Map<String, PreparedStatement> batches = new LinkedHashMap<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private final List<Object> told = new ArrayList<>();
  private final Map<Part.Kind<?>, RowCache<?, ?>> rows;
  private int changes;

  /// @param rows what may be kept of the groups before, and of this one for the next
  Tx(
      Connection connection,
      Dialect dialect,
      Map<String, PreparedStatement> statements,
      Map<Part.Kind<?>, RowCache<?, ?>> rows) {
    // A writer's statements are all ours, and those that hold gathered rows must not be closed.
    super(connection, dialect, statements, Integer.MAX_VALUE);
    this.rows = rows;
  }

  /// Executes one statement at once.
  ///
  /// @return how many rows it changed
  public int update(String sql, Binder binder) {
    changes++;
    try {
      PreparedStatement statement = statement(sql);
      binder.bind(new Binds(statement));
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw dialect().translate(e, sql);
    }
  }

  /// Gathers a statement: equal ones of a group go to the database together, after all of its
  /// writes were applied. In the order of their first use; a later query of this transaction does
  /// not see them before.
  public void batch(String sql, Binder binder) {
    changes++;
    try {
      PreparedStatement statement = batches.get(sql);
      if (statement == null) {
        statement = statement(sql);
        batches.put(sql, statement);
      }
      binder.bind(new Binds(statement));
      statement.addBatch();
    } catch (SQLException e) {
      throw dialect().translate(e, sql);
    }
  }

  /// The group's part of a kind.
  public <P extends Part> P part(Part.Kind<P> kind) {
    @SuppressWarnings("unchecked")
    P part = (P) parts.computeIfAbsent(kind, k -> k.create().get());
    return part;
  }

  /// The rows of a kind that nobody else can have changed since they were stored.
  public <K, R> RowCache<K, R> rows(Part.Kind<?> kind) {
    @SuppressWarnings("unchecked")
    var known = (RowCache<K, R>) rows.computeIfAbsent(kind, _ -> new RowCache<K, R>());
    return known;
  }

  /// Runs something once the transaction is durable, before any caller of the group is answered, in
  /// the order of the writes. It must be quick and must not fail: it runs on the writer's thread.
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  /// Notes a change that is not a statement yet: a shared row of a [Part] was changed.
  public void changed() {
    changes++;
  }

  /// Tells the journal's observer of a fact once it is durable. Cheaper than [#afterCommit].
  public void tell(Object fact) {
    told.add(fact);
  }

  /// What is to be told.
  List<Object> told() {
    return told;
  }

  /// How many changes were made or gathered so far.
  int changes() {
    return changes;
  }

  void loadParts() {
    ranked().forEach(part -> part.load(this));
  }

  /// Stores the parts by rank and sends what was gathered before a part that must come after it.
  void storeParts() {
    for (Part part : ranked()) {
      part.store(this);
    }
    sendBatches();
  }

  /// Sends the gathered statements now. For parts whose own statements must come last.
  public void sendBatches() {
    for (Map.Entry<String, PreparedStatement> batch : batches.entrySet()) {
      try {
        batch.getValue().executeBatch();
      } catch (SQLException e) {
        throw dialect().translate(e, batch.getKey());
      }
    }
    batches.clear();
  }

  /// Forgets what was gathered, after a rollback.
  void discard() {
    for (PreparedStatement statement : batches.values()) {
      try {
        statement.clearBatch();
      } catch (SQLException e) {
        throw dialect().translate(e, "clear a batch");
      }
    }
    batches.clear();
  }

  /// What is to be run once the transaction is durable.
  List<Runnable> afterCommit() {
    return afterCommit;
  }

  private List<Part> ranked() {
    return parts.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> entry.getKey().rank()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
