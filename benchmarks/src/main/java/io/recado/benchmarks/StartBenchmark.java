package io.recado.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// How long `serve` takes on an empty folder until it says that it is ready, and how much memory it
/// then uses: as the jar is, and through the launcher with its AOT cache.
///
/// @param root the folder of the launcher
record StartBenchmark(int rounds, Path root) {

  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long TRAINING_NANOS = TimeUnit.MINUTES.toNanos(3);

  /// Runs it and prints what it finds.
  void run(PrintStream out) throws IOException {
    List<String> launcher = List.of(root.resolve("recado").toString(), "serve");
    // Builds what is missing, and has the cache made in the background.
    start(launcher);
    awaitCache();
    long[][] plain = new long[rounds][];
    long[][] cached = new long[rounds][];
    for (int i = 0; i < rounds; i++) {
      plain[i] = start(null);
      cached[i] = start(launcher);
    }
    out.println("start                      ready ms  lowest  idle MiB");
    print(out, "java -jar, no cache", plain);
    print(out, "./recado, AOT cache", cached);
    out.println("required: 1500 ms and 150 MiB; with the cache 700 ms");
  }

  private static void print(PrintStream out, String name, long[][] starts) {
    out.printf(
        "%-25s  %8d  %6d  %8d%n",
        name,
        median(starts, 0),
        Arrays.stream(starts).mapToLong(start -> start[0]).min().orElseThrow(),
        median(starts, 1));
  }

  private static long median(long[][] starts, int field) {
    long[] sorted = Arrays.stream(starts).mapToLong(start -> start[field]).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /// Starts it once: milliseconds until ready, MiB when idle.
  private static long[] start(List<String> command) throws IOException {
    try (var folder = new ScratchFolder();
        ServerProcess server =
            command == null
                ? ServerProcess.recado(folder.path())
                : ServerProcess.recado(command, folder.path())) {
      LockSupport.parkNanos(IDLE_NANOS);
      return new long[] {
        TimeUnit.NANOSECONDS.toMillis(server.readyNanos()), server.usage().residentKiB() >> 10
      };
    }
  }

  private void awaitCache() throws IOException {
    Path caches = root.resolve(".cache").resolve("aot");
    long end = System.nanoTime() + TRAINING_NANOS;
    while (!hasCache(caches)) {
      if (System.nanoTime() > end) {
        throw new IOException("the launcher made no AOT cache in " + caches);
      }
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }
  }

  private static boolean hasCache(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.aot")) {
      return files.iterator().hasNext();
    }
  }
}
