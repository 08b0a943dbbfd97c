package io.recado.webhook.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.recado.connector.CallLimit;
import io.recado.connector.CallLimit.CallTookTooLong;
import io.recado.journal.Id;
import io.recado.webhook.guard.CustomerAnswer.Cause;
import io.recado.webhook.guard.CustomerAnswer.Unanswered;
import io.recado.webhook.guard.CustomerUrl.RefusedUrl;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

/// The HTTP client for customers' URLs. Every address that it dials was judged by the
/// [AddressGuard], every time.
///
/// One call is one request: no redirect is followed, no cookie is kept, no proxy of the system's is
/// used, nothing is decompressed. An answer is read up to 16 KiB; the whole call takes 15 s at
/// most, or a thirtieth more, looking a name up and connecting 5 s each; once the status has come,
/// it is the answer, whatever becomes of the body. Idle connections are kept for 15 s and never
/// shared between workspaces. A connection that turns out to have been closed by the host while it
/// was idle is replaced by a new one, so a host may now and then see a request twice. Safe for many
/// threads; a call blocks its thread.
public final class CustomerHttp implements AutoCloseable {

  /// How much of an answer is read.
  public static final int MAX_ANSWER_BYTES = 16 * 1024;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration FORGET_AFTER = Duration.ofMinutes(1);
  private static final int KNOWN_URLS = 16_384;

  private final AddressGuard guard;
  private final CallLimit limit;
  private final OkHttpClient plain;
  private final LoadingCache<Id, WorkspaceClients> clients =
      Caffeine.newBuilder()
          .expireAfterAccess(FORGET_AFTER)
          .executor(Runnable::run)
          .build(this::open);
  private final Cache<String, Target> targets =
      Caffeine.newBuilder().maximumSize(KNOWN_URLS).executor(Runnable::run).build();

  /// A client whose calls take 15 s at most.
  public CustomerHttp(AddressGuard guard) {
    this(guard, CALL_TIMEOUT);
  }

  /// As above, with another limit on the time of a whole call.
  CustomerHttp(AddressGuard guard, Duration callTimeout) {
    this.guard = guard;
    this.limit = new CallLimit(callTimeout);
    this.plain =
        new OkHttpClient.Builder()
            .proxy(Proxy.NO_PROXY)
            .protocols(List.of(Protocol.HTTP_1_1)) // HTTP/2 would share connections between hosts
            .fastFallback(false) // or addresses are dialled on threads of the client's own
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(CONNECT_TIMEOUT)
            // The limit of the whole call covers each of its parts.
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .eventListenerFactory(_ -> CallProgress.LISTENER)
            .addNetworkInterceptor(CallProgress::noteAnswer)
            .build();
  }

  private WorkspaceClients open(Id workspace) {
    return new WorkspaceClients(plain, guard);
  }

  /// Posts a body and blocks until an answer came or there is none to come.
  ///
  /// @param workspace whose URL it is
  /// @param headers without `Host` and `Content-Length`, which follow from the rest
  /// @throws IllegalArgumentException when a header has a character that no header can have
  public CustomerAnswer post(Id workspace, String url, Map<String, String> headers, byte[] body) {
    try {
      Target target = target(url);
      OkHttpClient client = clients.get(workspace).to(target.reach);
      Request.Builder request =
          new Request.Builder()
              .url(target.url)
              .headers(Headers.of(headers))
              .header("Accept-Encoding", "identity")
              .post(new OnceBody(body));
      return exchange(client, request);
    } catch (RefusedUrl _) {
      return new Unanswered(Cause.URL_REFUSED);
    }
  }

  /// Reads a URL once: what it says is the same for every call, unlike the addresses behind it.
  private Target target(String text) throws RefusedUrl {
    Target known = targets.getIfPresent(text);
    if (known == null) {
      CustomerUrl url = CustomerUrl.parse(text);
      known = new Target(url.url(), guard.reach(url));
      targets.put(text, known);
    }
    return known;
  }

  private CustomerAnswer exchange(OkHttpClient client, Request.Builder request) {
    long began = System.nanoTime();
    while (true) {
      var progress = new CallProgress();
      Call call = client.newCall(request.tag(CallProgress.class, progress).build());
      var start = new Buffer();
      try {
        return limit.execute(call, began, response -> read(call, response, progress, start));
      } catch (IOException e) {
        if (progress.hasStatus()) {
          return progress.answered(start); // what it says of the request was said
        }
        if (!progress.isOnUsedConnection() || isTooLate(e)) {
          return new Unanswered(cause(e, progress));
        }
        // The host had closed it while it was idle. It is gone now, so the loop ends with a new
        // one.
      }
    }
  }

  private static CustomerAnswer read(
      Call call, Response response, CallProgress progress, Buffer start) throws IOException {
    BufferedSource source = response.body().source();
    while (start.size() < MAX_ANSWER_BYTES
        && source.read(start, MAX_ANSWER_BYTES - start.size()) != -1) {}
    if (start.size() == MAX_ANSWER_BYTES) {
      call.cancel(); // the rest is not worth reading for the sake of the connection
    }
    return progress.answered(start);
  }

  /// Whether the time for the call, or for connecting, was over.
  private static boolean isTooLate(IOException e) {
    return e instanceof CallTookTooLong || e instanceof InterruptedIOException;
  }

  private static Cause cause(IOException e, CallProgress progress) {
    if (progress.isRequestBegun()) {
      return isTooLate(e) ? Cause.TIMED_OUT : Cause.CUT;
    }
    return switch (e) {
      case AddressRefused _ -> Cause.ADDRESS_REFUSED;
      case UnknownHostException _ -> Cause.NAME_UNKNOWN;
      case SSLException _ -> Cause.NOT_TRUSTED;
      default -> Cause.NOT_CONNECTED;
    };
  }

  /// Closes all idle connections.
  @Override
  public void close() {
    clients.asMap().values().forEach(WorkspaceClients::close);
    clients.invalidateAll();
  }

  /// What a URL says.
  private record Target(HttpUrl url, Reach reach) {}
}
