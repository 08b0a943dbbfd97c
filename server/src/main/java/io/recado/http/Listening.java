package io.recado.http;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where and within which limits the server listens.
///
/// @param port 0 for a free one
/// @param tls null for plain HTTP
/// @param headTime the longest that a request's head may take from its first byte
/// @param stallTime the longest wait for the next byte of a body, and for a reader to take an
///   answer
/// @param slowBodyGrace how long a body may be slower than 1 KiB/s
/// @param idleTime how long a connection stays open without a request
/// @param connections the most connections at once; others wait to be accepted
/// @param requests the most requests at once; others are answered 503
public record Listening(
    String host,
    int port,
    @Nullable Tls tls,
    Duration headTime,
    Duration stallTime,
    Duration slowBodyGrace,
    Duration idleTime,
    int connections,
    int requests) {

  /// The longest request line, in bytes.
  public static final int REQUEST_LINE_BYTES = 8 << 10;

  /// The longest head without the request line, in bytes.
  public static final int HEADER_BYTES = 16 << 10;

  /// The most headers of a request.
  public static final int HEADERS = 100;

  /// The usual limits.
  public static Listening on(String host, int port) {
    return new Listening(
        host,
        port,
        null,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        10_000,
        1_024);
  }

  /// The same with a certificate.
  public Listening with(Tls certificate) {
    return new Listening(
        host,
        port,
        certificate,
        headTime,
        stallTime,
        slowBodyGrace,
        idleTime,
        connections,
        requests);
  }

  /// A certificate and its key.
  ///
  /// @param certificate a PEM file with the certificate and its chain
  /// @param key a PEM file with the private key (PKCS#8), without a password
  public record Tls(Path certificate, Path key) {}
}
