package io.recado.http.server;

import io.helidon.common.buffers.DataReader.IncorrectNewLineException;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingRequest;
import io.recado.http.ClientGone;
import io.recado.http.RawRequest;
import io.recado.http.Routes;
import io.recado.http.request.ApiError;
import io.recado.http.request.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request as Helidon gives it.
///
/// Knows whether the connection can be used for another request afterwards: it cannot when a part
/// of the body stays unread, as that would be taken for the next request.
final class Exchange implements RawRequest, Headers {

  private static final Map<String, HeaderName> NAMES =
      Map.of(
          "Authorization", HeaderNames.AUTHORIZATION,
          "Accept", HeaderNames.ACCEPT,
          "Content-Type", HeaderNames.CONTENT_TYPE,
          "X-Request-Id", HeaderNames.create("X-Request-Id"),
          "Idempotency-Key", HeaderNames.create("Idempotency-Key"));

  /// What is set aside for a body before its bytes have come.
  private static final int FIRST_BUFFER = 8 << 10;

  private final RoutingRequest request;
  private final ServerRequestHeaders headers;
  private Capacity.@Nullable Turn turn;
  private @Nullable InputStream body;
  private boolean ended;
  private boolean broken;
  private long read;

  Exchange(RoutingRequest request) {
    this.request = request;
    this.headers = request.headers();
  }

  /// The same, taking part in the server's capacity.
  Exchange during(Capacity.Turn taken) {
    turn = taken;
    return this;
  }

  @Override
  public String method() {
    return request.prologue().method().text();
  }

  @Override
  public String path() {
    return request.prologue().uriPath().rawPath();
  }

  @Override
  public String query() {
    return request.prologue().query().rawValue();
  }

  @Override
  public Headers headers() {
    return this;
  }

  @Override
  public @Nullable String apply(String name) {
    HeaderName known = headerName(name);
    return headers.contains(known) ? headers.get(known).get() : null;
  }

  @Override
  public List<String> all(String name) {
    HeaderName known = headerName(name);
    return headers.contains(known) ? headers.get(known).allValues() : List.of();
  }

  @Override
  public String peer() {
    return request.remotePeer().address() instanceof InetSocketAddress peer
        ? peer.getAddress().getHostAddress()
        : "";
  }

  @Override
  public boolean hasBody() {
    return request.content().hasEntity();
  }

  @Override
  public byte[] body(int maxBytes) {
    long length = contentLength();
    if (length > maxBytes) {
      throw tooLarge(maxBytes);
    }
    if (turn == null) {
      return read(length, maxBytes);
    }
    turn.rest();
    byte[] bytes = read(length, maxBytes);
    if (!turn.work()) {
      throw TransportFaults.tooManyRequests();
    }
    return bytes;
  }

  private byte[] read(long length, int maxBytes) {
    try {
      return length >= 0 ? readKnown((int) length) : readChunked(maxBytes);
    } catch (RequestException
        | HttpException
        | IncorrectNewLineException
        | NumberFormatException _) {
      broken = true;
      throw TransportFaults.malformed(
          "The body's chunks are not valid; send it with Content-Length, or as plain chunks.");
    } catch (InsufficientDataAvailableException
        | CloseConnectionException
        | UncheckedIOException
        | IOException e) {
      throw new ClientGone(e);
    }
  }

  /// Whether the client, or the state of the body, asks for an end of the connection.
  boolean mustClose() {
    boolean unread = hasBody() && !ended;
    return broken
        || headers.contains(HeaderNames.CONNECTION)
            && headers.containsToken(HeaderValues.CONNECTION_CLOSE)
        || unread && (headers.containsToken(HeaderValues.EXPECT_100) || unreadIsLarge());
  }

  /// Reads what is left of a body that nobody wanted, up to a limit, so that its sender sees the
  /// answer instead of a reset.
  ///
  /// @return whether nothing is left
  boolean discard(int maxBytes) {
    if (!hasBody() || ended) {
      return true;
    }
    if (broken || body == null && headers.containsToken(HeaderValues.EXPECT_100)) {
      return false;
    }
    byte[] buffer = new byte[8 << 10];
    try {
      InputStream in = stream();
      for (long end = read + maxBytes; read <= end; ) {
        int count = in.read(buffer);
        if (count < 0) {
          ended = true;
          return true;
        }
        read += count;
      }
      return false;
    } catch (IOException | RuntimeException _) {
      // Whatever it is, the connection ends with it.
      return false;
    }
  }

  private boolean unreadIsLarge() {
    long length = contentLength();
    return read > 0 || length < 0 || length > Routes.BODY_BYTES;
  }

  private byte[] readKnown(int length) throws IOException {
    byte[] bytes = buffer(Math.min(length, FIRST_BUFFER));
    InputStream in = stream();
    while (true) {
      read += in.readNBytes(bytes, (int) read, bytes.length - (int) read);
      if (read < bytes.length) {
        throw new InsufficientDataAvailableException();
      }
      if (bytes.length == length) {
        ended = in.read() < 0;
        return bytes;
      }
      bytes = grown(bytes, Math.min(length, 2 * bytes.length));
    }
  }

  private byte[] readChunked(int maxBytes) throws IOException {
    byte[] bytes = buffer(4 << 10);
    InputStream in = stream();
    while (true) {
      int count = in.read(bytes, (int) read, bytes.length - (int) read);
      if (count < 0) {
        ended = true;
        return Arrays.copyOf(bytes, (int) read);
      }
      read += count;
      if (read > maxBytes) {
        throw tooLarge(maxBytes);
      }
      if (read == bytes.length) {
        bytes = grown(bytes, Math.min(maxBytes + 1, 2 * bytes.length));
      }
    }
  }

  private byte[] buffer(int length) {
    hold(length);
    return new byte[length];
  }

  private byte[] grown(byte[] bytes, int length) {
    hold(length - bytes.length);
    return Arrays.copyOf(bytes, length);
  }

  private void hold(int more) {
    if (turn != null && !turn.hold(more)) {
      throw TransportFaults.tooManyBytes();
    }
  }

  private InputStream stream() {
    InputStream in = body;
    if (in == null) {
      in = request.content().inputStream();
      body = in;
    }
    return in;
  }

  private static ApiError tooLarge(int maxBytes) {
    return TransportFaults.tooLarge(Map.of("limit", Integer.toString(maxBytes)));
  }

  private long contentLength() {
    return headers.contentLength().orElse(-1);
  }

  private static HeaderName headerName(String name) {
    HeaderName known = NAMES.get(name);
    return known == null ? HeaderNames.create(name) : known;
  }
}
