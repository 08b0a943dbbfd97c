package io.recado.benchmarks;

import io.recado.conversation.ConversationStore.Identity;
import io.recado.journal.Database;
import io.recado.journal.Ids;
import io.recado.journal.Journal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// How long a page of 20 takes among many messages, against the same among few, over HTTP with one
/// connection; both in turn, since only figures of one run can be compared.
///
/// One conversation in ten has 55 messages, from which pages are asked for, the others have 5; so
/// there are 10 for each on average. Messages of a conversation lie far from each other, as in
/// life.
///
/// @param messages in the large database; the small one has 10,000
record ListBenchmark(int messages, int rounds, Duration round) {

  private static final int FEW = 10_000;
  private static final int PER_CONVERSATION = 10;
  private static final int LONG_ONE = 10;
  private static final int LONG = 55;
  private static final int SHORT = 5;
  private static final int GROUP = 5_000;
  private static final int ASKED_FOR = 20_000;

  /// Runs it and prints what it finds.
  void run(PrintStream out) throws IOException, InterruptedException {
    try (var smallFolder = new ScratchFolder();
        var largeFolder = new ScratchFolder()) {
      Filled small = fill(smallFolder.path(), FEW, out);
      Filled large = fill(largeFolder.path(), messages, out);
      try (ServerProcess few = ServerProcess.recado(smallFolder.path());
          ServerProcess many = ServerProcess.recado(largeFolder.path())) {
        out.println("list           messages   p50 ms   p99 ms  errors");
        compare("messages", small.messages, large.messages, few, many, out);
        compare("conversations", small.conversations, large.conversations, few, many, out);
      }
    }
  }

  private void compare(
      String what,
      List<String> smallPaths,
      List<String> largePaths,
      ServerProcess few,
      ServerProcess many,
      PrintStream out)
      throws IOException, InterruptedException {
    try (var small = new MeasuredServer(few, RequestBytes.gets(smallPaths), 1);
        var large = new MeasuredServer(many, RequestBytes.gets(largePaths), 1)) {
      small.warmUp(round);
      large.warmUp(round);
      for (int i = 0; i < rounds; i++) {
        small.round(round);
        large.round(round);
      }
      print(out, what, FEW, small);
      print(out, what, messages, large);
      out.printf(
          "%s: p99 %.2f times that among %d (required 2 at most)%n",
          what, large.median(r -> r.millis(0.99)) / small.median(r -> r.millis(0.99)), FEW);
    }
  }

  private static void print(PrintStream out, String what, int messages, MeasuredServer server) {
    out.printf(
        "%-13s %9d  %7.3f  %7.3f  %6d%n",
        what,
        messages,
        server.median(r -> r.millis(0.5)),
        server.median(r -> r.millis(0.99)),
        server.errors());
  }

  private Filled fill(Path folder, int count, PrintStream out)
      throws IOException, InterruptedException {
    String channel;
    try (ServerProcess server = ServerProcess.recado(folder);
        var api = new Api(server.address())) {
      channel = api.pausedChannel();
    }
    long start = System.nanoTime();
    Path file = folder.resolve("recado.db");
    Filled filled = fill(file, channel, count);
    out.printf(
        "filled with %d messages in %d conversations in %d s, %d MiB%n",
        count,
        count / PER_CONVERSATION,
        (System.nanoTime() - start) / 1_000_000_000,
        file.toFile().length() >> 20);
    return filled;
  }

  private static Filled fill(Path file, String channel, int count) {
    long[] keys = keys(file);
    InstantSource clock = InstantSource.system();
    var ids = new Ids(clock, new Random());
    List<Identity> all = new ArrayList<>();
    List<Identity> longOnes = new ArrayList<>();
    try (var journal = new Journal(Database.sqlite(file), (_, _) -> {}, ListBenchmark::broken)) {
      int conversations = count / PER_CONVERSATION;
      for (int i = 0; i < conversations; i += GROUP) {
        int to = Math.min(conversations, i + GROUP);
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        all.addAll(journal.commit(new Filling.Open(keys[0], keys[1], i, to, ids, now)));
      }
      for (int i = 0; i < conversations; i += LONG_ONE) {
        longOnes.add(all.get(i));
      }
      for (int i = 0; i < LONG; i++) {
        send(journal, i < SHORT ? all : longOnes, ids, clock);
      }
    }
    return new Filled(channel, longOnes.subList(0, Math.min(ASKED_FOR, longOnes.size())));
  }

  private static void send(Journal journal, List<Identity> to, Ids ids, InstantSource clock) {
    for (int i = 0; i < to.size(); i += GROUP) {
      List<Identity> some = to.subList(i, Math.min(to.size(), i + GROUP));
      journal.commit(
          new Filling.Receive(some, ids, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }
  }

  private static long[] keys(Path file) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT workspace_key, channel_key FROM channel LIMIT 1")) {
      row.next();
      return new long[] {row.getLong(1), row.getLong(2)};
    } catch (SQLException e) {
      throw new IllegalStateException("the channel that was just made is not there", e);
    }
  }

  private static void broken(RuntimeException e) {
    throw e;
  }

  /// What is asked for in a database.
  private static final class Filled {

    private final List<String> messages;
    private final List<String> conversations;

    Filled(String channel, List<Identity> longOnes) {
      String path = "/v1/" + channel + "/conversations";
      // In an order that has nothing to do with that of the rows.
      List<Identity> mixed = new ArrayList<>(longOnes);
      Collections.shuffle(mixed, new Random(1));
      messages = mixed.stream().map(c -> path + "/" + c.id() + "/messages?pageSize=20").toList();
      conversations = List.of(path + "?pageSize=20");
    }
  }
}
