package io.recado.benchmarks;

import io.recado.http.request.Fields;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.message.MessageStatus;
import io.recado.message.Progress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What the core functions of a request cost by themselves, by JMH.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class CoreBenchmark {

  private static final Instant NOW = Instant.parse("2026-04-03T10:00:00Z");

  private final byte[] body =
      "{\"text\": \"Your order has been confirmed.\"}".getBytes(StandardCharsets.UTF_8);
  private final JsonObject parsed = Json.readObject(body);
  private final Progress sending = Progress.begin(MessageStatus.SENDING, NOW);

  /// Parses the body of the documentation's example.
  @Benchmark
  public JsonObject parse() {
    return Json.readObject(body);
  }

  /// Reads it field by field.
  @Benchmark
  public Optional<String> fields() {
    Fields fields = new Fields(parsed);
    Optional<String> text = fields.text("text", 1, 4_096);
    fields.check();
    return text;
  }

  /// Writes it.
  @Benchmark
  public byte[] write() {
    return Json.write(parsed);
  }

  /// A receipt that proves two skipped steps.
  @Benchmark
  public List<Progress.Step> progress() {
    return sending.report(MessageStatus.READ, null, NOW);
  }
}
