package io.recado.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;

/// What is left of a server's speed when far more is asked of it than it can do: connections that
/// ask again the moment they are refused, twice as many as the requests that it works on at once.
record OverloadBenchmark(int connections, Duration warmUp, Duration duration) {

  private static final int USUAL_CONNECTIONS = 64;
  private static final int CONVERSATIONS = 200;
  private static final double GOOD = 0.8;
  private static final int SECONDS_TO_RECOVER = 5;
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// Runs it and prints what it finds.
  void run(PrintStream out) throws IOException, InterruptedException {
    try (var folder = new ScratchFolder();
        ServerProcess server = ServerProcess.recado(folder.path())) {
      RequestBytes requests = AcceptBenchmark.messages(server, CONVERSATIONS, false);
      double peak;
      try (var usual = new LoadGenerator(server.port(), USUAL_CONNECTIONS, requests)) {
        usual.run(warmUp);
        peak = usual.run(warmUp).perSecond();
      }
      out.printf("peak with %d connections: %.0f/s%n", USUAL_CONNECTIONS, peak);
      overload(out, server, requests, peak);
      try (var usual = new LoadGenerator(server.port(), USUAL_CONNECTIONS, requests)) {
        recover(out, usual, peak);
      }
    }
  }

  private void overload(PrintStream out, ServerProcess server, RequestBytes requests, double peak)
      throws IOException {
    try (var crowd = new LoadGenerator(server.port(), connections, requests)) {
      var before = new Answers();
      crowd.run(duration.dividedBy(4), LoadGenerator.AT_ONCE, before::count);
      long residentBefore = server.usage().residentKiB() >> 10;
      var answers = new Answers();
      LoadGenerator.Result result = crowd.run(duration, LoadGenerator.AT_ONCE, answers::count);
      double seconds = result.nanos() / 1e9;
      out.printf(
          "overload with %d connections for %.0f s: offered %.0f/s (%.1f times the peak), accepted"
              + " %.0f/s (%.2f of the peak, required %.2f)%n",
          connections,
          seconds,
          result.perSecond(),
          result.perSecond() / peak,
          answers.accepted / seconds,
          answers.accepted / seconds / peak,
          GOOD);
      out.printf(
          "  refused with Retry-After %d, otherwise %d (required 0); memory %d MiB, before %d"
              + " MiB%n",
          answers.refused, answers.others, server.usage().residentKiB() >> 10, residentBefore);
    }
  }

  private static void recover(PrintStream out, LoadGenerator usual, double peak)
      throws IOException {
    double speed = 0;
    for (int i = 1; i <= SECONDS_TO_RECOVER; i++) {
      speed = usual.run(SECOND).perSecond();
      if (speed >= GOOD * peak) {
        out.printf("recovered in second %d: %.0f/s%n", i, speed);
        return;
      }
    }
    out.printf("not recovered in %d s: %.0f/s%n", SECONDS_TO_RECOVER, speed);
  }

  /// What was answered.
  private static final class Answers {

    private long accepted;
    private long refused;
    private long others;

    void count(LoadConnection connection, long nanos) {
      int status = connection.status();
      if (status == 200) {
        accepted++;
      } else if ((status == 503 || status == 429) && connection.hasRetryAfter()) {
        refused++;
      } else {
        others++;
      }
    }
  }
}
