package io.recado.benchmarks;

import io.recado.benchmarks.MeasuredServer.Round;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// How many messages a second are accepted, each durable before its answer, against a handler that
/// stores nothing; both in turn, in rounds, since only figures of one run can be compared.
///
/// @param withKeys whether every request has an idempotency key
record AcceptBenchmark(
    int connections,
    int conversations,
    int rounds,
    Duration warmUp,
    Duration round,
    boolean withKeys) {

  private static final String HEADER =
      "server   req/s   p50 ms   p99 ms  CPU us  written B  per commit  errors  generator us";

  // 200 bytes: a text of everyday length.
  private static final String BODY =
      "{\"text\": \"" + "Your order has been confirmed. ".repeat(7).substring(0, 188) + "\"}";

  /// Runs it and prints what it finds.
  void run(PrintStream out) throws IOException, InterruptedException {
    try (var folder = new ScratchFolder();
        ServerProcess bare = ServerProcess.bare();
        ServerProcess recado = ServerProcess.recado(folder.path());
        var bareLoad = new MeasuredServer(bare, bareRequests(), connections);
        var recadoLoad =
            new MeasuredServer(recado, messages(recado, conversations, withKeys), connections)) {
      bareLoad.warmUp(warmUp);
      recadoLoad.warmUp(warmUp);
      out.println(HEADER);
      for (int i = 0; i < rounds; i++) {
        print(out, "bare", bareLoad.round(round));
        print(out, "recado", recadoLoad.round(round));
      }
      sum(out, bareLoad, recadoLoad);
    }
  }

  private RequestBytes bareRequests() {
    return RequestBytes.posts(List.of("/v1/messages"), BODY, false);
  }

  /// Prepares a server, and requests that each send a message to one of its conversations.
  static RequestBytes messages(ServerProcess recado, int conversations, boolean withKeys)
      throws IOException, InterruptedException {
    try (var api = new Api(recado.address())) {
      String channel = api.pausedChannel();
      List<String> paths =
          api.conversations(channel, conversations).stream()
              .map(name -> "/v1/" + name + "/messages")
              .toList();
      return RequestBytes.posts(paths, BODY, withKeys);
    }
  }

  private static void print(PrintStream out, String name, Round round) {
    out.printf(
        "%-7s %6.0f  %7.2f  %7.2f  %6.1f  %9.0f  %10.1f  %6d  %12.1f%n",
        name,
        round.perSecond(),
        round.millis(0.5),
        round.millis(0.99),
        round.cpuMicros(),
        round.writtenBytes(),
        round.perCommit(),
        round.result().errors(),
        round.result().ownCpuMicros());
  }

  private static void sum(PrintStream out, MeasuredServer bare, MeasuredServer recado) {
    ToDoubleFunction<Round> speed = Round::perSecond;
    ToDoubleFunction<Round> cpu = Round::cpuMicros;
    out.printf(
        "medians: bare %.0f req/s, %.1f us; recado %.0f req/s, p50 %.2f ms, p99 %.2f ms, %.1f us,"
            + " %.0f B, %.1f per commit%n",
        bare.median(speed),
        bare.median(cpu),
        recado.median(speed),
        recado.median(r -> r.millis(0.5)),
        recado.median(r -> r.millis(0.99)),
        recado.median(cpu),
        recado.median(Round::writtenBytes),
        recado.median(Round::perCommit));
    out.printf(
        "ratio %.2f (required 0.30, aim 0.50); errors %d (required 0)%n",
        recado.median(speed) / bare.median(speed), bare.errors() + recado.errors());
  }
}
