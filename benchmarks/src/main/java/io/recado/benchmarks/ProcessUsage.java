package io.recado.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a process has used since its start, as Linux counts it.
///
/// @param cpuMicros of all of its threads, user and system, to 10 ms
/// @param writtenBytes handed to the storage layer
/// @param residentKiB in memory now
record ProcessUsage(long cpuMicros, long writtenBytes, long residentKiB) {

  // USER_HZ, which is 100 on every Linux that Java runs on.
  private static final long MICROS_PER_TICK = 10_000;

  static ProcessUsage of(long pid) throws IOException {
    Path folder = Path.of("/proc", Long.toString(pid));
    String stat = Files.readString(folder.resolve("stat"));
    // The second field is the name in brackets, which may hold anything; utime and stime are fields
    // 14 and 15. Source: proc_pid_stat(5).
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    return new ProcessUsage(
        ticks * MICROS_PER_TICK,
        number(folder.resolve("io"), "write_bytes:"),
        number(folder.resolve("status"), "VmRSS:"));
  }

  /// What was used between an earlier moment and this one; memory as it is now.
  ProcessUsage since(ProcessUsage before) {
    return new ProcessUsage(
        cpuMicros - before.cpuMicros, writtenBytes - before.writtenBytes, residentKiB);
  }

  private static long number(Path file, String name) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.substring(name.length()).replace("kB", "").strip());
      }
    }
    throw new IOException(file + " has no line " + name);
  }
}
