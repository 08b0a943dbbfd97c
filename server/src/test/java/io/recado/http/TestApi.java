package io.recado.http;

import io.recado.http.request.ApiError;
import io.recado.http.request.Caller;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.http.request.Role;
import io.recado.http.request.StreamedBody;
import io.recado.journal.Id;
import io.recado.journal.StorageException;
import io.recado.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A small API for the tests of this package.
public final class TestApi {

  public static final String CHANNEL = "6633a1b2c4d5e6f7a8b9c0d1";
  public static final String OTHER_CHANNEL = "6633a1b2c4d5e6f7a8b9c0d2";
  public static final String CALLBACKS = "/providers/" + CHANNEL;
  public static final String MESSAGES =
      "/v1/channels/" + CHANNEL + "/conversations/664fa2b3c4d5e6f7a8b9c0d2/messages";

  public final CountDownLatch entered = new CountDownLatch(1);
  public final CountDownLatch leave = new CountDownLatch(1);
  public final List<String> observed = new CopyOnWriteArrayList<>();
  public volatile StreamedBody streamed = _ -> {};
  public final AtomicInteger handled = new AtomicInteger();
  private final AtomicInteger requestIds = new AtomicInteger();

  public final HttpApi api =
      new HttpApi(
          routes(),
          TestApi::caller,
          caller ->
              caller.workspace() == 9
                  ? Map.of("RateLimit", "\"key\";r=1;t=1", "RateLimit-Policy", "\"key\";q=2;w=1")
                  : limit(caller),
          (route, method, status, nanos) -> observed.add(method + " " + route + " " + status),
          () -> "made-" + requestIds.incrementAndGet());

  private static Map<String, String> limit(Caller caller) {
    if (caller.workspace() == 8) {
      throw ApiError.retryAfter(
          ErrorReason.RATE_LIMITED, "Too many requests.", Duration.ofMillis(1200));
    }
    return Map.of();
  }

  private static Caller caller(String authorization) {
    if (authorization == null) {
      throw ApiError.of(ErrorReason.CREDENTIALS_MISSING, "Send a key.");
    }
    Id key = new Id(1, 1);
    return switch (authorization) {
      case "Bearer admin" -> new Caller(1, key, Role.ADMIN, Set.of());
      case "Bearer reader" -> new Caller(1, key, Role.READER, Set.of());
      case "Bearer limited" -> new Caller(9, key, Role.ADMIN, Set.of());
      case "Bearer exhausted" -> new Caller(8, key, Role.ADMIN, Set.of());
      case "Bearer confined" -> new Caller(1, key, Role.ADMIN, Set.of(Id.parse(CHANNEL)));
      default -> throw ApiError.of(ErrorReason.CREDENTIALS_UNKNOWN, "No such key.");
    };
  }

  private Routes routes() {
    return new Routes()
        .post(
            "/v1/channels/{channelId}/conversations/{conversationId}/messages",
            Role.SENDER,
            this::echo)
        .get("/v1/channels/{channelId}", Role.READER, this::echo)
        .post("/v1/channels/{channelId}:pause", Role.ADMIN, this::echo)
        .post("/v1/channels", Role.ADMIN, this::echo)
        .getAcrossChannels("/v1/channels", Role.READER, this::echo)
        .get("/v1/broken", Role.READER, _ -> fail())
        .get("/v1/gone", Role.READER, _ -> notFound())
        .get("/v1/closed", Role.READER, _ -> closed())
        .get("/v1/slow", Role.READER, _ -> slow())
        .get("/v1/stream", Role.READER, _ -> Response.streamed("text/event-stream", streamed))
        .open("GET", "/open/stream", 0, _ -> Response.streamed("text/event-stream", streamed))
        .get("/v1/full", Role.READER, _ -> full(StorageException.Kind.FULL))
        .get("/v1/away", Role.READER, _ -> full(StorageException.Kind.UNAVAILABLE))
        .get("/v1/busy", Role.READER, _ -> full(StorageException.Kind.OVERLOADED))
        .get("/v1/share", Role.READER, _ -> full(StorageException.Kind.WORKSPACE_BUSY))
        .delete("/v1/channels/{channelId}", Role.ADMIN, _ -> Response.none())
        .open("GET", "/big", 0, _ -> Response.bytes("image/png", new byte[32 << 20]))
        .open("GET", "/livez", 0, _ -> Response.text("ok"))
        .open("POST", "/open/slow", 0, _ -> slow())
        .open("GET", "/open/share", 0, _ -> full(StorageException.Kind.WORKSPACE_BUSY))
        .open("POST", "/providers/{channelId}", 4 << 20, TestApi::requireKnown, this::length);
  }

  private Response echo(Request request) {
    handled.incrementAndGet();
    var variables = JsonObject.builder();
    request.variables().forEach(variables::with);
    return Response.ok(
        JsonObject.builder()
            .with("route", request.route())
            .with("variables", variables.build())
            .with("body", request.json())
            .build());
  }

  private static void requireKnown(Request head) {
    if (!head.variable("channelId").equals(CHANNEL)) {
      throw ApiError.notFound("channels/" + head.variable("channelId"));
    }
  }

  private Response length(Request request) {
    handled.incrementAndGet();
    return Response.text(Integer.toString(request.body().length));
  }

  private Response slow() throws InterruptedException {
    entered.countDown();
    leave.await();
    return Response.ok(JsonObject.empty());
  }

  private static Response fail() {
    throw new IllegalStateException("secret words of a caller");
  }

  private static Response notFound() {
    throw ApiError.notFound("channels/" + CHANNEL);
  }

  private static Response closed() {
    throw ApiError.of(
        ErrorReason.CHANNEL_DISABLED, "Enable it.", Map.of("resource", "channels/" + CHANNEL));
  }

  private static Response full(StorageException.Kind kind) {
    throw new StorageException(kind, "disk of host db-17");
  }
}
