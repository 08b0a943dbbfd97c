package io.recado.statistics;

import io.recado.json.JsonObject;
import io.recado.statistics.Tallies.Tally;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What was counted in a time, as the API shows it. For one thread.
final class Summary {

  private final Map<Measure, Long> counts = new EnumMap<>(Measure.class);
  private final Map<String, Long> failures = new TreeMap<>();
  private final Map<Measure, Histogram> latencies = new EnumMap<>(Measure.class);

  void add(Tally tally) {
    Measure measure = tally.key().measure();
    String label = tally.key().label();
    switch (measure) {
      case ACCEPTED, SENT, DELIVERED, READ, RECEIVED, SEEN ->
          counts.merge(measure, tally.count(), Long::sum);
      case FAILED -> {
        counts.merge(measure, tally.count(), Long::sum);
        failures.merge(label, tally.count(), Long::sum);
      }
      case ACCEPTED_TO_SENT, SENT_TO_DELIVERED, DELIVERED_TO_READ ->
          latencies
              .computeIfAbsent(measure, _ -> new Histogram())
              .add(Long.parseLong(label), tally.count());
    }
  }

  JsonObject.Builder addTo(JsonObject.Builder json) {
    return json.with(
            "outbound",
            JsonObject.builder()
                .with("accepted", count(Measure.ACCEPTED))
                .with("sent", count(Measure.SENT))
                .with("delivered", count(Measure.DELIVERED))
                .with("read", count(Measure.READ))
                .with("failed", count(Measure.FAILED))
                .build())
        .with(
            "inbound",
            JsonObject.builder()
                .with("received", count(Measure.RECEIVED))
                .with("read", count(Measure.SEEN))
                .build())
        .with("failures", failures())
        .with(
            "latencies",
            JsonObject.builder()
                .with("acceptedToSent", latency(Measure.ACCEPTED_TO_SENT))
                .with("sentToDelivered", latency(Measure.SENT_TO_DELIVERED))
                .with("deliveredToRead", latency(Measure.DELIVERED_TO_READ))
                .build());
  }

  private long count(Measure measure) {
    return counts.getOrDefault(measure, 0L);
  }

  private List<JsonObject> failures() {
    return failures.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .map(
            entry ->
                JsonObject.builder()
                    .with("reason", entry.getKey())
                    .with("count", entry.getValue())
                    .build())
        .toList();
  }

  private @Nullable JsonObject latency(Measure measure) {
    Histogram histogram = latencies.get(measure);
    return histogram == null
        ? null
        : JsonObject.builder()
            .with("count", histogram.count())
            .with("p50", seconds(histogram.quantile(0.5)))
            .with("p90", seconds(histogram.quantile(0.9)))
            .with("p99", seconds(histogram.quantile(0.99)))
            .build();
  }

  private static String seconds(long millis) {
    return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString() + "s";
  }
}
