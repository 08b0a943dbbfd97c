package io.recado.benchmarks;

import io.recado.connector.Content;
import io.recado.connector.Identifier;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.conversation.OpenConversation;
import io.recado.conversation.ServiceWindow;
import io.recado.journal.Database;
import io.recado.journal.Ids;
import io.recado.journal.Journal;
import io.recado.journal.Migrations;
import io.recado.message.AcceptMessage;
import io.recado.message.AcceptMessage.Draft;
import io.recado.message.Priority;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// Accepting messages without HTTP: callers in a closed loop, each waiting until its message is
/// durable. Tells what the one thread costs that writes to SQLite.
record JournalBenchmark(int callers, int conversations, int rounds, Duration round) {

  private static final long WORKSPACE = 1;
  private static final long CHANNEL = 1;
  // Scatters the messages over the conversations: neighbours in the index would cost half as much.
  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final String TEXT = "Your order has been confirmed. ".repeat(7).substring(0, 188);

  /// Runs it and prints what it finds.
  void run(PrintStream out) throws IOException, InterruptedException {
    var commits = new AtomicLong();
    try (var folder = new ScratchFolder()) {
      Database database = Database.sqlite(folder.path().resolve("recado.db"));
      new Migrations(database).apply();
      try (var journal = new Journal(database, (_, _) -> commits.incrementAndGet(), this::broken)) {
        List<Identity> targets = open(journal);
        out.println("messages/s  per commit  writer us  process us");
        for (int i = 0; i < rounds; i++) {
          measure(journal, targets, commits, out);
        }
      }
    }
  }

  private void broken(RuntimeException e) {
    throw e;
  }

  private List<Identity> open(Journal journal) {
    var ids = new Ids(InstantSource.system(), new Random());
    List<Identity> opened = new ArrayList<>();
    for (int i = 0; i < conversations; i++) {
      List<Identifier> contact = List.of(Identifier.phone("+57319" + (1_000_000 + i)));
      opened.add(
          journal.commit(
              new OpenConversation(WORKSPACE, CHANNEL, ids.next(), contact, null, Instant.now())));
    }
    return opened;
  }

  private void measure(Journal journal, List<Identity> targets, AtomicLong commits, PrintStream out)
      throws InterruptedException {
    long writerBefore = writerCpuNanos();
    ProcessHandle self = ProcessHandle.current();
    long cpuBefore = self.info().totalCpuDuration().orElseThrow().toNanos();
    long commitsBefore = commits.get();
    long start = System.nanoTime();
    long messages = load(journal, targets, start + round.toNanos());
    double seconds = (System.nanoTime() - start) / 1e9;
    out.printf(
        "%10.0f  %10.1f  %9.1f  %10.1f%n",
        messages / seconds,
        (double) messages / (commits.get() - commitsBefore),
        (writerCpuNanos() - writerBefore) / 1e3 / messages,
        (self.info().totalCpuDuration().orElseThrow().toNanos() - cpuBefore) / 1e3 / messages);
  }

  private long load(Journal journal, List<Identity> targets, long end) {
    var ids = new Ids(InstantSource.system(), new Random());
    var next = new AtomicLong();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        threads.execute(
            () -> {
              while (System.nanoTime() < end) {
                long mixed = next.getAndIncrement() * MIX >>> 16;
                int target = (int) (mixed % targets.size());
                journal.commit(accept(targets.get(target), ids));
              }
            });
      }
    }
    return next.get();
  }

  private static AcceptMessage accept(Identity target, Ids ids) {
    Instant now = Instant.now();
    return new AcceptMessage(
        WORKSPACE,
        CHANNEL,
        target.key(),
        ids.next(),
        new Draft(
            new Content.Text(TEXT),
            null,
            null,
            Map.of(),
            null,
            now.plusSeconds(86_400),
            Priority.HIGH),
        new ServiceWindow(Duration.ZERO),
        now,
        Optional.empty(),
        _ -> {});
  }

  private static long writerCpuNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long nanos = 0;
    for (var thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().startsWith("journal-")) {
        nanos += threads.getThreadCpuTime(thread.getThreadId());
      }
    }
    return nanos;
  }
}
