package io.recado.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.Reason;
import io.recado.http.request.ErrorReason;
import io.recado.testing.OpenApiContract;
import io.recado.testing.OpenApiOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The document by itself; that the server does what it says is the business of the flow tests.
class OpenApiDocumentTest {

  private static final OpenApiContract CONTRACT = OpenApiContract.load();
  private static final JsonNode ROOT = CONTRACT.document().root();

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
    assertThat(CONTRACT.operations().stream().map(OpenApiOperation::id).toList())
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
