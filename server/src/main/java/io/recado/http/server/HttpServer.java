package io.recado.http.server;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.recado.http.ClientGone;
import io.recado.http.HttpApi;
import io.recado.http.Routes;
import io.recado.http.request.Response;
import io.recado.http.request.StreamedBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

/// Connects [HttpApi] to the network. Each connection has a virtual thread of its own.
///
/// Requests beyond the server's [Capacity] are answered 503 at once, as are all once the server
/// drains; open `GET` routes, which tell how the server is, are always answered. Pages that Helidon
/// serves natively come as [HttpService]s, behind the API's routes.
public final class HttpServer implements AutoCloseable {

  private static final Header JSON = HeaderValues.create(HeaderNames.CONTENT_TYPE, Response.JSON);
  private static final Header NO_SNIFF =
      HeaderValues.createCached("X-Content-Type-Options", "nosniff");
  private static final Header NO_STORE = HeaderValues.createCached("Cache-Control", "no-store");
  private static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");

  private final HttpApi api;
  private final boolean hasServices;
  private final ConnectionWatch watch;
  private final WebServer server;
  private final Capacity capacity;
  private final Streams streams = new Streams();
  private volatile boolean draining;

  private HttpServer(HttpApi api, Listening listening, List<HttpService> services) {
    this.api = api;
    this.hasServices = !services.isEmpty();
    this.capacity = new Capacity(listening.requests(), listening.bodyBytes());
    var faults = new TransportFaults(api);
    this.watch = new ConnectionWatch(listening, api.largestBody(), faults::tooSlow);
    HttpRouting.Builder routing = HttpRouting.builder().addFilter(this::filter);
    services.forEach(routing::register);
    var handlers = DirectHandlers.builder();
    for (EventType event : EventType.values()) {
      handlers.addHandler(event, faults);
    }
    var builder =
        WebServer.builder()
            .host(listening.host())
            .port(listening.port())
            .shutdownHook(false)
            .protocolsDiscoverServices(false)
            .addConnectionSelector(watch)
            .backlog(1024)
            .maxTcpConnections(listening.connections())
            .maxPayloadSize(api.largestBody())
            .connectionOptions(options -> options.tcpNoDelay(true))
            .idleConnectionTimeout(Duration.ofDays(1))
            .shutdownGracePeriod(Duration.ofMillis(500))
            .errorHandling(errors -> errors.includeEntity(true))
            .directHandlers(handlers.build())
            .addRouting(routing);
    if (listening.tls() != null) {
      builder.tls(tls(listening.tls()));
    }
    this.server = builder.build();
  }

  /// Loads what the first server of a process needs, which takes it most of its start.
  public static void prepare() {
    HttpRouting.builder();
    WebServer.builder();
  }

  /// Starts to listen; returns once requests are accepted.
  ///
  /// @param services pages that Helidon serves itself, for paths outside `/v1`
  /// @throws RuntimeException when the port is taken or a certificate cannot be read
  public static HttpServer start(HttpApi api, Listening listening, List<HttpService> services) {
    var server = new HttpServer(api, listening, services);
    server.watch.start();
    try {
      server.server.start();
      if (!server.server.isRunning()) {
        // Helidon only logs what went wrong.
        throw new UncheckedIOException(whyNot(listening));
      }
    } catch (RuntimeException e) {
      server.watch.close();
      throw e;
    }
    return server;
  }

  /// As above, without further pages.
  public static HttpServer start(HttpApi api, Listening listening) {
    return start(api, listening, List.of());
  }

  /// The port, also when a free one was asked for.
  public int port() {
    return server.port();
  }

  /// Stops: refuses new requests, ends all streams, lets the requests in flight end, then closes
  /// all connections.
  ///
  /// @param patience the longest wait for requests in flight; those that are left are cut off
  /// @return whether all of them ended by themselves
  public boolean drain(Duration patience) throws InterruptedException {
    draining = true;
    streams.endAll();
    boolean ended = capacity.awaitEnd(patience);
    stop();
    return ended;
  }

  /// Stops without waiting.
  @Override
  public void close() {
    draining = true;
    streams.endAll();
    stop();
  }

  /// Tries what failed, to learn the reason.
  private static IOException whyNot(Listening listening) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(listening.host(), listening.port()));
      return new BindException("it was not free a moment ago");
    } catch (IOException e) {
      return e;
    }
  }

  private void stop() {
    server.stop();
    watch.close();
  }

  private void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    var exchange = new Exchange(request);
    if (hasServices && !api.knows(exchange.path())) {
      String id = api.requestId(exchange.headers().apply("X-Request-Id"));
      response.header(HeaderValues.create(REQUEST_ID, id));
      chain.proceed();
      return;
    }
    try {
      send(exchange, response, answer(exchange));
    } catch (ClientGone e) {
      throw new CloseConnectionException("the client went away", e);
    }
  }

  private Response answer(Exchange exchange) {
    if (isAlwaysAnswered(exchange)) {
      return api.answer(exchange);
    }
    if (draining) {
      return api.refuse(exchange, HttpApi.shuttingDown());
    }
    try (var turn = capacity.turn(HttpApi.isPrivate(exchange.path()))) {
      return turn.work()
          ? api.answer(exchange.during(turn))
          : api.refuse(exchange, TransportFaults.tooManyRequests());
    }
  }

  private boolean isAlwaysAnswered(Exchange exchange) {
    String method = exchange.method();
    return (method.equals("GET") || method.equals("HEAD"))
        && !HttpApi.isPrivate(exchange.path())
        && !api.isForPages(exchange.path());
  }

  private void send(Exchange exchange, RoutingResponse response, Response answer) {
    boolean streamed = answer.stream() != null;
    boolean close = draining || streamed || exchange.mustClose();
    response.status(Status.create(answer.status()));
    if (answer.contentType().equals(Response.JSON)) {
      response.header(JSON);
    } else if (!answer.contentType().isEmpty()) {
      response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
    }
    answer.headers().forEach((name, value) -> response.header(header(name, value)));
    if (close) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    if (exchange.method().equals("HEAD")) {
      sendHead(response, answer);
    } else if (answer.stream() != null) {
      streams.write(answer.stream(), response, watch.current());
    } else {
      response.send(answer.body());
    }
    boolean clean = exchange.discard(Routes.BODY_BYTES);
    if (close || !clean) {
      // Helidon goes on reading after an answer that says close; the rest would become a request.
      throw new CloseConnectionException("the answer said so");
    }
  }

  private static void sendHead(RoutingResponse response, Response answer) {
    StreamedBody unwanted = answer.stream();
    if (unwanted == null) {
      response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(answer.body().length));
    } else {
      unwanted.close();
    }
    response.send();
  }

  private static Header header(String name, String value) {
    return switch (name) {
      case "X-Request-Id" -> HeaderValues.create(REQUEST_ID, value);
      case "X-Content-Type-Options" -> NO_SNIFF;
      case "Cache-Control" ->
          value.equals("no-store")
              ? NO_STORE
              : HeaderValues.create(HeaderNames.CACHE_CONTROL, value);
      default -> HeaderValues.create(HeaderNames.create(name), value);
    };
  }

  private static Tls tls(Listening.Tls files) {
    Keys keys =
        Keys.builder()
            .pem(
                pem ->
                    pem.key(Resource.create(files.key()))
                        .certChain(Resource.create(files.certificate())))
            .build();
    return Tls.builder()
        .privateKey(keys.privateKey().orElseThrow())
        .privateKeyCertChain(keys.certChain())
        .build();
  }
}
