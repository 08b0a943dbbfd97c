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

  private static final int CONVERSATIONS = 4_000;
  private static final int MESSAGES = 40_000;
  private static final Id SOME = new Id(0, 100);

  private final TestDatabase test;
  private final Connection connection;
  // A group's locks are taken in order, which sorts at most 64 rows.
  private final Set<String> sorting = new HashSet<>(Set.of("FOR UPDATE"));
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final Tx tx;

  /// A database with so many rows that reading a whole table is dear.
  public PlanBench(Dialect engine) {
    test = TestDatabase.on(engine);
    connection = test.database().openWriter();
    tx = new Tx(connection, engine, statements);
    if (engine == Dialect.POSTGRESQL) {
      fill();
    }
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

  private void fill() {
    String id = "decode(lpad(to_hex(i), 24, '0'), 'hex')";
    fill(
        "conversation (conversation_key, workspace_key, channel_key, id, state, labels,"
            + " create_time, update_time, inbox_time)",
        "i, 1 + i % 2, 1 + i % 20, " + id + ", 'OPEN', '[]', i, i, i",
        CONVERSATIONS);
    fill("conversation_state", "1 + i % 2, i, 10, 8, 10, i % 3, 0, i, NULL, ''", CONVERSATIONS);
    fill("conversation_run", "1 + i % 2, i, 0, ''", CONVERSATIONS);
    fill(
        "conversation_identifier", "1 + i % 2, 1 + i % 20, 'phone', 'p' || i, i, i", CONVERSATIONS);
    String conversation = "1 + (i - 1) / 10";
    fill(
        "message (workspace_key, channel_key, conversation_key, seq, id, direction, status,"
            + " content_type, content, create_time, update_time)",
        "1 + (%1$s) %% 2, 1 + (%1$s) %% 20, %1$s, 1 + i %% 10, %2$s, 'OUTBOUND', 'SENT', 'TEXT',"
                .formatted(conversation, id)
            + " '{\"text\":\"t\"}', i, i",
        MESSAGES);
    fill(
        "outbox (workspace_key, channel_key, message_id, conversation_key, seq, previous_seq,"
            + " state, attempt, spent, throttled, due_time, expire_time)",
        "1 + (%1$s) %% 2, 1 + (%1$s) %% 20, %2$s, %1$s, 1 + i %% 10, 0, 'WAITING', 0, 0, 0, i, i"
            .formatted(conversation, id),
        MESSAGES / 2);
    fill("attempt", "1 + i % 2, " + id + ", 0, 1, i, i, 'ACCEPTED', NULL, 200", MESSAGES);
    fill(
        "receipt (workspace_key, message_id, piece, status, time, provider_time)",
        "1 + i % 2, " + id + ", 0, 'SENT', i, i",
        MESSAGES);
    fill("provider_message", "1 + i % 2, 1 + i % 20, 'w' || i, " + id + ", 0", MESSAGES);
    fill(
        "early_receipt (workspace_key, channel_key, provider_message_id, status, time,"
            + " provider_time)",
        "1 + i % 2, 1 + i % 20, 'e' || i, 'SENT', i, i",
        CONVERSATIONS);
    fill(
        "event (workspace_key, position, type, time, conversation_key, change)",
        "1 + i % 2, i, 'MESSAGE_SENT', i, " + conversation + ", '{}'",
        MESSAGES);
    fill(
        "api_key (id, workspace_key, hash, hint, role, channels, create_time)",
        id + ", 1 + i % 20, " + id + ", 'h', 'ADMIN', '[]', i",
        CONVERSATIONS);
    fill("log_head", "i, " + MESSAGES, 2_000);
    fill("raw_payload", "1, " + id + ", 1, i, NULL, ''", CONVERSATIONS);
    fill(
        "idempotency_key (workspace_key, hash, fingerprint, create_time)",
        "1, " + id + ", " + id + ", i",
        CONVERSATIONS);
    fill("statistic", "1 + i % 2, i % 20, i * 3600000::BIGINT, 'SENT', '', 1", CONVERSATIONS);
    fill("audit_entry", "1 + i % 20, " + id + ", i, 'a', 'b', 'c', '{}'", CONVERSATIONS);
    // Ids that the writes take lie beyond.
    execute("ALTER TABLE conversation ALTER COLUMN conversation_key RESTART WITH 1000000");
    execute("ANALYZE");
  }

  private void fill(String table, String values, int rows) {
    execute(
        "INSERT INTO " + table + " SELECT " + values + " FROM generate_series(1, " + rows + ") i");
  }
}
