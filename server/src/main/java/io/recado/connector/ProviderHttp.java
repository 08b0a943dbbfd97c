package io.recado.connector;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/// The HTTP client of all connectors: one request, one try, and a plain word about whether it may
/// have arrived.
///
/// Follows no redirect and repeats nothing. Idle connections are closed after 15 s, as providers
/// close theirs soon after. An answer is read up to 1 MiB, within 30 s in all; connecting may take
/// 5 s. Safe for many threads.
public final class ProviderHttp {

  private static final long MAX_ANSWER_BYTES = 1 << 20;
  private static final String RETRY_AFTER = "Retry-After";

  // As many as one channel may have under way: fewer would be opened and closed again whenever a
  // group of attempts starts together.
  private static final int IDLE_CONNECTIONS = 1_024;

  private final ProbedSockets sockets;
  private final OkHttpClient client;
  private final CallLimit limit;

  /// A client with a pool of connections of its own.
  public ProviderHttp() {
    this(Duration.ofSeconds(30));
  }

  /// As above, with another limit on the time of a whole call.
  public ProviderHttp(Duration callTimeout) {
    this(callTimeout, new ProbedSockets());
  }

  ProviderHttp(Duration callTimeout, ProbedSockets sockets) {
    this.sockets = sockets;
    var dispatcher = new Dispatcher();
    limit = new CallLimit(callTimeout);
    client =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 15, TimeUnit.SECONDS))
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(Duration.ofSeconds(5))
            // The limit of the whole call covers each of its parts.
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .socketFactory(sockets.plain())
            .sslSocketFactory(sockets.tls(), sockets.trust())
            .eventListenerFactory(call -> new ProgressListener())
            .addNetworkInterceptor(this::proceed)
            .build();
  }

  /// Makes one request and blocks until it is answered, lost or given up.
  ///
  /// @param body null for a request without one
  public Exchange exchange(
      String method, String url, Map<String, String> headers, byte @Nullable [] body) {
    RequestBody content = body == null ? null : new OnceBody(body);
    while (true) {
      var progress = new Progress();
      Request request =
          new Request.Builder()
              .url(url)
              .method(method, content)
              .headers(Headers.of(headers))
              .tag(Progress.class, progress)
              .build();
      try {
        return exchange(request, progress);
      } catch (StaleConnection e) {
        // Not one byte was written, and that connection is gone: the next one is another.
      }
    }
  }

  private Exchange exchange(Request request, Progress progress) throws StaleConnection {
    try {
      return limit.execute(client.newCall(request), response -> read(response, progress));
    } catch (StaleConnection e) {
      throw e;
    } catch (IOException e) {
      String cause = e.getClass().getSimpleName();
      return progress.isSent
          ? new Exchange.Lost(cause, progress.status)
          : new Exchange.NotSent(cause);
    }
  }

  private static Exchange read(Response response, Progress progress) throws IOException {
    progress.status = response.code();
    Buffer answer = new Buffer();
    while (answer.size() <= MAX_ANSWER_BYTES
        && response.body().source().read(answer, 8192) != -1) {}
    if (answer.size() > MAX_ANSWER_BYTES) {
      return new Exchange.Lost("the answer was longer than 1 MiB", progress.status);
    }
    return new Exchange.Answered(
        progress.status, answer.readByteArray(), name -> progress.header(response.headers(), name));
  }

  /// Closes all idle connections; a call made afterwards opens a new one.
  public void closeIdle() {
    client.connectionPool().evictAll();
  }

  /// Stands between the client's own cleverness and the wire.
  ///
  /// A connection of the pool that the provider has closed meanwhile is not written to: the client
  /// looks only at those that were idle for 10 s, and a send on a closed one would be in doubt.
  /// `Retry-After` is kept from the client: by it, it repeats requests without a body, and fails on
  /// numbers that no `int` holds.
  private Response proceed(Interceptor.Chain chain) throws IOException {
    Progress progress = Objects.requireNonNull(chain.request().tag(Progress.class));
    Connection connection = Objects.requireNonNull(chain.connection());
    if (!progress.isConnectionNew && sockets.isClosed(connection.socket())) {
      throw new StaleConnection();
    }
    Response response = chain.proceed(chain.request());
    progress.retryAfter = response.header(RETRY_AFTER);
    return response.newBuilder().removeHeader(RETRY_AFTER).build();
  }

  /// What came of one request.
  public sealed interface Exchange {

    /// An answer came, whole.
    record Answered(int status, byte[] body, HeaderSource headers) implements Exchange {

      /// A header of the answer.
      public Optional<String> header(String name) {
        return Optional.ofNullable(headers.find(name));
      }
    }

    /// Not one byte of the request was written: it cannot have been accepted.
    ///
    /// @param cause the kind of fault, without addresses
    record NotSent(String cause) implements Exchange {}

    /// The request may have arrived; no whole answer came.
    ///
    /// @param status the status line's, when that much came; else 0
    record Lost(String cause, int status) implements Exchange {}
  }

  /// Finds a header by name, in any case; null when there is none.
  @FunctionalInterface
  public interface HeaderSource {
    @Nullable String find(String name);
  }

  /// What is known of one request on its way.
  private static final class Progress {
    private volatile boolean isConnectionNew;
    private volatile boolean isSent;
    private volatile int status;
    private volatile @Nullable String retryAfter;

    private @Nullable String header(Headers headers, String name) {
      return name.equalsIgnoreCase(RETRY_AFTER) ? retryAfter : headers.get(name);
    }
  }

  /// The pool gave a connection that the provider has closed.
  private static final class StaleConnection extends IOException {
    private static final long serialVersionUID = 1;
  }

  /// Notes when a connection is made, and that the first byte is about to be written.
  private static final class ProgressListener extends EventListener {
    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
      progress(call).isConnectionNew = true;
    }

    @Override
    public void requestHeadersStart(Call call) {
      progress(call).isSent = true;
    }

    private static Progress progress(Call call) {
      return Objects.requireNonNull(call.request().tag(Progress.class));
    }
  }

  /// A body that the client may not send twice: without this it repeats a request that is answered
  /// 503 with `Retry-After: 0`.
  private static final class OnceBody extends RequestBody {

    private final byte[] bytes;

    private OnceBody(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public @Nullable MediaType contentType() {
      return null;
    }

    @Override
    public long contentLength() {
      return bytes.length;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.write(bytes);
    }
  }
}
