package io.recado.http.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where and within which limits the server listens.
///
/// @param port 0 for a free one
/// @param tls null for plain HTTP
/// @param connections the most connections at once; others wait to be accepted, and the idle ones
///   among them make room
/// @param requests the most requests at once; others are answered 503
/// @param bodyBytes the most bytes of bodies in memory; what comes beyond is answered 503
public record Listening(
    String host,
    int port,
    @Nullable Tls tls,
    Times times,
    int connections,
    int requests,
    int bodyBytes) {

  /// The longest request line, in bytes.
  public static final int REQUEST_LINE_BYTES = 8 << 10;

  /// The longest head without the request line, in bytes.
  public static final int HEADER_BYTES = 16 << 10;

  /// The most headers of a request.
  public static final int HEADERS = 100;

  /// Eight bodies of the largest kind, of which strangers may send half.
  private static final long LEAST_BODY_BYTES = 32L << 20;

  /// The usual limits. Bodies may take an eighth of the memory that Java may.
  public static Listening on(String host, int port) {
    long share = Math.max(LEAST_BODY_BYTES, Runtime.getRuntime().maxMemory() / 8);
    int bodyBytes = (int) Math.min(Integer.MAX_VALUE, share);
    return new Listening(host, port, null, Times.USUAL, 10_000, 1_024, bodyBytes);
  }

  /// The same with a certificate.
  public Listening with(Tls certificate) {
    return new Listening(host, port, certificate, times, connections, requests, bodyBytes);
  }

  /// The same with other times.
  public Listening with(Times others) {
    return new Listening(host, port, tls, others, connections, requests, bodyBytes);
  }

  /// The same with another number of requests at once.
  public Listening withRequests(int most) {
    return new Listening(host, port, tls, times, connections, most, bodyBytes);
  }

  /// The same with another number of connections at once.
  Listening withConnections(int most) {
    return new Listening(host, port, tls, times, most, requests, bodyBytes);
  }

  /// The same with other room for bodies.
  public Listening withBodyBytes(int most) {
    return new Listening(host, port, tls, times, connections, requests, most);
  }

  /// How slow a client may be.
  ///
  /// @param head the longest that a request's head may take from its first byte
  /// @param stall the longest wait for the next byte of a body, and for a reader to take an answer
  /// @param slowBodyGrace how long a body may be slower than 1 KiB/s
  /// @param idle how long a connection stays open without a request
  /// @param crowdedIdle the same when nine of ten connections that there may be are open and it is
  ///   among those that have been idle for the longest
  public record Times(
      Duration head, Duration stall, Duration slowBodyGrace, Duration idle, Duration crowdedIdle) {

    /// 10 s, 30 s, 5 s, 60 s, 250 ms.
    public static final Times USUAL =
        new Times(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofMillis(250));

    /// The shortest of the usual ones.
    Duration shortest() {
      return Stream.of(head, stall, slowBodyGrace, idle).min(Duration::compareTo).orElseThrow();
    }
  }

  /// A certificate and its key.
  ///
  /// @param certificate a PEM file with the certificate and its chain
  /// @param key a PEM file with the private key (PKCS#8), without a password
  public record Tls(Path certificate, Path key) {}
}
