package io.recado.ops;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/// The JVM and its process, under the names that Prometheus' own clients use. Looked up when asked
/// for: the JVM's management is not loaded before.
final class ProcessMetrics {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  private ProcessMetrics() {}

  static void register(PrometheusRegistry registry) {
    GaugeWithCallback.builder()
        .name("jvm_memory_used_bytes")
        .help("Memory in use.")
        .labelNames("area")
        .callback(
            gauge -> {
              var memory = ManagementFactory.getMemoryMXBean();
              gauge.call(memory.getHeapMemoryUsage().getUsed(), "heap");
              gauge.call(memory.getNonHeapMemoryUsage().getUsed(), "nonheap");
            })
        .register(registry);
    gauge(
        registry,
        "jvm_memory_max_bytes",
        "What the heap may grow to.",
        () -> Runtime.getRuntime().maxMemory());
    gauge(
        registry,
        "jvm_threads_current",
        "Platform threads.",
        () -> ManagementFactory.getThreadMXBean().getThreadCount());
    collections(registry);
    counter(registry, "process_cpu_seconds_total", "CPU time.", ProcessMetrics::cpuSeconds);
    GaugeWithCallback.builder()
        .name("process_resident_memory_bytes")
        .help("Memory in RAM; absent where the system does not tell.")
        .callback(gauge -> residentBytes().ifPresent(gauge::call))
        .register(registry);
    gauge(
        registry,
        "process_start_time_seconds",
        "When the process started, in seconds of Unix time.",
        () -> startTime());
  }

  private static void collections(PrometheusRegistry registry) {
    CounterWithCallback.builder()
        .name("jvm_gc_collection_seconds_total")
        .help("Time of garbage collection.")
        .labelNames("gc")
        .callback(
            counter -> {
              for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
                counter.call(Math.max(0, gc.getCollectionTime()) / 1e3, gc.getName());
              }
            })
        .register(registry);
    CounterWithCallback.builder()
        .name("jvm_gc_collections_total")
        .help("Garbage collections.")
        .labelNames("gc")
        .callback(
            counter -> {
              for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
                counter.call(Math.max(0, gc.getCollectionCount()), gc.getName());
              }
            })
        .register(registry);
  }

  private static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
  }

  private static double startTime() {
    return ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH).toEpochMilli() / 1e3;
  }

  private static Optional<Double> residentBytes() {
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(RESIDENT))
          .findFirst()
          .map(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static void gauge(
      PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(gauge -> gauge.call(value.getAsDouble()))
        .register(registry);
  }

  private static void counter(
      PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(counter -> counter.call(value.getAsDouble()))
        .register(registry);
  }
}
