package io.recado.journal;

import io.recado.fault.FaultPoint;
import io.recado.fault.Faults;
import io.recado.journal.Binds.Binder;
import io.recado.journal.StorageException.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A writer's connection, opened when it is needed and again when it was lost. For the writer's
/// thread only.
///
/// On PostgreSQL each group writes its number into the writer's own row. When the answer to COMMIT
/// is lost, that row tells afterwards whether the group was committed, so it is never applied
/// twice.
final class WriterConnection {

  private static final String REGISTER =
      "INSERT INTO journal_writer (group_number) VALUES (0) RETURNING writer";
  private static final String SESSION =
      """
      SELECT pid, backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()\
      """;
  private static final String TERMINATE =
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE pid = ? AND backend_start::text = ?\
      """;
  private static final String NUMBER =
      "UPDATE journal_writer SET group_number = ? WHERE writer = ?";
  private static final String COMMITTED =
      "SELECT group_number FROM journal_writer WHERE writer = ? FOR UPDATE";
  private static final int MAX_RECOVERIES = 40;
  private static final Logger LOG = LoggerFactory.getLogger(WriterConnection.class);

  private final Database database;
  private final Journal.Observer observer;
  private final Runnable missed;
  private final Threads threads;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final Map<Part.Kind<?>, RowCache<?, ?>> rows = new HashMap<>();
  private @Nullable Connection connection;
  private @Nullable Session session;
  private long writer;
  private long group;
  private boolean isCommitSent;

  /// @param missed told when something that should follow a commit has failed, or is not known
  WriterConnection(Database database, Journal.Observer observer, Runnable missed, Threads threads) {
    this.missed = missed;
    this.database = database;
    this.observer = observer;
    this.threads = threads;
  }

  /// Applies the writes as one transaction and answers them once it is durable.
  ///
  /// @throws RuntimeException when the group failed as a whole: nobody was answered, and nothing of
  ///   it is there, unless [StorageException] says that this is not known
  void commit(List<Ticket<?>> tickets) {
    boolean fresh = connection == null;
    isCommitSent = false;
    try {
      attempt(tickets);
    } catch (StorageException e) {
      if (e.kind() != Kind.UNAVAILABLE || fresh || isCommitSent) {
        throw e;
      }
      // The old connection had died, perhaps long ago: one more try on a new one.
      attempt(tickets);
    }
  }

  void close() {
    statements.clear();
    rows.clear();
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
    if (database.dialect().writers() > 1) {
      rows.clear();
    }
    var tx = new Tx(open, database.dialect(), statements, rows);
    List<@Nullable Object> results;
    try {
      Faults.point(FaultPoint.JOURNAL_BEFORE_APPLY);
      results = Group.apply(tx, tickets);
      if (isNumbered()) {
        number(tx);
      }
      Faults.point(FaultPoint.JOURNAL_BEFORE_COMMIT);
    } catch (RuntimeException | Error e) {
      if (e instanceof StorageException fault && fault.kind() == Kind.UNAVAILABLE) {
        close();
      } else {
        rollback(open, tx);
      }
      throw e;
    }
    if (!commit(open, tx)) {
      attempt(tickets);
      return;
    }
    Faults.point(FaultPoint.JOURNAL_AFTER_COMMIT);
    tx.afterCommit().forEach(this::follow);
    tx.told().forEach(fact -> follow(() -> observer.told(fact)));
    Faults.point(FaultPoint.JOURNAL_BEFORE_ANSWER);
    Group.answer(tickets, results, threads);
  }

  /// Does one of the things that follow a commit. The group is durable, so nothing may make it look
  /// as if it had failed, nor keep the others from following.
  private void follow(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError e) {
      LOG.error("what should follow a commit failed; what waits is looked up again", e);
      missed.run();
    }
  }

  private void number(Tx tx) {
    group++;
    if (tx.update(NUMBER, binds -> binds.number(group).number(writer)) == 0) {
      // Another database than the one it was registered in: a replica took over.
      writer = 0;
      throw new StorageException(Kind.UNAVAILABLE, "the writer's row is gone", null);
    }
  }

  /// False when the transaction is known not to have been committed and should be applied again.
  private boolean commit(Connection open, Tx tx) {
    try {
      isCommitSent = true;
      open.commit();
      return true;
    } catch (SQLException e) {
      StorageException fault = database.dialect().translate(e, "COMMIT");
      if (isNumbered() && fault.kind() == Kind.UNAVAILABLE) {
        close();
        boolean committed = wasCommitted(fault);
        isCommitSent = false;
        return committed;
      }
      rollback(open, tx);
      throw fault;
    }
  }

  /// Asks the writer's own row, once the old session is surely gone.
  private boolean wasCommitted(StorageException fault) {
    StorageException last = fault;
    Session lost = Objects.requireNonNull(session);
    for (int i = 0; i < MAX_RECOVERIES; i++) {
      try {
        Connection open = open();
        var tx = new Tx(open, database.dialect(), statements, rows);
        tx.query(TERMINATE, b -> b.number(lost.process).text(lost.start), _ -> 0);
        Optional<Long> known = tx.find(COMMITTED, b -> b.number(writer), Row::number);
        open.rollback();
        return known.isPresent() && known.get() == group;
      } catch (SQLException e) {
        last = database.dialect().translate(e, "ask whether a group was committed");
        close();
      } catch (StorageException e) {
        last = e;
        close();
        threads.pause(250);
      }
    }
    // Its callers hear that nobody knows; whatever it may have brought must not be forgotten.
    missed.run();
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
        var tx = new Tx(open, database.dialect(), statements, rows);
        session =
            tx.query(SESSION, Binder.NONE, row -> new Session(row.number(), row.text())).getFirst();
        long registered = writer;
        if (registered == 0) {
          registered = tx.query(REGISTER, Binder.NONE, Row::number).getFirst();
        }
        open.commit();
        writer = registered;
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
    rows.clear();
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

  /// A session of the server: process numbers come again, with another start.
  private record Session(long process, String start) {}
}
