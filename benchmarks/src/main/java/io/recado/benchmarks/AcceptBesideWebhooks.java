package io.recado.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How much of the accept rate three endpoints take that are limited to 500 events a second each.
final class AcceptBesideWebhooks implements AutoCloseable {

  private static final int ENDPOINTS = 3;
  private static final int LIMIT = 500;
  private static final int TURNS = 6;

  private final Api api;
  private final MeasuredServer load;
  private final Duration round;
  private final List<WebhookSink> sinks = new ArrayList<>();
  private final List<String> endpoints = new ArrayList<>();

  AcceptBesideWebhooks(Api api, MeasuredServer load, Duration round)
      throws IOException, InterruptedException {
    this.api = api;
    this.load = load;
    this.round = round;
    for (int i = 0; i < ENDPOINTS; i++) {
      sinks.add(new WebhookSink(LIMIT));
      endpoints.add(api.webhookEndpoint(sinks.get(i).url()));
    }
  }

  /// Until telling beside accepting is compiled, too, and what was compiled does not know of one
  /// state alone.
  void warmUp(Duration duration) throws IOException, InterruptedException {
    for (int i = 0; i < TURNS; i++) {
      setAll(i % 2 == 0 ? "ENABLED" : "DISABLED");
      load.warmUp(duration.dividedBy(TURNS));
    }
  }

  /// Measures and prints. Which of a pair comes first alternates, since a machine that others use
  /// becomes slower or faster meanwhile.
  void run(PrintStream out, int rounds) throws IOException, InterruptedException {
    List<Double> ratios = new ArrayList<>();
    out.println("accept     without  with three  ratio  events/s told");
    for (int i = 0; i < rounds; i++) {
      Accepted first = measure(i % 2 == 1);
      Accepted second = measure(i % 2 == 0);
      Accepted with = i % 2 == 1 ? first : second;
      Accepted without = i % 2 == 1 ? second : first;
      ratios.add(with.perSecond / without.perSecond);
      out.printf(
          "round %d  %9.0f  %10.0f  %5.2f  %13.0f%n",
          i + 1,
          without.perSecond,
          with.perSecond,
          with.perSecond / without.perSecond,
          with.toldPerSecond);
    }
    double median = ratios.stream().sorted().toList().get(ratios.size() / 2);
    out.printf("accept rate with three endpoints: %.2f (required 0.85)%n", median);
  }

  private Accepted measure(boolean isTold) throws IOException, InterruptedException {
    setAll(isTold ? "ENABLED" : "DISABLED");
    long before = taken();
    MeasuredServer.Round accepted = load.round(round);
    double told = (taken() - before) * 1e9 / accepted.result().nanos();
    return new Accepted(accepted.perSecond(), told);
  }

  private long taken() {
    return sinks.stream().mapToLong(WebhookSink::taken).sum();
  }

  private void setAll(String state) throws IOException, InterruptedException {
    for (String endpoint : endpoints) {
      api.setState(endpoint, state);
    }
  }

  @Override
  public void close() {
    sinks.forEach(WebhookSink::close);
  }

  /// What came of a round.
  private record Accepted(double perSecond, double toldPerSecond) {}
}
