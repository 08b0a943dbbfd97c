package io.recado.prove.ledger;

import java.util.ArrayList;
import java.util.List;

/// Entries in the order in which they were added; nothing is taken back. For many threads.
public final class Ledger<E> {

  private final List<E> entries = new ArrayList<>();

  public synchronized void add(E entry) {
    entries.add(entry);
  }

  /// All of them until now.
  public synchronized List<E> entries() {
    return List.copyOf(entries);
  }

  /// Those from one on, counted from 0.
  public synchronized List<E> entriesFrom(int first) {
    return List.copyOf(entries.subList(first, entries.size()));
  }

  public synchronized int size() {
    return entries.size();
  }
}
