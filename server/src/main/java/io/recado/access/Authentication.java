package io.recado.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.recado.http.Authenticator;
import io.recado.http.request.ApiError;
import io.recado.http.request.Caller;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Headers;
import io.recado.journal.Id;
import io.recado.journal.ReadPool;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Tells by its API key who makes a request. Every request passes here, so what the database said
/// is remembered for a moment: for known keys and, apart from them, for unknown ones, each bounded,
/// so that no flood of wrong keys grows the memory or drives out a right one.
///
/// While the database is away nobody is told that his key is wrong: [#authenticate] then throws
/// [io.recado.journal.StorageException]. Safe for many threads.
public final class Authentication implements Authenticator {

  /// How long a known key is believed, and so how long another node honours a revoked one.
  public static final Duration MAX_AGE = Duration.ofSeconds(5);

  /// How long a key that was just made elsewhere may go on being refused here.
  static final Duration MAX_UNKNOWN_AGE = Duration.ofSeconds(1);

  static final int MAX_KEYS = 10_000;
  private static final String SCHEME = "Bearer ";

  private final ReadPool reads;
  private final InstantSource clock;
  private final KeyUses uses;
  private final Cache<KeyHash, Known> known;
  private final Cache<KeyHash, Boolean> unknown;
  private final AtomicLong revocations = new AtomicLong();

  /// @param nanoTime a clock that never jumps, such as `System::nanoTime`
  public Authentication(ReadPool reads, InstantSource clock, LongSupplier nanoTime, KeyUses uses) {
    this.reads = reads;
    this.clock = clock;
    this.uses = uses;
    this.known = cache(nanoTime, MAX_AGE);
    this.unknown = cache(nanoTime, MAX_UNKNOWN_AGE);
  }

  @Override
  public Caller authenticate(String method, Headers headers) {
    return authenticate(headers.apply("Authorization"));
  }

  /// The caller behind a key.
  ///
  /// @param authorization the value of the header `Authorization`; null when there is none
  /// @throws ApiError `CREDENTIALS_MISSING`, `CREDENTIALS_MALFORMED` or `CREDENTIALS_UNKNOWN`
  public Caller authenticate(@Nullable String authorization) {
    String token = token(authorization);
    KeyHash hash = KeyHash.of(token);
    Known key = known.getIfPresent(hash);
    if (key == null) {
      key = find(token, hash);
    }
    Instant now = clock.instant();
    if (key.expireTime != null && !now.isBefore(key.expireTime)) {
      throw refused();
    }
    if (!key.isUsed) {
      key.isUsed = true;
      uses.note(key.caller, now);
    }
    return key.caller;
  }

  /// Forgets a key that was revoked: the next request asks the database.
  public void forget(Id apiKey) {
    revocations.incrementAndGet();
    known.asMap().values().removeIf(key -> key.caller.apiKey().equals(apiKey));
  }

  /// How many keys are remembered, known or not.
  long remembered() {
    known.cleanUp();
    unknown.cleanUp();
    return known.estimatedSize() + unknown.estimatedSize();
  }

  private Known find(String token, KeyHash hash) {
    if (!KeyText.isWellFormed(token)) {
      throw malformed();
    }
    if (unknown.getIfPresent(hash) != null) {
      throw refused();
    }
    long before = revocations.get();
    Optional<ApiKey> found = reads.read(database -> ApiKeyStore.findByHash(database, hash));
    if (found.isEmpty()) {
      unknown.put(hash, Boolean.TRUE);
      throw refused();
    }
    Known key = new Known(found.get());
    known.put(hash, key);
    if (revocations.get() != before) {
      // It may have been revoked after it was read.
      known.invalidate(hash);
    }
    return key;
  }

  /// The key in the header. Source: RFC 6750, 2.1; the scheme in any case by RFC 9110, 11.1.
  private static String token(@Nullable String authorization) {
    if (authorization == null || authorization.isBlank()) {
      throw ApiError.of(
          ErrorReason.CREDENTIALS_MISSING,
          "This needs an API key; send the header Authorization: Bearer YOUR_API_KEY.");
    }
    if (authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return authorization.substring(SCHEME.length()).strip();
    }
    throw malformed();
  }

  private static ApiError malformed() {
    return ApiError.of(
        ErrorReason.CREDENTIALS_MALFORMED,
        "This is no API key, or one that was copied incompletely; send the header Authorization:"
            + " Bearer YOUR_API_KEY.");
  }

  private static ApiError refused() {
    return ApiError.of(
        ErrorReason.CREDENTIALS_UNKNOWN,
        "There is no such API key, or it was revoked or has expired; use another one.");
  }

  private static <V> Cache<KeyHash, V> cache(LongSupplier nanoTime, Duration age) {
    return Caffeine.newBuilder()
        .maximumSize(MAX_KEYS)
        .expireAfterWrite(age)
        .ticker(nanoTime::getAsLong)
        .executor(Runnable::run)
        .build();
  }

  /// A key as it was last read.
  private static final class Known {

    private final Caller caller;
    private final @Nullable Instant expireTime;
    // Whether its use has been noted since it was read; twice does no harm.
    private volatile boolean isUsed;

    private Known(ApiKey key) {
      caller = key.caller();
      expireTime = key.expireTime();
    }
  }
}
