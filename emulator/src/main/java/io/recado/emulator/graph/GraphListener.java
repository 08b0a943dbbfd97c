package io.recado.emulator.graph;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The HTTP server: one virtual thread a connection, every error answered as Meta words it.
public final class GraphListener implements AutoCloseable {
  /// Room for the largest upload, a document of 100 MB, with its multipart frame.
  private static final long MAX_PAYLOAD_BYTES = 101L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(GraphListener.class);

  private final Map<String, Edges> prefixes;
  private final Edges graph;
  private final RandomGenerator random;
  private final WebServer server;

  /// Answers all requests below one first part of the path.
  @FunctionalInterface
  public interface Edges {
    Reply answer(Request request) throws InterruptedException;
  }

  /// Starts to listen.
  ///
  /// @throws IllegalStateException when the port is taken or the host is not of this machine
  /// @param port 0 takes a free one
  /// @param prefixes first parts of paths that do not belong to Graph, with who answers them
  public GraphListener(
      String host,
      int port,
      GraphRoutes graph,
      Map<String, Edges> prefixes,
      RandomGenerator random) {
    this.prefixes = Map.copyOf(prefixes);
    this.graph = graph::answer;
    this.random = random;
    this.server =
        WebServer.builder()
            .host(host)
            .port(port)
            .shutdownHook(false)
            .maxPayloadSize(MAX_PAYLOAD_BYTES)
            .maxTcpConnections(10_000)
            .shutdownGracePeriod(Duration.ofMillis(200))
            .connectionOptions(options -> options.tcpNoDelay(true))
            .routing(routing -> routing.any(this::handle))
            .build();
    server.start();
    // Helidon logs a port in use and goes on without it.
    if (!server.isRunning() || server.port() <= 0) {
      throw new IllegalStateException("cannot listen on " + host + ":" + port);
    }
  }

  public int port() {
    return server.port();
  }

  private void handle(ServerRequest received, ServerResponse response) {
    String traceId = traceId();
    Reply reply;
    try {
      Request request = new Request(received);
      reply = prefixes.getOrDefault(request.segments().getFirst(), graph).answer(request);
    } catch (GraphError e) {
      reply = Reply.json(e.status(), e.body(traceId));
    } catch (AnswerLost e) {
      throw new CloseConnectionException("answer lost on purpose", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloseConnectionException("stopping", e);
    } catch (IllegalArgumentException e) {
      reply = Reply.json(400, GraphError.of(100, "The request cannot be read.").body(traceId));
    }
    response.status(reply.status());
    response.header(HeaderNames.CONTENT_TYPE, reply.contentType());
    response.header("x-fb-trace-id", traceId);
    reply.headers().forEach(response::header);
    response.send(reply.body());
  }

  private String traceId() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return "A" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void close() {
    server.stop();
    LOG.debug("stopped listening");
  }
}
