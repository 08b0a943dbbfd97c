package io.recado.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows of a kind that a database's only writer has written lately, as it wrote them: to read
/// one again would cost as much as to change it. Forgotten when a group fails. For the writer's
/// thread only.
public final class Memory<K, R> {

  /// How many rows are kept, those that were asked for last.
  static final int MOST = 16_384;

  private final Map<K, R> rows =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, R> eldest) {
          return size() > MOST;
        }
      };

  Memory() {}

  /// The row; null when it is not remembered.
  public @Nullable R get(K key) {
    return rows.get(key);
  }

  /// Remembers a row as it is from now on.
  public void put(K key, R row) {
    rows.put(key, row);
  }
}
