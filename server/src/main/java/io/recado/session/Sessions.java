package io.recado.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.recado.access.ApiKey;
import io.recado.access.ApiKeyStore;
import io.recado.access.AuditLog;
import io.recado.access.Authentication;
import io.recado.access.KeyHash;
import io.recado.http.Authenticator;
import io.recado.http.request.ApiError;
import io.recado.http.request.Caller;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Headers;
import io.recado.journal.Id;
import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.journal.Reads;
import io.recado.journal.StorageException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells who makes a request: by its API key when it bears one, else by the session of its cookie.
///
/// A session is what its key is: the same caller, refused from the moment at which the key is. What
/// the database said is remembered for [Authentication#MAX_AGE], so that another node honours an
/// ended session no longer than that; this one forgets at once. Safe for many threads.
public final class Sessions implements Authenticator {

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
  private static final int REMEMBERED = 10_000;

  /// 128 bits. Source: OWASP ASVS 5.0, 7.2.3.
  private static final int TOKEN_BYTES = 16;

  private final Authentication keys;
  private final SessionCookie cookie;
  private final SameOrigin sameOrigin;
  private final Parts parts;
  private final InstantSource clock;
  private final SignInRate rate;
  private final Cache<KeyHash, Known> known;
  private final AtomicLong ends = new AtomicLong();

  /// @param keys tells by its key who calls without a session
  /// @param publicUrl how people reach the server; over TLS when it begins `https`
  /// @param nanoTime a clock that never jumps, such as `System::nanoTime`
  public Sessions(
      Authentication keys,
      Supplier<String> publicUrl,
      boolean isSecure,
      Parts parts,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.keys = keys;
    this.cookie = new SessionCookie(isSecure);
    this.sameOrigin = new SameOrigin(publicUrl);
    this.parts = parts;
    this.clock = clock;
    this.rate = new SignInRate(nanoTime);
    this.known =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(Authentication.MAX_AGE)
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Caller authenticate(String method, Headers headers) {
    String authorization = headers.apply("Authorization");
    if (authorization == null) {
      Optional<String> token = cookie.read(headers);
      if (token.isPresent()) {
        sameOrigin.require(method, headers);
        return caller(KeyHash.of(token.get()));
      }
    }
    return keys.authenticate(authorization);
  }

  /// Forgets the sessions of a key that was revoked.
  public void forget(Id apiKey) {
    ends.incrementAndGet();
    known.asMap().values().removeIf(one -> one.caller.apiKey().equals(apiKey));
  }

  /// Signs the caller in, durably.
  ///
  /// @return the cookie that stands for the caller's key from now on
  /// @throws ApiError `ORIGIN_NOT_ALLOWED` when another site's page made the browser ask,
  ///   `RATE_LIMITED`
  Opened open(Caller caller, String method, Headers headers) {
    sameOrigin.requireUnlessScript(method, headers);
    rate.admit(caller.apiKey());
    byte[] token = new byte[TOKEN_BYTES];
    parts.random.nextBytes(token);
    String text = HexFormat.of().formatHex(token);
    Instant now = clock.instant();
    var session = new Session(caller.workspace(), caller.apiKey(), now, now);
    parts.journal.commit(new OpenSession(KeyHash.of(text), session, parts.auditLog.stamp(caller)));
    return new Opened(session, cookie.set(text));
  }

  /// Ends the session that a request bears; does nothing when it bears a key.
  ///
  /// @return the value of `Set-Cookie` that takes the cookie away
  String end(Caller caller, Headers headers) {
    Optional<KeyHash> token = token(headers);
    if (token.isPresent()) {
      parts.journal.commit(new EndSession(token.get(), caller, parts.auditLog.stamp(caller)));
      ends.incrementAndGet();
      known.invalidate(token.get());
    }
    return cookie.clear();
  }

  /// The session that a request bears; empty when it bears a key.
  Optional<Session> find(Headers headers) {
    return token(headers).flatMap(token -> parts.reads.read(r -> SessionStore.find(r, token)));
  }

  private Optional<KeyHash> token(Headers headers) {
    return headers.apply("Authorization") == null
        ? cookie.read(headers).map(KeyHash::of)
        : Optional.empty();
  }

  private Caller caller(KeyHash token) {
    Known one = known.getIfPresent(token);
    if (one == null) {
      one = remember(token);
    }
    Instant now = clock.instant();
    if (!now.isBefore(one.endTime)) {
      throw ended();
    }
    return one.caller;
  }

  private Known remember(KeyHash token) {
    long before = ends.get();
    Instant now = clock.instant();
    Known one = parts.reads.read(r -> find(r, token)).orElse(null);
    if (one == null || !now.isBefore(one.endTime)) {
      throw ended();
    }
    known.put(token, one);
    if (ends.get() != before) {
      // It may have been ended after it was read.
      known.invalidate(token);
    }
    if (now.isAfter(one.lastUsedTime.plus(Session.USE_INTERVAL))) {
      parts.background.execute(() -> note(one.caller.workspace(), token, now));
    }
    return one;
  }

  private static Optional<Known> find(Reads reads, KeyHash token) {
    return SessionStore.find(reads, token)
        .flatMap(
            session ->
                ApiKeyStore.find(reads, session.workspace(), session.apiKey())
                    .map(key -> Known.of(session, key)));
  }

  private void note(long workspace, KeyHash token, Instant now) {
    try {
      parts.journal.commit(new NoteSessionUse(workspace, token, now));
    } catch (StorageException e) {
      LOG.debug("a session's use was not noted: {}", e.kind());
    }
  }

  private static ApiError ended() {
    return ApiError.of(
        ErrorReason.SESSION_ENDED, "This session has ended; sign in again with an API key.");
  }

  /// What sessions are made with.
  ///
  /// @param random cryptographically strong
  /// @param background runs what may block
  public record Parts(
      Journal journal,
      ReadPool reads,
      AuditLog auditLog,
      RandomGenerator random,
      Executor background) {}

  /// A session that was just made.
  ///
  /// @param cookie the value of `Set-Cookie`
  record Opened(Session session, String cookie) {}

  /// A session as it was last read.
  private record Known(Caller caller, Instant endTime, Instant lastUsedTime) {

    static Known of(Session session, ApiKey key) {
      Instant end = session.endTime();
      @Nullable Instant keyEnd = key.expireTime();
      return new Known(
          key.caller(),
          keyEnd != null && keyEnd.isBefore(end) ? keyEnd : end,
          session.lastUsedTime());
    }
  }
}
