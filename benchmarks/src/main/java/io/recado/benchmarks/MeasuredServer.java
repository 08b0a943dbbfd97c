package io.recado.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// A server under load, round by round.
final class MeasuredServer implements AutoCloseable {

  private static final int SLICE_MILLIS = 500;

  private final ServerProcess server;
  private final LoadGenerator load;
  private final List<Round> rounds = new ArrayList<>();

  MeasuredServer(ServerProcess server, RequestBytes requests, int connections) throws IOException {
    this.server = server;
    this.load = new LoadGenerator(server.port(), connections, requests);
  }

  /// Lets the JVM compile what will be measured, and does meanwhile what is done between rounds:
  /// the first other request after millions of one kind has the JVM throw away the code for that
  /// kind and compile it anew, which takes longer than a round. And clients come and go meanwhile:
  /// what runs once for a connection is interpreted until a few hundred have been opened, and as
  /// long as one of those is served each wait of it costs more.
  void warmUp(Duration duration) throws IOException, InterruptedException {
    long slices = Math.max(1, duration.toMillis() / SLICE_MILLIS);
    for (int i = 0; i < slices; i++) {
      JournalCounts.of(server.address());
      load.run(duration.dividedBy(slices));
      load.reconnect();
    }
  }

  /// Measures once more.
  Round round(Duration duration) throws IOException, InterruptedException {
    ProcessUsage before = server.usage();
    JournalCounts countsBefore = JournalCounts.of(server.address());
    LoadGenerator.Result result = load.run(duration);
    JournalCounts counts = JournalCounts.of(server.address()).since(countsBefore);
    var round = new Round(result, server.usage().since(before), counts);
    rounds.add(round);
    return round;
  }

  /// The median of the rounds in one respect.
  double median(ToDoubleFunction<Round> respect) {
    double[] sorted = rounds.stream().mapToDouble(respect).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /// How many answers of all rounds were no 200.
  long errors() {
    return rounds.stream().mapToLong(round -> round.result.errors()).sum();
  }

  @Override
  public void close() throws IOException {
    load.close();
  }

  /// What one round came to.
  ///
  /// @param usage of the server's process
  record Round(LoadGenerator.Result result, ProcessUsage usage, JournalCounts counts) {

    double perSecond() {
      return result.perSecond();
    }

    double millis(double part) {
      return result.latencies().millis(part);
    }

    double cpuMicros() {
      return (double) usage.cpuMicros() / result.latencies().count();
    }

    double writtenBytes() {
      return (double) usage.writtenBytes() / result.latencies().count();
    }

    double perCommit() {
      return counts.writes() / counts.commits();
    }
  }
}
