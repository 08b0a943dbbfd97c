package io.recado.journal;

import io.recado.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A database, a journal on it, and the means to make writes wait until they form one group.
final class JournalBench implements AutoCloseable {

  final TestDatabase test;
  final Journal journal;
  final ReadPool reads;
  final List<Integer> groups = new CopyOnWriteArrayList<>();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  private JournalBench(TestDatabase test, Database database, Threads threads) {
    this.test = test;
    this.journal = newJournal(database, threads);
    this.reads = new ReadPool(test.database(), 2);
  }

  static JournalBench on(Dialect dialect) {
    TestDatabase test = TestDatabase.on(dialect);
    return new JournalBench(test, test.database(), Threads.REAL);
  }

  /// A journal that reaches its PostgreSQL through another port.
  static JournalBench through(LosingProxy proxy, TestDatabase test) {
    return through(proxy, test, Threads.REAL);
  }

  static JournalBench through(LosingProxy proxy, TestDatabase test, Threads threads) {
    return new JournalBench(test, Database.postgresql(proxy.address(test.address())), threads);
  }

  /// One more node on the same database; the caller closes it.
  Journal newJournal(Database database) {
    return newJournal(database, Threads.REAL);
  }

  private Journal newJournal(Database database, Threads threads) {
    return new Journal(
        database,
        (writes, _) -> groups.add(writes),
        e -> {
          throw e;
        },
        threads);
  }

  /// Lets the writes come in while the writer of their lane is busy, so that they are one group.
  <R> List<Future<R>> together(List<? extends Write<R>> writes) {
    Gate gate = hold(writes.getFirst().lane());
    List<Future<R>> answers = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      answers.add(start(writes.get(i)));
      int waiting = i + 1;
      until(() -> journal.waiting() == waiting);
    }
    gate.open();
    return answers;
  }

  /// Keeps the lane's writer busy.
  Gate hold(long lane) {
    var entered = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    Future<Boolean> held =
        start(Change.of(_ -> enter(entered, leave)).inWorkspace(99).inLane(lane));
    await(entered);
    return new Gate(leave, held);
  }

  <R> Future<R> start(Write<R> write) {
    return run(() -> journal.commit(write));
  }

  <R> Future<R> run(Callable<R> task) {
    return callers.submit(task);
  }

  boolean hasFact(String name) {
    return reads
        .read(
            database ->
                database.find(
                    "SELECT 1 FROM server_fact WHERE name = ?",
                    binds -> binds.text(name),
                    Row::number))
        .isPresent();
  }

  static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("what was waited for did not happen");
      }
      Thread.onSpinWait();
    }
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("what was waited for did not happen");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    callers.shutdownNow();
    journal.close();
    reads.close();
    test.close();
  }

  private static boolean enter(CountDownLatch entered, CountDownLatch leave) {
    entered.countDown();
    await(leave);
    return true;
  }

  /// Lets the writer go on when it is opened.
  record Gate(CountDownLatch leave, Future<Boolean> held) {
    void open() {
      leave.countDown();
    }
  }
}
