package io.recado.ops;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Has garbage collected before it takes the machine's memory from others.
///
/// The serial collector lets what has become old lie until the whole heap is used, which is
/// gigabytes on a large machine; and only when all of it is collected does the space for young
/// objects grow, so that fewer become old at all. So a collection is asked for whenever three
/// quarters more are used than were left after the last one. For one thread at a time.
public final class HeapWatch {

  /// How often to look.
  public static final Duration PAUSE = Duration.ofSeconds(2);

  /// Less than this is not worth a pause.
  static final long LEAST_BYTES = 128L << 20;

  private final LongSupplier used;
  private final Runnable collection;
  private long most = LEAST_BYTES;

  /// Watches this process.
  public HeapWatch() {
    this(() -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory(), System::gc);
  }

  HeapWatch(LongSupplier used, Runnable collection) {
    this.used = used;
    this.collection = collection;
  }

  /// Looks, and collects if it is time to.
  public void look() {
    if (used.getAsLong() > most) {
      collection.run();
      most = Math.max(LEAST_BYTES, used.getAsLong() / 4 * 7);
    }
  }
}
