package io.recado.docs;

import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Turns `openapi.yaml` into JSON, so that the two can never say different things.
final class OpenApiJson {

  private OpenApiJson() {}

  /// The same document as JSON, fields in the same order.
  static byte[] from(byte[] yaml) {
    var settings = LoadSettings.builder().setLabel("openapi.yaml").build();
    return Json.write(json(new Load(settings).loadFromInputStream(new ByteArrayInputStream(yaml))));
  }

  private static @Nullable Object json(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        map.forEach((name, field) -> fields.put(String.valueOf(name), json(field)));
        yield new JsonObject(fields);
      }
      case List<?> items -> items.stream().map(OpenApiJson::json).toList();
      case Double number -> BigDecimal.valueOf(number);
      case BigInteger number -> new BigDecimal(number);
      case null, default -> value;
    };
  }
}
