package io.recado.emulator.number;

import io.recado.emulator.graph.GraphError;
import io.recado.emulator.graph.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Graph's `fields` parameter: which fields of an object an answer has.
public final class Fields {
  private Fields() {}

  /// The asked fields of `object`, or its `standard` ones when none are asked; `id` always.
  ///
  /// @param asked a list with commas, where a field may have sub-fields in braces, which are passed
  ///   over
  /// @throws GraphError 100 for a field outside `known`
  public static ObjectNode pick(
      ObjectNode object, String asked, Set<String> known, Set<String> standard) {
    ObjectNode picked = Json.object();
    for (String field : asked.isBlank() ? List.copyOf(standard) : split(asked)) {
      if (!known.contains(field)) {
        throw GraphError.of(100, "Tried accessing nonexisting field (" + field + ")");
      }
      if (object.has(field)) {
        picked.set(field, object.get(field));
      }
    }
    picked.set("id", object.get("id"));
    return picked;
  }

  private static List<String> split(String asked) {
    List<String> fields = new ArrayList<>();
    for (String field : asked.replaceAll("\\{[^{}]*}", "").split(",")) {
      if (!field.isBlank()) {
        fields.add(field.strip());
      }
    }
    return fields;
  }
}
