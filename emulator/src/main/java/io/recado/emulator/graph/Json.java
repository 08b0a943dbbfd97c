package io.recado.emulator.graph;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON read within limits, and written in the two ways that Meta writes it.
public final class Json {
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(64)
          .maxStringLength(1 << 20)
          .maxNumberLength(100)
          .maxNameLength(1_000)
          .build();
  private static final JsonMapper PLAIN =
      new JsonMapper(JsonFactory.builder().streamReadConstraints(LIMITS).build());
  private static final JsonMapper ESCAPED =
      new JsonMapper(
          JsonFactory.builder()
              .enable(JsonWriteFeature.ESCAPE_NON_ASCII, JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
              .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
              .build());

  private Json() {}

  public static ObjectNode object() {
    return PLAIN.createObjectNode();
  }

  public static ArrayNode array() {
    return PLAIN.createArrayNode();
  }

  /// The JSON object in `bytes`; empty when they hold anything else.
  public static Optional<ObjectNode> findObject(byte[] bytes) {
    try {
      JsonNode node = PLAIN.readTree(bytes);
      return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  public static byte[] bytes(JsonNode node) {
    return PLAIN.writeValueAsBytes(node);
  }

  /// What `content` writes, as callbacks are: everything beyond ASCII as a Unicode escape in lower
  /// case, and slashes escaped.
  public static byte[] escapedBytes(Consumer<JsonGenerator> content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 12);
    try (JsonGenerator out = ESCAPED.createGenerator(bytes)) {
      content.accept(out);
    }
    return bytes.toByteArray();
  }
}
