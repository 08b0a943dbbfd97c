package io.recado.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Requests made beforehand, sent in turn. For one thread.
final class RequestBytes {

  private static final String KEY_HEADER = "\r\nIdempotency-Key: ";

  /// Where it stands in a body or a header, a number takes its place that never comes again.
  static final String NUMBER = "0000000000000000";

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final List<Prepared> requests;
  private long sent = System.nanoTime();

  private RequestBytes(List<Prepared> requests) {
    this.requests = requests;
  }

  /// POSTs of one body to some paths.
  ///
  /// @param withKeys whether each has an idempotency key of its own
  static RequestBytes posts(List<String> paths, String body, boolean withKeys) {
    String headers = withKeys ? KEY_HEADER + NUMBER : "";
    return new RequestBytes(
        paths.stream().map(path -> Prepared.of("POST", path, headers, body)).toList());
  }

  /// POSTs of some bodies to one path.
  static RequestBytes posts(String path, List<String> bodies) {
    return new RequestBytes(
        bodies.stream().map(body -> Prepared.of("POST", path, "", body)).toList());
  }

  /// POSTs of some bodies to one path, as a provider signs them.
  static RequestBytes signed(String path, List<byte[]> bodies) {
    return new RequestBytes(
        bodies.stream()
            .map(
                body ->
                    Prepared.of(
                        "POST",
                        path,
                        "\r\nX-Hub-Signature-256: " + Api.signature(body),
                        new String(body, StandardCharsets.UTF_8)))
            .toList());
  }

  /// GETs of some paths.
  static RequestBytes gets(List<String> paths) {
    return new RequestBytes(paths.stream().map(path -> Prepared.of("GET", path, "", "")).toList());
  }

  /// Writes the next request into an empty buffer.
  ///
  /// @return its number
  long next(ByteBuffer out) {
    Prepared request = requests.get((int) (sent++ % requests.size()));
    out.put(request.bytes);
    if (request.numberAt >= 0) {
      for (int i = 0; i < NUMBER.length(); i++) {
        int shift = 4 * (NUMBER.length() - 1 - i);
        out.put(request.numberAt + i, DIGITS[(int) (sent >>> shift & 0xf)]);
      }
    }
    return sent;
  }

  /// @param numberAt where the number goes; negative when there is none
  private record Prepared(byte[] bytes, int numberAt) {

    static Prepared of(String method, String path, String headers, String body) {
      int length = body.getBytes(StandardCharsets.UTF_8).length;
      String head =
          method
              + " "
              + path
              + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
              + ServerProcess.KEY
              + "\r\nContent-Type: application/json\r\nContent-Length: "
              + length
              + headers
              + "\r\n\r\n";
      // Characters are bytes here, but for texts that have no number.
      return new Prepared(
          (head + body).getBytes(StandardCharsets.UTF_8), (head + body).indexOf(NUMBER));
    }
  }
}
