package io.recado.prove.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a process uses now, as Linux counts it.
public record Usage(long residentKiB, long threads, long files) {

  public static Usage of(long pid) {
    Path folder = Path.of("/proc", Long.toString(pid));
    try (var open = Files.list(folder.resolve("fd"))) {
      String status = Files.readString(folder.resolve("status"));
      return new Usage(number(status, "VmRSS:"), number(status, "Threads:"), open.count());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long number(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
