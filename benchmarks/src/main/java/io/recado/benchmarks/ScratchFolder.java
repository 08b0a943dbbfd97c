package io.recado.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// An empty folder that is deleted at the end. In the working directory's file system, as the
/// system's folder for temporary files may be no disk at all, where a sync costs nothing.
final class ScratchFolder implements AutoCloseable {

  private final Path path;

  ScratchFolder() throws IOException {
    Path target = Path.of("benchmarks", "target");
    Path parent = Files.isDirectory(target) ? target : Path.of("");
    path = Files.createTempDirectory(parent.toAbsolutePath(), "scratch");
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      files.sorted(Comparator.reverseOrder()).forEach(ScratchFolder::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
