package io.recado.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.journal.Dialect;
import io.recado.testing.ApiClient;
import io.recado.testing.OpenApiOperation;
import io.recado.testing.OpenApiParameter;
import io.recado.testing.Reply;
import io.recado.testing.RunningRecado;
import io.recado.testing.TestChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/// Two hundred requests for each operation of openapi.yaml, from right to absurd: none is answered
/// 5xx, and every answer is one that the document has. A failure names the seed, which
/// `-Drecado.fuzz.seed` repeats.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuzzTest {

  private static final int REQUESTS = 200;
  private static final long SEED = Long.getLong("recado.fuzz.seed", new Random().nextLong());

  private final RunningRecado recado = RunningRecado.on(Dialect.SQLITE);
  private final TestChannel channel = recado.newChannel();
  private final String conversation = channel.openConversation("+573000000801");
  private final String message = channel.send(conversation, "x");
  private final String endpoint =
      recado
          .post("/v1/webhookEndpoints", "{'url': 'http://127.0.0.1:9/nobody'}")
          .ok()
          .path("name")
          .asString();
  private final Map<String, String> ids =
      Map.of(
          "channelId", channel.id(),
          "conversationId", last(conversation),
          "messageId", last(message),
          "apiKeyId", "0123456789abcdef01234567",
          "webhookEndpointId", last(endpoint),
          "deliveryId", "evt_000000000000000000000001",
          "templateName", "order_confirmed");

  @AfterAll
  void stop() {
    System.err.println("FuzzTest ran with -Drecado.fuzz.seed=" + SEED);
    recado.close();
  }

  static Stream<OpenApiOperation> operations() {
    return ApiClient.contract().operations().stream();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void noRequestMakesTheServerFailOrAnswerWhatIsNotDocumented(OpenApiOperation operation) {
    var random = new SplittableRandom(SEED ^ operation.id().hashCode());
    var mutator = new RequestMutator(random);
    List<JsonNode> examples = new ArrayList<>(operation.requestExamples().values());
    for (int i = 0; i < REQUESTS; i++) {
      boolean isPlain = random.nextInt(4) == 0;
      String target = target(operation, mutator, isPlain ? 0 : random.nextInt(10));
      byte[] body =
          examples.isEmpty() ? new byte[0] : body(mutator, mutator.pick(examples), isPlain);
      String key =
          operation.role().equals("OPERATOR") ? recado.operatorKey() : RunningRecado.ADMIN_KEY;
      List<String> headers = new ArrayList<>(List.of("Authorization", "Bearer " + key));
      if (body.length > 0) {
        headers.addAll(List.of("Content-Type", "application/json"));
      }
      if (random.nextInt(8) == 0) {
        headers.addAll(List.of("Idempotency-Key", mutator.pick(List.of("a", "b", "\"c\"", "d e"))));
      }
      Reply reply =
          recado.callBare(operation.method(), target, body, headers.toArray(String[]::new));
      assertThat(reply.status())
          .as("seed %d: %s %s %s", SEED, operation.method(), target, new String(body))
          .isLessThan(500);
    }
    assertThat(channel.get("").status()).isEqualTo(200);
  }

  private static byte[] body(RequestMutator mutator, JsonNode example, boolean isPlain) {
    return isPlain
        ? example.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)
        : mutator.body(example == null ? NullNode.getInstance() : example);
  }

  /// @param disorder how much of the path and query is wrong: 0 none, 9 most
  private String target(OpenApiOperation operation, RequestMutator mutator, int disorder) {
    String target = operation.path();
    for (OpenApiParameter parameter : operation.parameters()) {
      String place = "{" + parameter.name() + "}";
      if (parameter.in().equals("path")) {
        boolean isWrong = disorder == 9 || operation.method().equals("DELETE");
        target =
            target.replace(place, isWrong ? mutator.id() : ids.getOrDefault(parameter.name(), "x"));
      } else if (parameter.in().equals("query") && disorder > 2) {
        String joint = target.contains("?") ? "&" : "?";
        target += joint + parameter.name() + "=" + mutator.query();
      }
    }
    return target;
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
