package io.recado.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.Reason;
import io.recado.http.ErrorReason;
import io.recado.testing.OpenApiContract;
import io.recado.testing.OpenApiOperation;
import io.recado.testing.OpenApiParameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The document by itself; that the server does what it says is the business of the flow tests.
class OpenApiDocumentTest {

  private static final OpenApiContract CONTRACT = OpenApiContract.load();
  private static final JsonNode ROOT = CONTRACT.document().root();
  private static final String ERROR = "#/components/schemas/ErrorResponse";

  static Stream<OpenApiOperation> operations() {
    return CONTRACT.operations().stream();
  }

  static Stream<OpenApiOperation> calls() {
    return operations().filter(operation -> operation.path().startsWith("/v1/"));
  }

  @Test
  void itIsOpenApi31WithTitleVersionAndServer() {
    assertThat(ROOT.path("openapi").asString()).matches("3\\.1\\.\\d+");
    assertThat(ROOT.at("/info/title").asString()).isEqualTo("Recado");
    assertThat(ROOT.at("/info/version").asString()).isNotBlank();
    assertThat(ROOT.at("/info/description").asString()).isNotBlank();
    assertThat(ROOT.at("/servers/0/url").asString()).isEqualTo("/");
    assertThat(Set.copyOf(ROOT.propertyNames()))
        .isSubsetOf("openapi", "info", "servers", "tags", "security", "paths", "components");
  }

  @Test
  void operationIdsAreUniqueAndNamedAlike() {
    assertThat(operations().map(OpenApiOperation::id).toList())
        .doesNotHaveDuplicates()
        .allSatisfy(id -> assertThat(id).matches("[a-z][A-Za-z]+_[a-z][A-Za-z]+"));
  }

  @Test
  void everyReferenceLeadsSomewhereAndEveryComponentIsReferredTo() {
    Set<String> references = new TreeSet<>();
    walk(ROOT, "", (at, node) -> references.add(node.path("$ref").asString("")));
    references.remove("");
    assertThat(references)
        .allSatisfy(name -> assertThat(CONTRACT.document().target(name)).isPresent());
    Set<String> components = new TreeSet<>();
    ROOT.path("components")
        .forEachEntry(
            (kind, all) ->
                all.propertyNames()
                    .forEach(name -> components.add("#/components/" + kind + "/" + name)));
    components.removeIf(name -> name.startsWith("#/components/securitySchemes/"));
    assertThat(references).containsAll(components);
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
    boolean post = call.method().equals("POST");
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

  @Test
  void onlyTheNextPageTokenIsEverNullInAnAnswer() {
    Set<String> nullable = new TreeSet<>();
    walk(
        ROOT.at("/components/schemas"),
        "",
        (at, node) -> {
          if (StreamSupport.stream(node.path("type").spliterator(), false)
              .anyMatch(type -> type.asString("").equals("null"))) {
            nullable.add(at);
          }
        });
    assertThat(nullable)
        .allMatch(at -> at.equals("/NextPageToken") || at.endsWith("Request"))
        .contains("/NextPageToken");
  }

  @Test
  void everySchemaAndEveryFieldIsExplained() {
    List<String> silent = new ArrayList<>();
    ROOT.at("/components/schemas")
        .forEachEntry(
            (name, schema) ->
                walk(
                    schema,
                    name,
                    (at, node) -> {
                      boolean field = at.equals(name) || at.matches(".*/properties/[^/]+");
                      boolean condition = at.contains("/if/") || at.contains("/contains/");
                      if (field
                          && !condition
                          && !node.has("description")
                          && !node.path("$ref").isString()) {
                        silent.add(at);
                      }
                    }));
    assertThat(silent).isEmpty();
  }

  @Test
  void theReasonsOfFailuresAreThoseOfTheCode() {
    assertThat(texts(ROOT.at("/components/schemas/FailureReason/enum")))
        .containsExactlyElementsOf(Arrays.stream(Reason.values()).map(Enum::name).toList());
  }

  @Test
  void theReasonsOfRefusalsAreThoseOfTheCode() {
    assertThat(texts(ROOT.at("/components/schemas/ErrorReason/anyOf/0/enum")))
        .containsExactlyElementsOf(Arrays.stream(ErrorReason.values()).map(Enum::name).toList());
  }

  @Test
  void everyReasonOfARefusalHasAnExampleWithItsStatus() {
    Map<String, Set<String>> shown = new TreeMap<>();
    for (JsonNode example : ROOT.at("/components/examples")) {
      JsonNode error = example.at("/value/error");
      if (!error.isMissingNode()) {
        shown
            .computeIfAbsent(error.at("/details/0/reason").asString(), _ -> new TreeSet<>())
            .add(error.path("code").asString() + " " + error.path("status").asString());
      }
    }
    for (ErrorReason reason : ErrorReason.values()) {
      assertThat(shown.get(reason.name()))
          .as(reason.name())
          .containsExactly(reason.httpStatus() + " " + reason.status());
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

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asString).toList();
  }

  private static void walk(JsonNode node, String at, BiConsumer<String, JsonNode> visitor) {
    visitor.accept(at, node);
    if (node.isObject()) {
      node.forEachEntry((name, child) -> walk(child, at + "/" + name, visitor));
    } else {
      int index = 0;
      for (JsonNode child : node) {
        walk(child, at + "/" + index++, visitor);
      }
    }
  }
}
