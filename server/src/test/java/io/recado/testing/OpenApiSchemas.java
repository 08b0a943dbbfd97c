package io.recado.testing;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Validates values by the schemas of a document, as JSON Schema 2020-12 with formats asserted.
/// Each schema is compiled once; for many threads.
public final class OpenApiSchemas {

  private static final String DOCUMENT = "https://recado.invalid/openapi";

  private final SchemaRegistry registry;
  private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

  /// Prepares the schemas of `document`.
  public OpenApiSchemas(OpenApiDocument document) {
    String json = document.root().toString();
    this.registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder
                    .schemas(Map.of(DOCUMENT, json))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  /// What is wrong with `value` by `schema`, a node of the document; empty when nothing is.
  public List<String> faults(JsonNode schema, JsonNode value) {
    return compiled.computeIfAbsent(schema, this::compile).validate(value).stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .distinct()
        .toList();
  }

  private Schema compile(JsonNode schema) {
    String location = DOCUMENT + "/part" + Integer.toHexString(schema.hashCode());
    return registry.getSchema(SchemaLocation.of(location), absolute(schema.deepCopy()));
  }

  /// Lets the references of a part lead into the whole document.
  private static JsonNode absolute(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.path("$ref").asString("").startsWith("#")) {
        object.put("$ref", DOCUMENT + object.get("$ref").asString());
      }
      object.values().forEach(OpenApiSchemas::absolute);
    } else if (node instanceof ArrayNode array) {
      array.values().forEach(OpenApiSchemas::absolute);
    }
    return node;
  }
}
