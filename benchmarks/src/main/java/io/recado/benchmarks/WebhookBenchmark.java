package io.recado.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// What webhooks do and cost: how soon a healthy endpoint is told, how fast a backlog drains, and
/// how much of the accept rate three endpoints take that are limited to 500 events a second each.
///
/// Only ratios within one run count: receivers and generator share the machine with the server.
record WebhookBenchmark(
    int connections, int perSecond, int backlog, int rounds, Duration warmUp, Duration round) {

  private static final String BODY =
      "{\"text\": \"" + "Your order has been confirmed. ".repeat(7).substring(0, 188) + "\"}";
  private static final int CONVERSATIONS = 200;
  private static final Duration QUIET = Duration.ofMillis(1_500);

  /// Runs it and prints what it finds.
  void run(PrintStream out) throws IOException, InterruptedException {
    try (var folder = new ScratchFolder();
        ServerProcess recado = ServerProcess.recado(folder.path());
        var api = new Api(recado.address())) {
      RequestBytes requests = AcceptBenchmark.messages(recado, CONVERSATIONS, false);
      try (var load = new LoadGenerator(recado.port(), connections, requests)) {
        load.run(warmUp);
        latency(out, api, load);
        drain(out, api, load, recado);
      }
      try (var load = new MeasuredServer(recado, requests, connections)) {
        try (var beside = new AcceptBesideWebhooks(api, load, round)) {
          beside.warmUp(warmUp);
          beside.run(out, rounds);
        }
      }
    }
  }

  private void latency(PrintStream out, Api api, LoadGenerator load)
      throws IOException, InterruptedException {
    try (var sink = new WebhookSink(0)) {
      String endpoint = api.webhookEndpoint(sink.url());
      load.run(warmUp, perSecond); // until the endpoint is known to be fast
      awaitQuiet(sink);
      sink.takeAges();
      load.run(round, perSecond);
      awaitQuiet(sink);
      Latencies ages = sink.takeAges();
      out.printf(
          "first attempt: %d events at %d/s, p50 %.0f ms, p99 %.0f ms after the event (required p99"
              + " 500)%n",
          ages.count(), perSecond, ages.millis(0.5), ages.millis(0.99));
      api.delete(endpoint);
    }
  }

  private void drain(PrintStream out, Api api, LoadGenerator load, ServerProcess recado)
      throws IOException, InterruptedException {
    try (var sink = new WebhookSink(0)) {
      String endpoint = api.webhookEndpoint(sink.url());
      load.run(Duration.ofSeconds(2), perSecond);
      awaitQuiet(sink);
      api.setState(endpoint, "DISABLED");
      long before = sink.taken();
      load.run(Duration.ofSeconds(Math.max(1, backlog / 2_000)), 2_000);
      ProcessUsage used = recado.usage();
      long start = System.nanoTime();
      api.setState(endpoint, "ENABLED");
      awaitQuiet(sink);
      long events = sink.taken() - before;
      double seconds = (System.nanoTime() - start - QUIET.toNanos()) / 1e9;
      out.printf(
          "backlog: %d events in %.1f s, %.0f a second (required 500), %d us of CPU each%n",
          events,
          seconds,
          events / seconds,
          recado.usage().since(used).cpuMicros() / Math.max(1, events));
      api.delete(endpoint);
    }
  }

  /// Waits until nothing has come for a moment.
  private static void awaitQuiet(WebhookSink sink) {
    long last = -1;
    long since = System.nanoTime();
    while (System.nanoTime() - since < QUIET.toNanos()) {
      long now = sink.taken();
      if (now != last) {
        last = now;
        since = System.nanoTime();
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
