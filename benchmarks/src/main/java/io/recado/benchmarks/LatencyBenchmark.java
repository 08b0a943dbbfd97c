package io.recado.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// How soon a lone message's provider call begins after its 200: by a provider of ours that notes
/// when the first bytes of a call come in, on the clock of the generator itself.
///
/// @param rate messages a second, so few that each is alone
record LatencyBenchmark(int rate, Duration warmUp, Duration duration) {

  private static final int WARM_UP_RATE = 500;
  private static final int CONVERSATIONS = 50;

  /// Runs it and prints what it finds.
  void run(PrintStream out) throws IOException, InterruptedException {
    try (var folder = new ScratchFolder();
        var provider = new TimedProvider();
        ServerProcess recado = ServerProcess.recado(folder.path(), provider.address());
        var api = new Api(recado.address());
        var load = new LoadGenerator(recado.port(), 4, texts(api))) {
      load.run(warmUp, WARM_UP_RATE);
      Map<Long, Long> answered = new ConcurrentHashMap<>();
      LoadGenerator.Result result =
          load.run(
              duration,
              passed -> (long) (passed / 1e9 * rate) + 1,
              (connection, nanos) -> answered.put(connection.number(), nanos));
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      var starts = new Latencies();
      answered.forEach(
          (number, nanos) -> {
            Long called = provider.called(number);
            if (called != null) {
              starts.add(called - nanos);
            }
          });
      out.printf(
          "%d lone messages at %d/s: accept p50 %.2f ms, p99 %.2f ms; from the 200 to the"
              + " provider's call p50 %.2f ms, p99 %.2f ms, longest %.2f ms (required 5 ms); errors"
              + " %d%n",
          starts.count(),
          rate,
          result.latencies().millis(0.5),
          result.latencies().millis(0.99),
          starts.millis(0.5),
          starts.millis(0.99),
          starts.millis(1),
          result.errors());
    }
  }

  private static RequestBytes texts(Api api) throws IOException, InterruptedException {
    String channel = api.channel();
    return RequestBytes.posts(
        api.conversations(channel, CONVERSATIONS).stream()
            .map(name -> "/v1/" + name + "/messages")
            .toList(),
        "{\"text\": \"" + RequestBytes.NUMBER + ": your order has been confirmed.\"}",
        false);
  }
}
