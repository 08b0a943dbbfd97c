package io.recado.prove.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/// A data folder as a crash at this moment would leave it.
///
/// @param taken before this moment the server stood still
public record DatabaseCopy(Path folder, Instant taken) {

  private static final String DATABASE = "recado.db";
  private static final String LOG = "recado.db-wal";
  private static final int LOG_HEADER = 32;
  private static final int FRAME_HEADER = 24;

  /// Lets the server stand still, and copies what it has written.
  public static DatabaseCopy take(ServerProcess server, Path data, Path folder, Instant now) {
    server.signal("STOP");
    try {
      Files.createDirectories(folder);
      for (String name : List.of(DATABASE, LOG, "master.key")) {
        if (Files.exists(data.resolve(name))) {
          Files.copy(data.resolve(name), folder.resolve(name));
        }
      }
      return new DatabaseCopy(folder, now);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      server.signal("CONT");
    }
  }

  /// How many whole frames of the current generation the write-ahead log holds.
  public int frames() {
    try (FileChannel log = open()) {
      long frame = frameSize(log);
      long salts = read(log, 16);
      int frames = 0;
      while (LOG_HEADER + (frames + 1) * frame <= log.size()
          && read(log, LOG_HEADER + frames * frame + 8) == salts) {
        frames++;
      }
      return frames;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Cuts the log off within one of its last frames.
  public void truncate(RandomGenerator random) {
    try (FileChannel log = open()) {
      log.truncate(somewhere(log, random));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Turns a byte around in one of the log's last frames.
  public void flip(RandomGenerator random) {
    try (FileChannel log = open()) {
      long at = somewhere(log, random);
      ByteBuffer one = ByteBuffer.allocate(1);
      log.read(one, at);
      one.put(0, (byte) ~one.get(0)).rewind();
      log.write(one, at);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long somewhere(FileChannel log, RandomGenerator random) throws IOException {
    long frame = frameSize(log);
    long end = LOG_HEADER + frames() * frame;
    return end - random.nextLong(1, Math.min(4 * frame, end - LOG_HEADER) + 1);
  }

  private static long frameSize(FileChannel log) throws IOException {
    return FRAME_HEADER + (read(log, 8) >>> 32);
  }

  private static long read(FileChannel log, long at) throws IOException {
    ByteBuffer eight = ByteBuffer.allocate(8);
    log.read(eight, at);
    return eight.getLong(0);
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(folder.resolve(LOG), StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /// What the database's own checks complain of. No server must be running on it.
  public List<String> damages() {
    return new Sqlite(folder).damages();
  }
}
