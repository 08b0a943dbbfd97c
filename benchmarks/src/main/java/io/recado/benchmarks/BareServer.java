package io.recado.benchmarks;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.recado.json.Json;
import io.recado.json.JsonObject;

/// What accepting a message is held against: the same HTTP server with the least that a handler can
/// do. Checks the key, parses the body, answers 95 bytes of JSON; stores nothing.
///
/// Fixed: making it faster or slower would change every ratio that was ever measured.
final class BareServer {

  private static final String NAME = "messages/665ab3c4d5e6f7a8b9c0d3e4-665ab3c4d5e6f7a8";
  private static final String CREATE_TIME = "2026-11-22T10:00:00Z";

  private final String authorization;

  private BareServer(String key) {
    this.authorization = "Bearer " + key;
  }

  /// Serves until the process ends. The key comes in the environment, as the real server's does.
  static void main(String[] args) {
    var bare = new BareServer(System.getenv("RECADO_ADMIN_KEY"));
    WebServer server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .backlog(1024)
            .connectionOptions(options -> options.tcpNoDelay(true))
            .addRouting(HttpRouting.builder().post("/v1/messages", bare::accept))
            .build()
            .start();
    System.out.println(ServerProcess.READY + "http://127.0.0.1:" + server.port());
  }

  private void accept(ServerRequest request, ServerResponse response) {
    if (!request.headers().contains(HeaderNames.AUTHORIZATION)
        || !request.headers().get(HeaderNames.AUTHORIZATION).get().equals(authorization)) {
      response.status(Status.UNAUTHORIZED_401).send();
      return;
    }
    JsonObject body = Json.readObject(request.content().as(byte[].class));
    if (body.string("text").isEmpty()) {
      response.status(Status.BAD_REQUEST_400).send();
      return;
    }
    JsonObject answer =
        JsonObject.builder().with("name", NAME).with("createTime", CREATE_TIME).build();
    response.header(HeaderValues.CONTENT_TYPE_JSON).send(Json.write(answer));
  }
}
