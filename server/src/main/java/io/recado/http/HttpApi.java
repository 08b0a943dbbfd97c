package io.recado.http;

import io.recado.http.Router.Found;
import io.recado.http.Router.NoMethod;
import io.recado.http.Router.NoPath;
import io.recado.http.Routes.Route;
import io.recado.http.request.ApiError;
import io.recado.http.request.Caller;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.journal.StorageException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole way from a request to its answer, without a socket: request id, `Accept`, key, route,
/// role, channel, rate, content type, handler; and every fault on that way as an answer in one
/// form.
///
/// What is under `/v1` asks for a key before it tells anything, even that there is no such path.
/// Whatever a caller may not do is refused before anything is looked up. Safe for many threads.
public final class HttpApi {

  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
  private static final String UNMATCHED = "unmatched";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");
  private static final byte[] NO_BODY = {};

  private final Router router;
  private final Authenticator authenticator;
  private final RateGate rateGate;
  private final RequestObserver observer;
  private final Supplier<String> requestIds;
  private final int largestBody;

  /// Puts the routes behind their gates.
  ///
  /// @param requestIds makes the ids of requests that bring none
  /// @throws IllegalArgumentException when two routes collide
  public HttpApi(
      Routes routes,
      Authenticator authenticator,
      RateGate rateGate,
      RequestObserver observer,
      Supplier<String> requestIds) {
    this.router = new Router(routes);
    this.authenticator = authenticator;
    this.rateGate = rateGate;
    this.observer = observer;
    this.requestIds = requestIds;
    this.largestBody =
        routes.all().stream().mapToInt(Route::bodyBytes).max().orElse(Routes.BODY_BYTES);
  }

  /// Answers a request.
  ///
  /// @throws ClientGone when the client went away before its body was there; the only exception
  public Response answer(RawRequest raw) {
    long started = System.nanoTime();
    var passage = new Passage(requestId(raw.headers().apply("X-Request-Id")));
    Response response;
    try {
      response = pass(raw, passage);
    } catch (ApiError e) {
      response = ErrorAnswer.of(e, passage.requestId);
    } catch (StorageException e) {
      response =
          e.kind() == StorageException.Kind.REFUSED
              ? failed(e, raw, passage)
              : ErrorAnswer.of(storage(e, passage), passage.requestId);
    } catch (ClientGone e) {
      throw e;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      response = ErrorAnswer.of(shuttingDown(), passage.requestId);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // The boundary: whatever was not foreseen ends here, with an answer and a trace.
      response = failed(e, raw, passage);
    }
    observer.answered(
        passage.template(),
        knownMethod(raw.method()),
        response.status(),
        System.nanoTime() - started);
    return complete(response, passage, isPrivate(raw.path()));
  }

  /// Answers a request with a refusal that was found before its route.
  public Response refuse(RawRequest raw, ApiError error) {
    var passage = new Passage(requestId(raw.headers().apply("X-Request-Id")));
    observer.answered(UNMATCHED, knownMethod(raw.method()), error.reason().httpStatus(), 0);
    return complete(ErrorAnswer.of(error, passage.requestId), passage, isPrivate(raw.path()));
  }

  /// The answer to what is not even a request.
  public Response refuse(@Nullable String givenRequestId, ApiError error) {
    var passage = new Passage(requestId(givenRequestId));
    observer.answered(UNMATCHED, "OTHER", error.reason().httpStatus(), 0);
    return complete(ErrorAnswer.of(error, passage.requestId), passage, true);
  }

  /// The largest body of any route, in bytes.
  public int largestBody() {
    return largestBody;
  }

  /// Whether the path is one of ours, whatever the method.
  public boolean knows(String path) {
    return isPrivate(path) || !(router.find("", path) instanceof NoPath);
  }

  /// The answer while the server stops: 503, to be sent again.
  public static ApiError shuttingDown() {
    return ApiError.retryAfter(
        ErrorReason.SHUTTING_DOWN,
        "This server is stopping; send the request again.",
        Duration.ofSeconds(1));
  }

  private Response pass(RawRequest raw, Passage passage) throws InterruptedException {
    Caller caller = null;
    if (isPrivate(raw.path())) {
      Negotiation.requireAccepted(raw.headers().all("Accept"), () -> isStream(raw));
      caller = authenticator.authenticate(raw.headers().apply("Authorization"));
    }
    Found found = find(raw);
    Route route = found.route();
    passage.route = route;
    if (route.least() != null) {
      // A route that asks for a role outside /v1 is guarded all the same.
      caller =
          caller == null
              ? authenticator.authenticate(raw.headers().apply("Authorization"))
              : caller;
      Permission.check(caller, route, found.variables());
      passage.rateHeaders = rateGate.admit(caller);
    }
    Map<String, String> query = PercentDecoding.query(raw.query());
    var head =
        new Request(
            route.method(),
            route.template(),
            found.variables(),
            query,
            raw.headers(),
            NO_BODY,
            caller);
    route.gate().check(head);
    return route.handler().handle(head.withBody(body(raw, route)));
  }

