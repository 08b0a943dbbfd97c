package io.recado.channel;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// What the database holds, kept in memory: read when it is first asked for, changed by this node's
/// own commits at once, and read again after a while because other nodes change it too.
///
/// A value may be as old as `maxAge` and the time of one query. Finding one that is there is one
/// look-up; the one caller that comes when it has aged reads it again, all others go on with what
/// is there. A read that began before a change of this node never overwrites it. Safe for many
/// threads.
public final class ReadThrough<K, V> {

  private final Function<K, Optional<V>> read;
  private final Duration maxAge;
  private final InstantSource clock;
  private final Observer<V> observer;
  private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();
  private long changes;

  /// @param read asks the database; blocks
  /// @param observer told when a value that was there was read again
  public ReadThrough(
      Function<K, Optional<V>> read, Duration maxAge, InstantSource clock, Observer<V> observer) {
    this.read = read;
    this.maxAge = maxAge;
    this.clock = clock;
    this.observer = observer;
  }

  /// The value of a key; empty when the database has none, which is asked each time.
  public Optional<V> find(K key) {
    Entry<V> entry = entries.get(key);
    if (entry == null || entry.isDue(clock.millis())) {
      return reload(key);
    }
    return Optional.of(entry.value);
  }

  /// Takes what this node has just committed. Quick; calls nobody.
  public synchronized void put(K key, V value) {
    changes++;
    entries.put(key, entry(value));
  }

  /// Forgets what this node has just removed or changed. Quick; calls nobody.
  public synchronized void remove(K key) {
    changes++;
    entries.remove(key);
  }

  private Optional<V> reload(K key) {
    while (true) {
      long before = changes();
      Optional<V> value = read(key);
      Stored<V> stored = store(key, value, before);
      if (stored.done) {
        stored.old.ifPresent(previous -> observer.readAgain(previous, value));
        return value;
      }
    }
  }

  private Optional<V> read(K key) {
    try {
      return read.apply(key);
    } catch (RuntimeException e) {
      Entry<V> entry = entries.get(key);
      if (entry != null) {
        // The next caller asks again.
        entry.reading.set(false);
      }
      throw e;
    }
  }

  private synchronized long changes() {
    return changes;
  }

  /// Not done when something was changed since the read began: it must be made again.
  private synchronized Stored<V> store(K key, Optional<V> value, long before) {
    if (changes != before) {
      return new Stored<>(false, Optional.empty());
    }
    Entry<V> old = value.isPresent() ? entries.put(key, entry(value.get())) : entries.remove(key);
    return new Stored<>(true, Optional.ofNullable(old).map(entry -> entry.value));
  }

  private Entry<V> entry(V value) {
    return new Entry<>(value, clock.millis() + maxAge.toMillis());
  }

  /// Told of what other nodes may have changed.
  ///
  /// @param <V> the kind of value
  @FunctionalInterface
  public interface Observer<V> {
    /// @param now empty when it is there no more
    void readAgain(V before, Optional<V> now);
  }

  /// @param old the value that was there before
  private record Stored<V>(boolean done, Optional<V> old) {}

  private static final class Entry<V> {
    private final V value;
    private final long dueMillis;
    private final AtomicBoolean reading = new AtomicBoolean();

    private Entry(V value, long dueMillis) {
      this.value = value;
      this.dueMillis = dueMillis;
    }

    private boolean isDue(long now) {
      return now >= dueMillis && reading.compareAndSet(false, true);
    }
  }
}
