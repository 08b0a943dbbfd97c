package io.recado.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/// What the WhatsApp emulator costs by itself: a text is sent, answered, and its three statuses
/// come back in signed callbacks. Whoever measures a server against the emulator on one machine
/// pays this too.
///
/// @param rate sends a second, [LoadGenerator#UNLIMITED] for as many as are answered
record EmulatorBenchmark(
    int connections, int recipients, int rate, int rounds, Duration warmUp, Duration round) {

  private static final String HEADER =
      "  sends/s   p50 ms   p99 ms  CPU us  statuses/callback  bytes/callback  errors  missing"
          + "  RSS MiB  CPU us by thread";
  private static final long FIRST_PHONE = 573_190_100_000L;
  private static final int STATUSES = 3;

  /// Runs it and prints what it finds.
  void run(PrintStream out) throws IOException, InterruptedException {
    try (var sink = new CallbackSink();
        ServerProcess emulator = ServerProcess.emulator();
        var control = new EmulatorControl(emulator.address())) {
      prepare(control, sink);
      try (var load = new LoadGenerator(emulator.port(), connections, sends())) {
        load.run(warmUp, rate);
        out.println(HEADER);
        for (int i = 0; i < rounds; i++) {
          measure(out, emulator, load, sink);
        }
      }
    }
  }

  private void measure(
      PrintStream out, ServerProcess emulator, LoadGenerator load, CallbackSink sink)
      throws IOException {
    awaitQuiet(sink, Long.MAX_VALUE);
    CallbackSink.Counts countsBefore = sink.counts();
    ProcessUsage before = emulator.usage();
    ThreadUsage threadsBefore = ThreadUsage.of(emulator.pid());
    LoadGenerator.Result result = load.run(round, rate);
    long sends = result.latencies().count();
    awaitQuiet(sink, countsBefore.statuses() + STATUSES * sends);
    CallbackSink.Counts counts = sink.counts().since(countsBefore);
    ProcessUsage usage = emulator.usage().since(before);
    out.printf(
        "%9.0f  %7.2f  %7.2f  %6.1f  %17.1f  %14d  %6d  %7d  %7d  %s%n",
        result.perSecond(),
        result.latencies().millis(0.5),
        result.latencies().millis(0.99),
        (double) usage.cpuMicros() / sends,
        (double) counts.statuses() / counts.callbacks(),
        counts.bytes() / counts.callbacks(),
        result.errors(),
        STATUSES * sends - counts.statuses(),
        usage.residentKiB() >> 10,
        ThreadUsage.of(emulator.pid()).since(threadsBefore).perMessage(sends));
  }

  /// Until so many statuses have come, or none for two seconds, which is four times the longest
  /// delay between two of a message.
  private static void awaitQuiet(CallbackSink sink, long statuses) {
    long last = -1;
    long changed = System.nanoTime();
    while (last < statuses && System.nanoTime() - changed < TimeUnit.SECONDS.toNanos(2)) {
      long now = sink.counts().statuses();
      changed = now == last ? changed : System.nanoTime();
      last = now;
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private RequestBytes sends() {
    List<String> bodies =
        phones()
            .mapToObj(
                phone ->
                    """
                    {"messaging_product":"whatsapp","recipient_type":"individual","to":"%d","type":"text",\
                    "text":{"body":"Your order has been confirmed and will be with you on Thursday between 9 and 12."},\
                    "biz_opaque_callback_data":"665ab3c4d5e6f7a8b9c0d3e4-665ab3c4d5e6f7a8.1.0123456789abcdef"}\
                    """
                        .formatted(phone))
            .toList();
    return RequestBytes.posts("/v25.0/" + Api.PHONE_NUMBER_ID + "/messages", bodies);
  }

  private LongStream phones() {
    // Clear of the endings that choose a fate.
    return LongStream.range(0, recipients).map(i -> FIRST_PHONE + 1_000 + i);
  }

  private void prepare(EmulatorControl control, CallbackSink sink)
      throws IOException, InterruptedException {
    control.configure(sink.address());
    control.liftLimits();
    for (long phone : phones().toArray()) {
      control.write(Long.toString(phone));
    }
  }
}
