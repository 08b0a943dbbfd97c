package io.recado.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Finds out how a database would carry out the statements of a piece of code: all that it has
/// prepared are explained.
public final class PlanBench implements AutoCloseable {

  /// A conversation with 40 places, some of them taken.
  public static final long CONVERSATION = 9_999;

  private static final Id SOME = new Id(0, 100);

  private final TestDatabase test;
  private final Connection connection;
  // A group's locks are taken in order, which sorts at most 64 rows.
  private final Set<String> sorting = new HashSet<>(Set.of("FOR UPDATE"));
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final Tx tx;

  /// A database with so many rows that reading a whole table is dear.
  public PlanBench(Dialect engine) {
    test =
        engine == Dialect.POSTGRESQL
            ? TestDatabase.copyOf(FilledPostgresql.instance())
            : TestDatabase.on(engine);
    connection = test.database().openWriter();
    tx = new Tx(connection, engine, statements, new HashMap<>());
    addConversation();
  }

  /// Runs queries, or parts of writes.
  public PlanBench run(Consumer<Tx> code) {
    code.accept(tx);
    return this;
  }

  /// Asks something that the next step needs.
  public <T> T read(Function<Tx, T> query) {
    return query.apply(tx);
  }

  /// Applies a write, also one that refuses or changes nothing.
  public PlanBench write(Write<?> write) {
    Group.apply(tx, List.of(new Ticket<>(write)));
    return this;
  }

  /// Some statement must go by an index.
  ///
  /// @param index a part of the plan on any database
  public PlanBench assertUses(String index) {
    assertThat(statements.keySet())
        .anySatisfy(sql -> assertThat(explain(sql)).as(sql).containsPattern(index));
    return this;
  }

  /// A statement may put its rows in order, since it bounds them itself.
  ///
  /// @param bound the part of it that does
  public PlanBench allowSorting(String bound) {
    sorting.add(bound);
    return this;
  }

  /// No statement may read a whole table, nor put more rows in order than a group has.
  public void assertIndexed() {
    assertThat(statements).isNotEmpty();
    for (String sql : new TreeSet<>(statements.keySet())) {
      String plan = explain(sql);
      assertThat(plan)
          .as(sql)
          .doesNotContainPattern("(?m)^SCAN (?!CONSTANT)")
          .doesNotContain("Seq Scan");
      if (sorting.stream().noneMatch(sql::contains)) {
        assertThat(plan).as(sql).doesNotContain("USE TEMP B-TREE").doesNotContain("Sort");
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    test.close();
  }

  private String explain(String sql) {
    return tx.dialect() == Dialect.SQLITE ? explainSqlite(sql) : explainPostgresql(sql);
  }

  private String explainSqlite(String sql) {
    return rows("EXPLAIN QUERY PLAN " + sql, 4);
  }

  private String explainPostgresql(String sql) {
    var parts = sql.split("\\?", -1);
    String numbered =
        IntStream.range(0, parts.length)
            .mapToObj(i -> parts[i] + (i == parts.length - 1 ? "" : "$" + (i + 1)))
            .collect(Collectors.joining());
    String nulls = String.join(", ", Collections.nCopies(parts.length - 1, "NULL"));
    execute("SET plan_cache_mode = force_generic_plan");
    execute("PREPARE explained AS " + numbered);
    try {
      return rows("EXPLAIN EXECUTE explained" + (nulls.isEmpty() ? "" : "(" + nulls + ")"), 1);
    } finally {
      execute("DEALLOCATE explained");
    }
  }

  private String rows(String sql, int column) {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        lines.add(rows.getString(column));
      }
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
    return String.join("\n", lines);
  }

  private void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /// One with 40 places, for what is found by them.
  private void addConversation() {
    tx.update(
        "INSERT INTO conversation_state (workspace_key, conversation_key, message_seq, message_ids,"
            + " outbound_seq, event_seq, unread, read_seq, activity_time)"
            + " VALUES (1, ?, 40, ?, 40, 40, 1, 0, 0)",
        binds -> binds.number(CONVERSATION).bytes(SOME.bytes()));
    tx.update(
        "INSERT INTO conversation_run VALUES (1, ?, 1, ?)",
        binds -> binds.number(CONVERSATION).bytes(SOME.bytes()));
    statements.clear();
  }
}
