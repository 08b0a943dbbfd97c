package io.recado.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.LongUnaryOperator;

/// Keeps connections busy from one thread: each sends its next request as soon as it has the answer
/// to the one before. Cheap, since it shares the machine with the server: requests are bytes made
/// beforehand, and of an answer only its status and its length are read.
final class LoadGenerator implements AutoCloseable {

  /// Lets every connection send as soon as it has its answer.
  static final LongUnaryOperator AT_ONCE = _ -> Long.MAX_VALUE;

  /// As many requests a second as are answered.
  static final int UNLIMITED = 0;

  private final Selector selector = Selector.open();
  private final int port;
  private final int connections;
  private final RequestBytes requests;

  /// Opens the connections.
  LoadGenerator(int port, int connections, RequestBytes requests) throws IOException {
    this.port = port;
    this.connections = connections;
    this.requests = requests;
    connect();
  }

  /// Closes all connections and opens as many new ones.
  void reconnect() throws IOException {
    disconnect();
    selector.selectNow();
    connect();
  }

  /// Sends for about that long as fast as answers come, then waits for the last answers.
  ///
  /// @throws IOException when a connection was closed, which a server under load must not do
  Result run(Duration duration) throws IOException {
    return run(duration, UNLIMITED);
  }

  /// The same, but with no more than so many requests a second, evenly over the time.
  Result run(Duration duration, int perSecond) throws IOException {
    return run(duration, passed -> due(passed, perSecond), (_, _) -> {});
  }

  /// The same, but paced.
  ///
  /// @param pace how many requests may have been sent when so many nanoseconds have passed
  /// @param witness told of every answer
  Result run(Duration duration, LongUnaryOperator pace, Witness witness) throws IOException {
    var latencies = new Latencies();
    long errors = 0;
    long cpuStart = cpuNanos();
    long start = System.nanoTime();
    var idle = new ArrayDeque<LoadConnection>();
    for (SelectionKey key : selector.keys()) {
      idle.add((LoadConnection) key.attachment());
    }
    long sent = 0;
    for (long passed = 0; passed < duration.toNanos() || idle.size() < connections; ) {
      long due = passed < duration.toNanos() ? pace.applyAsLong(passed) : 0;
      for (; sent < due && !idle.isEmpty(); sent++) {
        idle.remove().send(requests);
      }
      selector.select(1);
      long now = System.nanoTime();
      for (SelectionKey key : selector.selectedKeys()) {
        var connection = (LoadConnection) key.attachment();
        if (connection.receive()) {
          latencies.add(now - connection.sentNanos());
          witness.answered(connection, now);
          errors += connection.status() == 200 ? 0 : 1;
          idle.add(connection);
        }
      }
      selector.selectedKeys().clear();
      passed = now - start;
    }
    return new Result(latencies, errors, System.nanoTime() - start, cpuNanos() - cpuStart);
  }

  private static long due(long passedNanos, int perSecond) {
    return perSecond == UNLIMITED ? Long.MAX_VALUE : (long) (passedNanos / 1e9 * perSecond) + 1;
  }

  @Override
  public void close() throws IOException {
    disconnect();
    selector.close();
  }

  private void connect() throws IOException {
    for (int i = 0; i < connections; i++) {
      var connection = new LoadConnection(port);
      connection.channel().register(selector, SelectionKey.OP_READ, connection);
    }
  }

  private void disconnect() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /// Told of an answer, and when it came by [System#nanoTime].
  @FunctionalInterface
  interface Witness {
    void answered(LoadConnection connection, long nanos);
  }

  /// What came of a run.
  ///
  /// @param errors answers other than 200
  /// @param nanos how long it was
  /// @param ownCpuNanos what the generator itself used
  record Result(Latencies latencies, long errors, long nanos, long ownCpuNanos) {

    double perSecond() {
      return latencies.count() * 1e9 / nanos;
    }

    double ownCpuMicros() {
      return ownCpuNanos / 1e3 / latencies.count();
    }
  }
}
