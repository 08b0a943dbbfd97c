package io.recado.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows of a kind as the writer has stored them: to read one again would cost as much as to change
/// it. A database's only writer keeps them from group to group, until one fails; where several
/// write, each group begins with none. For the writer's thread only.
public final class RowCache<K, R> {

  /// How many rows are kept, those that were asked for last.
  static final int MOST = 16_384;

  private final Map<K, R> rows =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, R> eldest) {
          return size() > MOST;
        }
      };

  RowCache() {}

  /// The row; null when it has to be read.
  public @Nullable R get(K key) {
    return rows.get(key);
  }

  /// Keeps a row as it is from now on.
  public void put(K key, R row) {
    rows.put(key, row);
  }
}
