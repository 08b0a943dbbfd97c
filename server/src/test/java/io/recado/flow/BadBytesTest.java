package io.recado.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.http.server.RawClient;
import io.recado.http.server.RawClient.Answer;
import io.recado.journal.Dialect;
import io.recado.testing.ApiClient;
import io.recado.testing.OpenApiOperation;
import io.recado.testing.RunningRecado;
import io.recado.testing.TestChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Bodies that are no bodies: refused with a sentence, nothing stored, and the same connection
/// answers the next request.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadBytesTest {

  private static final String MARK = "MARKED";

  private final RunningRecado recado = RunningRecado.on(Dialect.SQLITE);
  private final TestChannel channel = recado.newChannel();
  private final String conversation = channel.openConversation("+573000000601");
  private final String endpoint =
      recado
          .post("/v1/webhookEndpoints", "{'url': 'http://127.0.0.1:9/nobody'}")
          .ok()
          .path("name")
          .asString();

  /// A body for `POST …/messages`.
  record Bad(String what, byte[] body, int status, String reason) {
    @Override
    public String toString() {
      return what;
    }
  }

  @AfterAll
  void stop() {
    recado.close();
  }

  static Stream<Bad> bodies() {
    return Stream.of(
        new Bad("nothing", new byte[0], 400, "INVALID_FIELDS"),
        bad("half an object", "{'text': 'x'"),
        bad("a list", "['x']"),
        bad("a string", "'x'"),
        bad("null", "null"),
        bad("two values", "{'text': 'x'} {'text': 'y'}"),
        bad("a comma too much", "{'text': 'x',}"),
        bad("a field without quotes", "{text: 'x'}"),
        bad("a comment", "{'text': 'x' /* y */}"),
        bad("not a number", "{'text': NaN}"),
        bad("a field twice", "{'text': 'x', 'text': 'y'}"),
        bad("a field twice below", "{'text': 'x', 'metadata': {'a': '1', 'a': '2'}}"),
        bad("a raw line break in a string", "{'text': 'x\ny'}"),
        bad("NUL", "{'text': 'x\\u0000'}"),
        bad("half a surrogate pair", "{'text': 'x\\ud83d'}"),
        bad("surrogates the wrong way round", "{'text': '\\ude42\\ud83d'}"),
        bad("33 levels", "{'text': " + "[".repeat(32) + "]".repeat(32) + "}"),
        bad("a million brackets, half", "[".repeat(200_000)),
        bad("a long number", "{'text': " + "9".repeat(65) + "}"),
        bad("a long name", "{'" + "n".repeat(257) + "': 1}"),
        bad("many values", "{'text': [" + "1,".repeat(110_000) + "1]}"),
        new Bad("bad UTF-8", bytes("{'text': '", new byte[] {(byte) 0xc3, 0x28}), 400, json()),
        new Bad(
            "overlong UTF-8",
            bytes("{'text': '", new byte[] {(byte) 0xc0, (byte) 0xaf}),
            400,
            json()),
        new Bad(
            "surrogates in UTF-8",
            bytes("{'text': '", new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}),
            400,
            json()),
        new Bad("UTF-16", "{\"text\": \"x\"}".getBytes(StandardCharsets.UTF_16LE), 400, json()),
        new Bad(
            "a byte order mark",
            ("\ufeff{\"text\": \"x\"}").getBytes(StandardCharsets.UTF_8),
            400,
            json()),
        new Bad(
            "256 KiB and a byte",
            bytes("{'text': '" + "x".repeat((256 << 10) - 11), new byte[0]),
            413,
            "PAYLOAD_TOO_LARGE"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void aBadBodyIsRefusedAndTheConnectionGoesOn(Bad bad) throws IOException {
    Map<String, Long> before = recado.rows();
    try (RawClient client = new RawClient(recado.port())) {
      Answer answer = client.call(post(channel.path() + conversation + "/messages"), bad.body());
      assertThat(answer.status()).as(answer.text()).isEqualTo(bad.status());
      assertThat(answer.reason()).isEqualTo(bad.reason());
      assertThat(recado.rows()).isEqualTo(before);
      if (bad.status() != 413) {
        assertStillUsable(client);
      }
    }
  }

  @Test
  void aBodyOfExactlyTheLimitIsRead() throws IOException {
    try (RawClient client = new RawClient(recado.port())) {
      byte[] body = bytes("{'text': '" + "x".repeat((256 << 10) - 12), new byte[0]);
      assertThat(body).hasSize(256 << 10);
      Answer answer = client.call(post(channel.path() + conversation + "/messages"), body);
      assertThat(answer.reason()).isEqualTo("INVALID_FIELDS");
      assertStillUsable(client);
    }
  }

  static Stream<OpenApiOperation> operationsWithBodies() {
    return ApiClient.contract().operations().stream()
        .filter(operation -> operation.path().startsWith("/v1/"))
        .filter(operation -> operation.requestSchema().isPresent())
        .filter(operation -> !operation.requestExamples().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("operationsWithBodies")
  void noTextFieldOfAnyOperationTakesWhatADatabaseCannotKeep(OpenApiOperation operation)
      throws IOException {
    Map<String, Long> before = recado.rows();
    String key =
        operation.role().equals("OPERATOR") ? recado.operatorKey() : RunningRecado.ADMIN_KEY;
    String path =
        operation
            .path()
            .replace("{channelId}", channel.id())
            .replace("{conversationId}", conversation.substring(conversation.lastIndexOf('/') + 1))
            .replace("{webhookEndpointId}", endpoint.substring(endpoint.indexOf('/') + 1))
            .replace("{templateName}", "hello_world")
            // Whatever else there is need not exist: the body is refused first.
            .replaceAll("\\{\\w+}", "0123456789abcdef01234567");
    try (RawClient client = new RawClient(recado.port())) {
      for (JsonNode example : operation.requestExamples().values()) {
        for (String marked : marked(example)) {
          for (String wrong : List.of("a\\u0000b", "\\ud800", "\\udc00x")) {
            byte[] body = marked.replace(MARK, wrong).getBytes(StandardCharsets.UTF_8);
            Answer answer = client.call(head(operation.method(), path, key), body);
            assertThat(answer.status()).as(marked).isEqualTo(400);
            assertThat(answer.reason()).as(marked).isEqualTo("INVALID_JSON");
          }
        }
      }
      assertStillUsable(client);
    }
    assertThat(recado.rows()).isEqualTo(before);
  }

  private void assertStillUsable(RawClient client) throws IOException {
    Answer next = client.call(head("GET", channel.path(), RunningRecado.ADMIN_KEY), new byte[0]);
    assertThat(next.status()).isEqualTo(200);
    assertThat(next.text()).contains(channel.name());
  }

  /// The example once for each of its strings, with a mark in its place.
  private static List<String> marked(JsonNode example) {
    List<String> marked = new ArrayList<>();
    int strings = replace(example.deepCopy(), -1, new int[1])[0];
    for (int i = 0; i < strings; i++) {
      JsonNode copy = example.deepCopy();
      replace(copy, i, new int[1]);
      marked.add(copy.toString());
    }
    return marked;
  }

  private static int[] replace(JsonNode node, int which, int[] seen) {
    if (node instanceof ObjectNode object) {
      for (String name : List.copyOf(object.propertyNames())) {
        if (object.get(name).isString()) {
          if (seen[0]++ == which) {
            object.set(name, StringNode.valueOf(MARK));
          }
        } else {
          replace(object.get(name), which, seen);
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i).isString()) {
          if (seen[0]++ == which) {
            array.set(i, StringNode.valueOf(MARK));
          }
        } else {
          replace(array.get(i), which, seen);
        }
      }
    }
    return seen;
  }

  private static Bad bad(String what, String body) {
    return new Bad(what, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), 400, json());
  }

  private static String json() {
    return "INVALID_JSON";
  }

  private static byte[] bytes(String start, byte[] middle) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(start.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(middle);
    bytes.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  private static String post(String path) {
    return head("POST", path, RunningRecado.ADMIN_KEY);
  }

  private static String head(String method, String path, String key) {
    return "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"
        .formatted(method, path, key);
  }
}
