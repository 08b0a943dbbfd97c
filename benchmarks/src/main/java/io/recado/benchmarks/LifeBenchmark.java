package io.recado.benchmarks;

import io.recado.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The whole life of messages: accepted, attempted, sent, delivered, read, each step with its
/// event. The emulator and the load share the machine with the server, over real HTTP.
///
/// @param rate messages a second that are offered for as long as `sustained`
/// @param window how many messages are under way when it goes as fast as it can
record LifeBenchmark(
    int connections, int conversations, int rate, int window, Duration warmUp, Duration sustained) {

  private static final Duration LATENCY = Duration.ofSeconds(15);
  private static final int LEDGER_PAGE = 1_000;
  // While the load begins, fewer come out than go in.
  private static final long BEGINNING_NANOS = 3_000_000_000L;

  /// Runs it and prints what it finds.
  void run(PrintStream out) throws IOException, InterruptedException {
    try (var world = new LifeWorld(conversations)) {
      warmUp(world);
      latencies(out, world, 10);
      latencies(out, world, rate / 2);
      sustain(out, world);
      asFastAsItGoes(out, world);
    }
  }

  /// Connections of its own for each part: those of the part before may have been idle for so long
  /// that the server has closed them.
  private LoadGenerator load(LifeWorld world) throws IOException {
    return new LoadGenerator(world.recado().port(), connections, world.texts());
  }

  private void warmUp(LifeWorld world) throws IOException, InterruptedException {
    LifeCounts before = world.counts();
    try (var samples = new LifeSamples(world);
        var load = load(world)) {
      LoadGenerator.Result result = load.run(warmUp, samples.window(window), (_, _) -> {});
      world.awaitEnd(before, result.latencies().count());
    }
  }

  /// From the 200 to the provider's receipt of the call, by the provider's own clock, which shows
  /// whole milliseconds.
  private void latencies(PrintStream out, LifeWorld world, int perSecond)
      throws IOException, InterruptedException {
    world.control().forget();
    LifeCounts before = world.counts();
    Map<Long, Long> answered = new HashMap<>();
    long wallNanos = wallNanos() - System.nanoTime();
    LoadGenerator.Result result;
    try (var load = load(world)) {
      result =
          load.run(
              LATENCY,
              passed -> (long) (passed / 1e9 * perSecond) + 1,
              (connection, nanos) -> answered.put(connection.number(), nanos + wallNanos));
    }
    world.awaitEnd(before, result.latencies().count());
    var starts = new Latencies();
    long arrival = 0;
    for (List<JsonObject> page = world.control().messages(arrival, LEDGER_PAGE);
        !page.isEmpty();
        page = world.control().messages(arrival, LEDGER_PAGE)) {
      for (JsonObject call : page) {
        arrival = call.number("arrival").orElseThrow();
        Long answer = answered.get(number(call));
        if (answer != null) {
          Instant time = Instant.parse(call.string("time").orElseThrow());
          // In the middle of its millisecond.
          starts.add(1_000_000L * time.toEpochMilli() + 500_000 - answer);
        }
      }
    }
    out.printf(
        "at %d/s: accept p50 %.2f ms, p99 %.2f ms; from the 200 to the provider p50 %.1f ms, p99"
            + " %.1f ms (%d of %d messages seen there, %d errors)%n",
        perSecond,
        result.latencies().millis(0.5),
        result.latencies().millis(0.99),
        starts.millis(0.5),
        starts.millis(0.99),
        starts.count(),
        result.latencies().count(),
        result.errors());
  }

  private void sustain(PrintStream out, LifeWorld world) throws IOException, InterruptedException {
    LifeCounts before = world.counts();
    Usage usage = Usage.of(world);
    try (var samples = new LifeSamples(world);
        var load = load(world)) {
      LoadGenerator.Result result =
          load.run(sustained, passed -> (long) (passed / 1e9 * rate) + 1, (_, _) -> {});
      LifeCounts atEnd = world.counts().since(before);
      double perSecond = samples.readPerSecond(BEGINNING_NANOS);
      double slope = samples.residentSlope(BEGINNING_NANOS);
      LifeCounts counts = world.awaitEnd(before, result.latencies().count()).since(before);
      long messages = result.latencies().count();
      out.printf(
          "sustained for %d s: offered %d/s, accepted %.0f/s, sent %.0f/s, read %.0f/s (required"
              + " 3000/s); errors %d, failed %d, never read %d, under way at the end %d%n",
          sustained.toSeconds(),
          rate,
          result.perSecond(),
          atEnd.sent() * 1e9 / result.nanos(),
          perSecond,
          result.errors(),
          counts.failed(),
          messages - counts.read() - counts.failed(),
          messages - atEnd.read());
      out.printf(
          "  accept p50 %.2f ms, p99 %.2f ms; memory %d MiB, rising by %.1f MiB/min%n",
          result.latencies().millis(0.5),
          result.latencies().millis(0.99),
          world.recado().usage().residentKiB() >> 10,
          slope);
      usage.print(out, world, messages, counts);
      out.printf("  load generator %.1f us%n", result.ownCpuMicros());
    }
  }

  private void asFastAsItGoes(PrintStream out, LifeWorld world)
      throws IOException, InterruptedException {
    LifeCounts before = world.counts();
    try (var samples = new LifeSamples(world);
        var load = load(world)) {
      LoadGenerator.Result result =
          load.run(sustained.dividedBy(3), samples.window(window), (_, _) -> {});
      double perSecond = samples.readPerSecond(BEGINNING_NANOS);
      world.awaitEnd(before, result.latencies().count());
      out.printf(
          "as fast as it goes with %d under way: read %.0f/s; accept p50 %.2f ms, p99 %.2f ms%n",
          window, perSecond, result.latencies().millis(0.5), result.latencies().millis(0.99));
    }
  }

  private static long number(JsonObject call) {
    String text =
        call.object("payload")
            .flatMap(p -> p.object("text"))
            .flatMap(t -> t.string("body"))
            .orElse("");
    int end = text.indexOf(':');
    return end < 0 ? -1 : Long.parseUnsignedLong(text.substring(0, end), 16);
  }

  private static long wallNanos() {
    Instant now = Instant.now();
    return 1_000_000_000L * now.getEpochSecond() + now.getNano();
  }

  /// What both processes have used at some moment.
  private record Usage(
      ProcessUsage recado,
      ThreadUsage recadoThreads,
      ProcessUsage emulator,
      ThreadUsage emulatorThreads) {

    static Usage of(LifeWorld world) throws IOException {
      return new Usage(
          world.recado().usage(),
          ThreadUsage.of(world.recado().pid()),
          world.emulator().usage(),
          ThreadUsage.of(world.emulator().pid()));
    }

    /// Prints what was used since.
    void print(PrintStream out, LifeWorld world, long messages, LifeCounts counts)
        throws IOException {
      Usage now = of(world);
      ProcessUsage server = now.recado.since(recado);
      ProcessUsage provider = now.emulator.since(emulator);
      out.printf(
          "  CPU per 1,000 messages: recado %.3f s, emulator %.3f s; per message: %.1f writes, %.1f"
              + " writes per commit, %.1f kB written%n",
          server.cpuMicros() / 1e3 / messages,
          provider.cpuMicros() / 1e3 / messages,
          (double) counts.writes() / messages,
          (double) counts.writes() / counts.commits(),
          server.writtenBytes() / 1e3 / messages);
      out.printf(
          "  recado, us by thread: %s%n",
          now.recadoThreads.since(recadoThreads).perMessage(messages));
      out.printf(
          "  emulator, us by thread: %s%n",
          now.emulatorThreads.since(emulatorThreads).perMessage(messages));
    }
  }
}
