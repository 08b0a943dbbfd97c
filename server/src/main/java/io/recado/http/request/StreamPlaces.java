package io.recado.http.request;

import io.recado.journal.Id;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// How many streams there may be at once: in this process, and of each API key, so that one that
/// forgets to close them does not keep out the others. Safe for many threads.
public final class StreamPlaces {

  private static final Duration RETRY = Duration.ofSeconds(5);

  private final int total;
  private final int perKey;
  private final Map<Id, Integer> taken = new HashMap<>();
  private int count;

  /// @param total the most at once
  /// @param perKey the most at once of one key
  public StreamPlaces(int total, int perKey) {
    this.total = total;
    this.perKey = perKey;
  }

  /// Takes a place, to be given back with [#leave].
  ///
  /// @throws ApiError `TOO_MANY_STREAMS`
  public synchronized void take(Id apiKey) {
    int own = taken.getOrDefault(apiKey, 0);
    if (own >= perKey) {
      throw refusal(
          "apiKey", perKey, "This API key has " + perKey + " streams open, the most of one key");
    }
    if (count >= total) {
      throw refusal(
          "server", total, "This server has " + total + " streams open, the most that it takes");
    }
    taken.put(apiKey, own + 1);
    count++;
  }

  /// Gives a place back.
  public synchronized void leave(Id apiKey) {
    taken.computeIfPresent(apiKey, (_, own) -> own == 1 ? null : own - 1);
    count--;
  }

  /// How many there are now.
  public synchronized int count() {
    return count;
  }

  private static ApiError refusal(String subject, int limit, String sentence) {
    return ApiError.retryAfter(
        ErrorReason.TOO_MANY_STREAMS,
        sentence + "; close one, or share one among its readers, then open this one again.",
        Map.of("limit", Integer.toString(limit), "subject", subject),
        RETRY);
  }
}
