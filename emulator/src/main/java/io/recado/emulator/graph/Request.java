package io.recado.emulator.graph;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// One HTTP request, as far as the emulator looks at it. Used by one thread.
public final class Request {
  /// The longest JSON that is read.
  public static final int MAX_JSON_BYTES = 1 << 20;

  private final ServerRequest request;
  private final List<String> segments;

  Request(ServerRequest request) {
    this.request = request;
    this.segments = List.of(request.path().path().substring(1).split("/", -1));
  }

  public String method() {
    return request.prologue().method().text();
  }

  /// The parts of the path; at least one, which may be empty.
  public List<String> segments() {
    return segments;
  }

  public Optional<String> query(String name) {
    return request.query().contains(name)
        ? Optional.of(request.query().get(name))
        : Optional.empty();
  }

  /// The raw query, empty when there is none.
  public String rawQuery() {
    return request.query().rawValue();
  }

  public Optional<String> header(String name) {
    return request.headers().first(HeaderNames.create(name));
  }

  /// Where the caller believes this is: `http://host:port`.
  public String baseUrl() {
    return "http://" + request.authority();
  }

  public boolean fromLoopback() {
    return request.remotePeer().address() instanceof InetSocketAddress peer
        && peer.getAddress().isLoopbackAddress();
  }

  /// The body, which may be empty; it can be read once.
  ///
  /// @throws GraphError 100 when it is longer than [#MAX_JSON_BYTES]
  public byte[] body() {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    long told = request.headers().contentLength().orElse(-1);
    try (InputStream in = request.content().inputStream()) {
      // In one array of the right size when it is known; a read beyond the end takes leave of it.
      byte[] body =
          in.readNBytes(told < 0 ? MAX_JSON_BYTES + 1 : (int) Math.min(told, MAX_JSON_BYTES));
      if (body.length > MAX_JSON_BYTES || in.read() >= 0) {
        throw GraphError.of(100, "The body is longer than " + MAX_JSON_BYTES + " bytes.");
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The body as a stream, for uploads; to be closed by the caller.
  public InputStream stream() {
    return request.content().inputStream();
  }
}
