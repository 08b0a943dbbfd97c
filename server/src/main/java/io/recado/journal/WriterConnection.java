package io.recado.journal;

import io.recado.journal.StorageException.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A writer's connection, opened when it is needed and again when it was lost. For the writer's
/// thread only.
///
/// On PostgreSQL each group writes its number into the writer's own row. When the answer to COMMIT
/// is lost, that row tells afterwards whether the group was committed, so it is never applied
/// twice.
final class WriterConnection {

  private static final String REGISTER =
      "INSERT INTO journal_writer (group_number) VALUES (0) RETURNING writer";
  private static final String NUMBER =
      "UPDATE journal_writer SET group_number = ? WHERE writer = ?";
  private static final String COMMITTED =
      "SELECT group_number FROM journal_writer WHERE writer = ? FOR UPDATE";
  private static final int MAX_RECOVERIES = 40;

  private final Database database;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private @Nullable Connection connection;
  private long backend;
  private long writer;
  private long group;

  WriterConnection(Database database) {
    this.database = database;
  }

  /// Applies the writes as one transaction and answers them once it is durable.
  ///
  /// @throws RuntimeException when the group failed as a whole: nothing of it is there, nobody was
  ///   answered
  void commit(List<Ticket<?>> tickets) {
    boolean fresh = connection == null;
    try {
      attempt(tickets);
    } catch (StorageException e) {
      if (e.kind() != Kind.UNAVAILABLE || fresh) {
        throw e;
      }
      // The old connection had died, perhaps long ago: one more try on a new one.
      attempt(tickets);
    }
  }

  void close() {
    statements.clear();
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException _) {
        // It is given up either way.
      }
      connection = null;
    }
  }

  private void attempt(List<Ticket<?>> tickets) {
    Connection open = open();
    var tx = new Tx(open, database.dialect(), statements);
    List<@Nullable Object> results;
    try {
      results = Group.apply(tx, tickets);
      if (isNumbered()) {
        group++;
        tx.update(NUMBER, binds -> binds.number(group).number(writer));
      }
    } catch (RuntimeException e) {
      rollback(open, tx);
      throw e;
    }
    if (!commit(open, tx)) {
      attempt(tickets);
      return;
    }
    tx.runAfterCommit();
    Group.answer(tickets, results);
  }

  /// False when the transaction is known not to have been committed and should be applied again.
  private boolean commit(Connection open, Tx tx) {
    try {
      open.commit();
      return true;
    } catch (SQLException e) {
      StorageException fault = database.dialect().translate(e, "COMMIT");
      if (isNumbered() && fault.kind() == Kind.UNAVAILABLE) {
        close();
        return wasCommitted(fault);
      }
      rollback(open, tx);
      throw fault;
    }
  }

  /// Asks the writer's own row, once the old session is surely gone.
  private boolean wasCommitted(StorageException fault) {
    StorageException last = fault;
    long lost = backend;
    for (int i = 0; i < MAX_RECOVERIES; i++) {
      try {
        Connection open = open();
        var tx = new Tx(open, database.dialect(), statements);
        tx.query("SELECT pg_terminate_backend(?)", b -> b.number((int) lost), _ -> 0);
        long known = tx.query(COMMITTED, b -> b.number(writer), Row::number).getFirst();
        open.rollback();
        return known == group;
      } catch (SQLException e) {
        last = database.dialect().translate(e, "ask whether a group was committed");
        close();
      } catch (StorageException e) {
        last = e;
        close();
        Pause.millis(250);
      }
    }
    throw last;
  }

  private Connection open() {
    if (connection != null) {
      return connection;
    }
    Connection open = database.openWriter();
    connection = open;
    if (isNumbered()) {
      try {
        var tx = new Tx(open, database.dialect(), statements);
        backend = tx.query("SELECT pg_backend_pid()", Binds.Binder.NONE, Row::number).getFirst();
        if (writer == 0) {
          writer = tx.query(REGISTER, Binds.Binder.NONE, Row::number).getFirst();
        }
        open.commit();
      } catch (SQLException e) {
        close();
        throw database.dialect().translate(e, "register a writer");
      } catch (StorageException e) {
        close();
        throw e;
      }
    }
    return open;
  }

  private void rollback(Connection open, Tx tx) {
    try {
      tx.discard();
      open.rollback();
    } catch (SQLException | StorageException _) {
      close();
    }
  }

  private boolean isNumbered() {
    return database.dialect() == Dialect.POSTGRESQL;
  }
}
