package io.recado.emulator.message;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Every call to send, in order of arrival, with what was decided about it.
///
/// Keeps the latest 1,000,000 calls and at most 256 MB of them, in the form of bytes; a text of
/// everyday length takes half a kilobyte. What was forgotten beyond that is counted.
public final class Ledger {
  /// The most calls that are kept.
  public static final int MAX_ENTRIES = 1_000_000;

  private static final long MAX_BYTES = 256L << 20;
  private static final int CHUNK_BYTES = 256 << 10;

  private final int maxEntries;
  private final long maxBytes;
  private final ArrayDeque<LedgerChunk> chunks = new ArrayDeque<>();
  private int entries;
  private long bytes;
  private long arrivals;
  private long forgotten;

  Ledger() {
    this(MAX_ENTRIES, MAX_BYTES);
  }

  /// @param maxBytes of all entries in the form in which they are kept
  Ledger(int maxEntries, long maxBytes) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  /// A call: `arrival` counts from 1 and never again; `payload` is the body as received.
  public record Entry(
      long arrival,
      String numberId,
      String to,
      String type,
      byte[] payload,
      long millis,
      Decision decision) {}

  /// Accepted under an id, or refused with a code. `receipts` are the statuses that were planned,
  /// in order.
  public record Decision(
      @Nullable String wamid,
      @Nullable Integer code,
      @Nullable String callbackData,
      List<String> receipts) {
    static Decision refused(int code, @Nullable String callbackData) {
      return new Decision(null, code, callbackData, List.of());
    }
  }

  /// Entries from oldest to newest, and how many were forgotten before them.
  public record Page(List<Entry> entries, long forgotten) {}

  synchronized void add(
      String numberId, String to, String type, byte[] payload, long millis, Decision decision) {
    long arrival = ++arrivals;
    byte[] entry =
        LedgerEntryBytes.write(new Entry(arrival, numberId, to, type, payload, millis, decision));
    if (chunks.isEmpty() || !chunks.getLast().hasRoomFor(entry)) {
      chunks.add(new LedgerChunk(Math.max(CHUNK_BYTES, LedgerChunk.room(entry))));
    }
    chunks.getLast().add(arrival, entry);
    entries++;
    bytes += LedgerChunk.room(entry);
    while (entries > maxEntries || bytes > maxBytes) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    bytes -= chunks.getFirst().removeOldest();
    entries--;
    forgotten++;
    if (chunks.getFirst().isEmpty()) {
      chunks.removeFirst();
    }
  }

  /// At most `limit` entries that arrived after `after` and that `which` takes.
  public Page list(long after, int limit, Predicate<Entry> which) {
    List<ByteBuffer> parts;
    long forgottenBefore;
    synchronized (this) {
      parts =
          chunks.stream()
              .filter(chunk -> chunk.lastArrival() > after)
              .map(LedgerChunk::unread)
              .toList();
      forgottenBefore = forgotten;
    }
    List<Entry> found = new ArrayList<>();
    for (ByteBuffer part : parts) {
      while (part.hasRemaining() && found.size() < limit) {
        ByteBuffer bytesOfEntry = LedgerChunk.next(part);
        if (LedgerEntryBytes.arrival(bytesOfEntry) > after) {
          Entry entry = LedgerEntryBytes.read(bytesOfEntry);
          if (which.test(entry)) {
            found.add(entry);
          }
        }
      }
    }
    return new Page(found, forgottenBefore);
  }

  /// Forgets all; arrivals are counted on.
  public synchronized void clear() {
    chunks.clear();
    entries = 0;
    bytes = 0;
    forgotten = 0;
  }
}