  private boolean isStream(RawRequest raw) {
    return router.find(raw.method(), raw.path()) instanceof Found found && found.route().isStream();
  }

  private Found find(RawRequest raw) {
    Router.Match match = router.find(raw.method(), raw.path());
    if (raw.method().equals("HEAD")
        && match instanceof NoMethod
        && router.find("GET", raw.path()) instanceof Found get
        && get.route().isOpen()) {
      match = get;
    }
    return switch (match) {
      case Found found -> found;
      case NoPath _ ->
          throw ApiError.of(
              ErrorReason.ROUTE_NOT_FOUND, "There is no such path; /docs lists those that are.");
      case NoMethod(var allowed) ->
          throw ApiError.of(
              ErrorReason.METHOD_NOT_ALLOWED,
              "This path takes " + String.join(", ", allowed) + ".",
              Map.of("allowed", String.join(", ", allowed)));
    };
  }

  private static byte[] body(RawRequest raw, Route route) {
    boolean takesBody = route.method().equals("POST") || route.method().equals("PATCH");
    if (!takesBody || !raw.hasBody()) {
      return NO_BODY;
    }
    if (!route.isOpen()) {
      Negotiation.requireJsonSent(raw.headers().apply("Content-Type"));
    }
    return raw.body(route.bodyBytes());
  }

  private static Response complete(Response response, Passage passage, boolean noStore) {
    Map<String, String> headers = new LinkedHashMap<>(response.headers());
    headers.putAll(passage.rateHeaders);
    headers.put("X-Request-Id", passage.requestId);
    headers.put("X-Content-Type-Options", "nosniff");
    if (noStore) {
      headers.put("Cache-Control", "no-store");
    }
    return response.with(headers);
  }

  /// The id of a request: the one that it brings when that has the right form, else a new one.
  public String requestId(@Nullable String given) {
    return given != null && isRequestId(given) ? given : requestIds.get();
  }

  private static boolean isRequestId(String text) {
    if (text.isEmpty() || text.length() > 64) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!letter && (c < '0' || c > '9') && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  /// Whether the path is under `/v1`, where everything asks for a key.
  public static boolean isPrivate(String path) {
    return path.startsWith("/v1") && (path.length() == 3 || path.charAt(3) == '/');
  }

  private static String knownMethod(String method) {
    return METHODS.contains(method) ? method : "OTHER";
  }

  private static ApiError storage(StorageException e, Passage passage) {
    return switch (e.kind()) {
      case FULL ->
          ApiError.retryAfter(
              ErrorReason.STORAGE_FULL,
              "The server's disk is full; nothing was stored. Free space, then send it again.",
              Duration.ofSeconds(5));
      case UNAVAILABLE, CONFLICT, BROKEN ->
          ApiError.retryAfter(
              ErrorReason.STORAGE_UNAVAILABLE,
              "The server's database does not answer; send the request again.",
              Duration.ofSeconds(2));
      case OVERLOADED -> overloaded();
      // Who calls without a key is no workspace; networks come again after a 5xx alone.
      case WORKSPACE_BUSY ->
          passage.isOpen()
              ? overloaded()
              : ApiError.retryAfter(
                  ErrorReason.WORKSPACE_BUSY,
                  "This workspace has more waiting to be written than its share; send it again.",
                  Duration.ofSeconds(1));
      case REFUSED -> throw new IllegalArgumentException("a fault of ours, not the storage's");
    };
  }

  private static ApiError overloaded() {
    return ApiError.retryAfter(
        ErrorReason.OVERLOADED,
        "The server has more to write than it can hold; send the request again.",
        Duration.ofSeconds(1));
  }

  private static Response failed(Throwable e, RawRequest raw, Passage passage) {
    LOG.error(
        "{} {} failed, request {}: {}",
        knownMethod(raw.method()),
        passage.template(),
        passage.requestId,
        Trace.of(e));
    return ErrorAnswer.of(internal(passage.requestId), passage.requestId);
  }

  private static ApiError internal(String requestId) {
    return ApiError.of(
        ErrorReason.INTERNAL,
        "The server failed; its log says why under request " + requestId + ".",
        Map.of("requestId", requestId));
  }

  /// What has become known of a request on its way.
  private static final class Passage {

    private final String requestId;
    private @Nullable Route route;
    private Map<String, String> rateHeaders = Map.of();

    Passage(String requestId) {
      this.requestId = requestId;
    }

    boolean isOpen() {
      return route != null && route.isOpen();
    }

    String template() {
      return route == null ? UNMATCHED : route.template();
    }
  }
}
