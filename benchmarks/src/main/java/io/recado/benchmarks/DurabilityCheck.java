package io.recado.benchmarks;

import io.recado.benchmarks.SystemCalls.Call;
import io.recado.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Looks with `strace` whether every 200 comes after a sync of the database's log that began when
/// its request had been read: the answers to callers who send, and those to a provider that brings
/// what people wrote.
///
/// With one connection there is one request at a time, so that sync can only be its own.
///
/// @param connections of the second, busier part
record DurabilityCheck(int connections, Duration duration) {

  private static final int FIRST_PERSON = 1_000;
  private static final int CALLBACKS = 40_000;

  /// Runs it and prints what it finds.
  void run(PrintStream out) throws IOException, InterruptedException {
    try (var folder = new ScratchFolder();
        ServerProcess server = ServerProcess.recado(folder.path())) {
      RequestBytes messages = AcceptBenchmark.messages(server, 200, false);
      RequestBytes callbacks = callbacks(server);
      for (int number : List.of(1, connections)) {
        check(server, folder.path(), "messages", messages, number, out);
        check(server, folder.path(), "callbacks", callbacks, number, out);
      }
    }
  }

  /// One text of another person each, so that each has something to be stored.
  private static RequestBytes callbacks(ServerProcess server)
      throws IOException, InterruptedException {
    try (var api = new Api(server.address())) {
      List<byte[]> bodies =
          IntStream.range(FIRST_PERSON, FIRST_PERSON + CALLBACKS)
              .mapToObj(i -> Json.write(Callback.of(Api.PHONE_NUMBER_ID, i, i + 1)))
              .toList();
      return RequestBytes.signed(Api.callbackPath(api.onlyChannel()), bodies);
    }
  }

  private void check(
      ServerProcess server,
      Path folder,
      String what,
      RequestBytes requests,
      int number,
      PrintStream out)
      throws IOException, InterruptedException {
    Path trace = folder.resolve("trace-" + what + number);
    try (var load = new LoadGenerator(server.port(), number, requests)) {
      load.run(Duration.ofSeconds(1));
      Process strace = strace(server, trace);
      LoadGenerator.Result result = load.run(duration);
      strace.destroy();
      strace.waitFor(10, TimeUnit.SECONDS);
      SystemCalls calls = SystemCalls.read(trace);
      List<Call> syncs = calls.syncs();
      List<Call> answers = calls.answers();
      long early = answers.stream().filter(answer -> isEarly(answer, syncs)).count();
      out.printf(
          "%s, %d connections: %d requests, %d answers seen, %d syncs of the log; %d answers"
              + " without a sync since their request%n",
          what, number, result.latencies().count(), answers.size(), syncs.size(), early);
    }
  }

  private static boolean isEarly(Call answer, List<Call> syncs) {
    return syncs.stream().noneMatch(answer::spans);
  }

  private static Process strace(ServerProcess server, Path trace)
      throws IOException, InterruptedException {
    Process strace =
        new ProcessBuilder(
                "strace",
                "-f",
                "-ttt",
                "-T",
                "-y",
                "-s",
                "40",
                "-e",
                "trace=read,write,fsync,fdatasync",
                "-e",
                "signal=none",
                "-o",
                trace.toString(),
                "-p",
                Long.toString(server.pid()))
            .redirectErrorStream(true)
            .start();
    // It says so when it is attached.
    strace.inputReader().readLine();
    while (!Files.exists(trace)) {
      Thread.onSpinWait();
    }
    return strace;
  }
}
