package io.recado.prove.world;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A folder that is a disk of its own, in memory, so that it can be full.
public final class SmallDisk implements AutoCloseable {

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /// Why there can be none on this machine, and what to do about it; empty when there can be one.
  public static Optional<String> obstacle() {
    boolean isRoot = System.getProperty("user.name").equals("root");
    boolean isLinux = System.getProperty("os.name").equals("Linux");
    return isRoot && isLinux
        ? Optional.empty()
        : Optional.of("it mounts a tmpfs, which only root on Linux may; run it as root");
  }

  /// @throws CannotRun when the system does not let us
  public static SmallDisk mount(Path folder, int megabytes) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
    return new SmallDisk(folder);
  }

  /// Takes all of its room but so much, or all of it when somebody else takes the rest meanwhile.
  public void fillBut(int megabytes) {
    byte[] chunk = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(ballast())) {
      while (folder.toFile().getUsableSpace() > (long) (megabytes + 1) << 20) {
        out.write(chunk);
      }
    } catch (IOException e) {
      if (folder.toFile().getUsableSpace() >= chunk.length) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Gives the room back.
  public void free() {
    try {
      Files.delete(ballast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  private static void run(String... command) {
    try {
      if (new ProcessBuilder(List.of(command)).inheritIO().start().waitFor() != 0) {
        throw new CannotRun("This system does not do: " + String.join(" ", command));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    run("umount", folder.toString());
  }
}
