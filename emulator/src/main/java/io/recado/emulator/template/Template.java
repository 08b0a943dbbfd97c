package io.recado.emulator.template;

import io.recado.emulator.graph.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One template in one language, as Meta keeps it. Its id is a whole number in text.
///
/// `edits` holds when it was edited, in milliseconds since the epoch, the latest 10.
public record Template(
    String id,
    Key key,
    String category,
    String status,
    ObjectNode json,
    TemplateShape shape,
    List<Long> edits) {
  /// What names a template within an account. The language must match exactly.
  public record Key(String name, String language) {}

  public Template {
    edits = List.copyOf(edits);
  }

  static Template of(String id, ObjectNode body, String status) {
    Key key = new Key(body.path("name").asString(""), body.path("language").asString(""));
    ArrayNode components = body.withArray("/components");
    boolean named = body.path("parameter_format").asString("").equalsIgnoreCase("NAMED");
    return new Template(
        id,
        key,
        body.path("category").asString("UTILITY"),
        status,
        body,
        TemplateShape.of(components, named),
        List.of());
  }

  Template withStatus(String newStatus) {
    return new Template(id, key, category, newStatus, json, shape, edits);
  }

  Template edited(ObjectNode newJson, long now) {
    Template fresh = of(id, newJson, "PENDING");
    List<Long> all = new java.util.ArrayList<>(edits);
    all.add(now);
    List<Long> latest = all.subList(Math.max(0, all.size() - 10), all.size());
    return new Template(id, key, fresh.category, fresh.status, newJson, fresh.shape, latest);
  }

  /// Every field that Graph can give.
  ObjectNode describe() {
    ObjectNode all = Json.object().put("id", id).put("name", key.name());
    all.put("language", key.language()).put("status", status).put("category", category);
    all.set("components", json.withArray("/components"));
    all.put("parameter_format", shape.named() ? "NAMED" : "POSITIONAL");
    all.putObject("quality_score").put("score", "UNKNOWN");
    all.put("rejected_reason", status.equals("REJECTED") ? "INVALID_FORMAT" : "NONE");
    if (json.has("message_send_ttl_seconds")) {
      all.set("message_send_ttl_seconds", json.get("message_send_ttl_seconds"));
    }
    return all;
  }
}
