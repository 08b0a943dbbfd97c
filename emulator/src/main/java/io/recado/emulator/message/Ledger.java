package io.recado.emulator.message;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Every call to send, in order of arrival, with what was decided about it.
///
/// Keeps the latest 1,000,000 calls and at most 256 MB of their bodies; what was forgotten beyond
/// that is counted.
public final class Ledger {
  /// The most calls that are kept.
  public static final int MAX_ENTRIES = 1_000_000;

  private static final long MAX_BYTES = 256L << 20;

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private long bytes;
  private long arrivals;
  private long forgotten;

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
    entries.add(new Entry(++arrivals, numberId, to, type, payload, millis, decision));
    bytes += payload.length;
    while (entries.size() > MAX_ENTRIES || bytes > MAX_BYTES) {
      bytes -= entries.remove().payload.length;
      forgotten++;
    }
  }

  /// At most `limit` entries that arrived after `after` and that `which` takes.
  public synchronized Page list(long after, int limit, Predicate<Entry> which) {
    List<Entry> found = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.arrival > after && which.test(entry)) {
        if (found.size() == limit) {
          break;
        }
        found.add(entry);
      }
    }
    return new Page(found, forgotten);
  }

  /// Forgets all; arrivals are counted on.
  public synchronized void clear() {
    entries.clear();
    bytes = 0;
    forgotten = 0;
  }
}
