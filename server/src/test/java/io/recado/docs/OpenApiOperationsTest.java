package io.recado.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.testing.OpenApiContract;
import io.recado.testing.OpenApiOperation;
import io.recado.testing.OpenApiParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Each operation of the document by itself: explained, bounded, with examples that are valid.
class OpenApiOperationsTest {

  private static final OpenApiContract CONTRACT = OpenApiContract.load();
  private static final JsonNode ROOT = CONTRACT.document().root();
  private static final String ERROR = "#/components/schemas/ErrorResponse";

  static Stream<OpenApiOperation> operations() {
    return CONTRACT.operations().stream();
  }

  static Stream<OpenApiOperation> calls() {
    return operations().filter(operation -> operation.path().startsWith("/v1/"));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anOperationIsExplained(OpenApiOperation operation) {
    JsonNode node = operation.node();
    assertThat(node.path("summary").asString("")).isNotBlank().hasSizeLessThan(80);
    assertThat(node.path("description").asString("")).isNotBlank();
    assertThat(node.path("tags").size()).isEqualTo(1);
    assertThat(tagNames()).contains(node.at("/tags/0").asString());
    assertThat(operation.role()).isIn("ADMIN", "SENDER", "READER", "OPERATOR", "NONE");
    assertThat(operation.parameters())
        .allSatisfy(
            parameter ->
                assertThat(parameter.node().path("description").asString("")).isNotBlank());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anOperationWithARoleAsksForAKeyAndOthersDoNot(OpenApiOperation operation) {
    JsonNode security = operation.node().path("security");
    assertThat(operation.role().equals("NONE")).isEqualTo(!security.isMissingNode());
    assertThat(operation.role().equals("NONE")).isEqualTo(!operation.path().startsWith("/v1/"));
    for (JsonNode requirement : security) {
      requirement
          .propertyNames()
          .forEach(
              name ->
                  assertThat(ROOT.at("/components/securitySchemes").has(name)).as(name).isTrue());
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void thePathsParametersAreDescribedAndNoOthers(OpenApiOperation operation) {
    List<String> inPath =
        Pattern.compile("\\{([^}]+)}")
            .matcher(operation.path())
            .results()
            .map(match -> match.group(1))
            .toList();
    List<OpenApiParameter> described =
        operation.parameters().stream().filter(one -> one.in().equals("path")).toList();
    assertThat(described).extracting(OpenApiParameter::name).containsExactlyElementsOf(inPath);
    assertThat(described).allMatch(OpenApiParameter::required);
    assertThat(operation.parameters())
        .extracting(parameter -> parameter.in() + parameter.name())
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void examplesOfParametersAreValid(OpenApiOperation operation) {
    for (OpenApiParameter parameter : operation.parameters()) {
      List<JsonNode> examples = new ArrayList<>(operation.examples(parameter.node()).values());
      if (parameter.node().has("example")) {
        examples.add(parameter.node().get("example"));
      }
      assertThat(examples).as(parameter.name()).isNotEmpty();
      examples.forEach(
          value ->
              assertThat(CONTRACT.faults(parameter.schema(), value))
                  .as(parameter.name())
                  .isEmpty());
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void everyPostTakesAnIdempotencyKeyAndSaysWhatBecomesOfIt(OpenApiOperation call) {
    boolean taken =
        call.parameters().stream()
            .anyMatch(one -> one.in().equals("header") && one.name().equals("Idempotency-Key"));
    // Each sign-in is another one: its answer is a secret that is not kept.
    boolean post = call.method().equals("POST") && !call.id().equals("session_create");
    assertThat(taken).isEqualTo(post);
    assertThat(call.responses().containsKey("422")).isEqualTo(post);
    if (post) {
      assertThat(call.responses()).containsKey("409");
      assertThat(call.responses().get("200").path("headers").has("Idempotent-Replayed")).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void whatEveryCallCanBeAnsweredIsThere(OpenApiOperation call) {
    Set<String> statuses = call.responses().keySet();
    assertThat(statuses).contains("400", "401", "403", "406", "429", "500", "503", "default");
    assertThat(statuses).contains(call.method().equals("DELETE") ? "204" : "200");
    assertThat(statuses.contains("404")).isEqualTo(call.path().contains("{"));
    boolean body = call.requestSchema().isPresent();
    assertThat(statuses.contains("408")).isEqualTo(body);
    assertThat(statuses.contains("413")).isEqualTo(body);
    assertThat(statuses.contains("415")).isEqualTo(body);
    assertThat(body).isEqualTo(Set.of("POST", "PATCH").contains(call.method()));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void requestsAreClosedAndTheirExamplesValid(OpenApiOperation operation) {
    operation
        .requestSchema()
        .ifPresent(
            schema -> {
              assertThat(operation.requestExamples()).isNotEmpty();
              operation
                  .requestExamples()
                  .forEach(
                      (name, value) ->
                          assertThat(CONTRACT.faults(schema, value)).as(name).isEmpty());
              if (operation.path().startsWith("/v1/")) {
                assertClosedAndBounded(schema, operation.id());
              }
            });
  }

  @ParameterizedTest
  @MethodSource("operations")
  void answersHaveExamplesThatAreValid(OpenApiOperation operation) {
    operation
        .responses()
        .forEach(
            (status, response) -> {
              assertThat(response.path("description").asString("")).isNotBlank();
              response
                  .path("content")
                  .forEachEntry(
                      (type, media) -> {
                        Map<String, JsonNode> examples = operation.examples(media);
                        assertThat(examples).as(status).isNotEmpty();
                        examples.forEach(
                            (name, value) ->
                                assertThat(CONTRACT.faults(media.path("schema"), value))
                                    .as(status + " " + name)
                                    .isEmpty());
                      });
            });
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyRefusalIsTheSharedError(OpenApiOperation operation) {
    operation
        .responses()
        .forEach(
            (status, response) -> {
              boolean health =
                  response
                      .at("/content/application~1json/schema/$ref")
                      .asString("")
                      .endsWith("/Health");
              if ((status.compareTo("400") < 0 && !status.equals("default")) || health) {
                return;
              }
              JsonNode media = response.at("/content/application~1json");
              assertThat(media.at("/schema/$ref").asString()).isEqualTo(ERROR);
              if (!status.equals("default")) {
                operation
                    .examples(media)
                    .forEach(
                        (name, value) ->
                            assertThat(value.at("/error/code").asString())
                                .as(name)
                                .isEqualTo(status));
              }
            });
  }

  @ParameterizedTest
  @MethodSource("calls")
  void everyAnswerNamesItsRequest(OpenApiOperation call) {
    call.responses()
        .forEach(
            (status, response) ->
                assertThat(response.path("headers").has("X-Request-Id")).as(status).isTrue());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void linksLeadToOperationsAndTheirParameters(OpenApiOperation operation) {
    for (JsonNode link : operation.node().at("/responses/200/links")) {
      OpenApiOperation target =
          operations()
              .filter(one -> one.id().equals(link.path("operationId").asString()))
              .findFirst()
              .orElseThrow();
      assertThat(target.parameters())
          .extracting(OpenApiParameter::name)
          .containsAll(link.path("parameters").propertyNames());
    }
  }

  /// Fails for an object that takes unknown fields, a text without end or a list without end.
  private static void assertClosedAndBounded(JsonNode schema, String at) {
    JsonNode node = CONTRACT.document().resolve(schema);
    String type =
        node.path("type").isArray()
            ? node.at("/type/0").asString()
            : node.path("type").asString("");
    switch (type) {
      case "object" -> {
        assertThat(node.has("additionalProperties")).as(at + " is open").isTrue();
        if (node.path("additionalProperties").isObject()) {
          assertThat(node.has("maxProperties")).as(at + " has no maxProperties").isTrue();
          assertClosedAndBounded(node.path("additionalProperties"), at + "/*");
        }
        node.path("properties")
            .forEachEntry((name, field) -> assertClosedAndBounded(field, at + "/" + name));
      }
      case "array" -> {
        assertThat(node.has("maxItems")).as(at + " has no maxItems").isTrue();
        assertClosedAndBounded(node.path("items"), at + "/0");
      }
      case "string" ->
          assertThat(node.has("maxLength") || node.has("enum")).as(at + " has no end").isTrue();
      case "integer", "number" ->
          assertThat(node.has("minimum")).as(at + " has no minimum").isTrue();
      default -> {
        assertThat(node.has("oneOf")).as(at + " has no type").isTrue();
        node.path("oneOf").forEach(one -> assertClosedAndBounded(one, at + "|"));
      }
    }
  }

  private static Set<String> tagNames() {
    return StreamSupport.stream(ROOT.path("tags").spliterator(), false)
        .map(tag -> tag.path("name").asString())
        .collect(Collectors.toSet());
  }
}
