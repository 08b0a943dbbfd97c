package io.recado.ops;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the database and looks at the disk every two seconds on a thread of its own, so that nobody
/// who asks for the server's health has to wait for either. Safe for many threads.
public final class StorageWatch implements AutoCloseable {

  /// An answer of the database that takes longer is none.
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /// How long an answer counts.
  static final Duration MAX_AGE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(StorageWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final long FLOOR_BYTES = 512L << 20;
  private static final long FLOOR_PART = 20;

  private final Runnable question;
  private final Disk disk;
  private final LongSupplier nanoTime;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile long answered;
  private volatile long freeBytes;
  private volatile boolean hasRoom = true;

  /// A watch that is not started. The database counts as having answered just now.
  ///
  /// @param question asks the database something cheap; throws when it does not answer
  /// @param nanoTime a clock that never jumps, such as `System::nanoTime`
  public StorageWatch(Runnable question, Disk disk, LongSupplier nanoTime) {
    this.question = question;
    this.disk = disk;
    this.nanoTime = nanoTime;
    this.answered = nanoTime.getAsLong();
    this.freeBytes = disk.freeBytes();
  }

  /// Starts to watch, until closed.
  public StorageWatch start() {
    Thread.ofPlatform().name("storage-watch").daemon().start(this::run);
    return this;
  }

  /// Whether the database answered within a second in the last five.
  public boolean isDatabaseUp() {
    return nanoTime.getAsLong() - answered < MAX_AGE.toNanos();
  }

  /// Whether 512 MiB or 5 % of the disk are free.
  public boolean hasRoom() {
    return hasRoom;
  }

  /// What was free when last looked at.
  public long freeBytes() {
    return freeBytes;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  /// Looks once.
  void look() {
    long began = nanoTime.getAsLong();
    try {
      question.run();
      if (nanoTime.getAsLong() - began <= PATIENCE.toNanos()) {
        answered = nanoTime.getAsLong();
      }
    } catch (RuntimeException e) {
      // Whatever it is, the database did not answer; readiness tells, and the next round asks.
      LOG.debug("the database did not answer", e);
    }
    freeBytes = disk.freeBytes();
    boolean nowHasRoom = freeBytes >= Math.min(FLOOR_BYTES, disk.totalBytes() / FLOOR_PART);
    if (hasRoom && !nowHasRoom) {
      LOG.warn("the disk of the data folder has {} MiB left", freeBytes >> 20);
    }
    hasRoom = nowHasRoom;
  }

  private void run() {
    try {
      while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// The disk that the data is on.
  public interface Disk {

    long freeBytes();

    long totalBytes();

    /// The disk under a folder.
    static Disk of(Path folder) {
      return new Disk() {
        @Override
        public long freeBytes() {
          return folder.toFile().getUsableSpace();
        }

        @Override
        public long totalBytes() {
          return folder.toFile().getTotalSpace();
        }
      };
    }
  }
}
