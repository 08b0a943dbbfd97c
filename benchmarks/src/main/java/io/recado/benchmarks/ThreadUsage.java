package io.recado.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// What the threads of a process have used, by their names without numbers: `ForkJoinPool` are the
/// carriers of virtual threads, `C2 CompilerThre` and `VM Thread` the JVM itself.
///
/// @param cpuMicros by name, user and system, to 10 ms each
record ThreadUsage(Map<String, Long> cpuMicros) {

  private static final long MICROS_PER_TICK = 10_000;

  static ThreadUsage of(long pid) throws IOException {
    Map<String, Long> micros = new TreeMap<>();
    Path tasks = Path.of("/proc", Long.toString(pid), "task");
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        try {
          add(Files.readString(thread.resolve("stat")), micros);
        } catch (NoSuchFileException _) {
          // It ended meanwhile, and its time with it.
        }
      }
    }
    return new ThreadUsage(micros);
  }

  /// What was used between an earlier moment and this one.
  ThreadUsage since(ThreadUsage before) {
    Map<String, Long> rest = new TreeMap<>(cpuMicros);
    before.cpuMicros.forEach((name, micros) -> rest.merge(name, -micros, Long::sum));
    return new ThreadUsage(rest);
  }

  /// The names that used most, each with its share of some count: `ForkJoinPool 41.3, …`.
  String perMessage(long count) {
    return cpuMicros.entrySet().stream()
        .filter(thread -> thread.getValue() >= count / 2)
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(thread -> "%s %.1f".formatted(thread.getKey(), (double) thread.getValue() / count))
        .reduce((left, right) -> left + ", " + right)
        .orElse("none");
  }

  // Source of the fields: proc_pid_stat(5), as in ProcessUsage.
  private static void add(String stat, Map<String, Long> micros) {
    String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    micros.merge(name.replaceAll("[-#]+[0-9].*$", ""), ticks * MICROS_PER_TICK, Long::sum);
  }
}
