package io.recado.emulator.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON of a control path, read with sentences as refusals: every [IllegalArgumentException] here
/// is for a person.
final class ControlInput {
  private final ObjectNode node;
  private final String where;

  ControlInput(ObjectNode node, String where) {
    this.node = node;
    this.where = where;
  }

  ControlInput only(Set<String> fields) {
    for (String field : node.propertyNames()) {
      if (!fields.contains(field)) {
        throw new IllegalArgumentException(
            where
                + " has no field \""
                + field
                + "\"; it has "
                + String.join(", ", fields.stream().sorted().toList())
                + ".");
      }
    }
    return this;
  }

  boolean has(String field) {
    return node.hasNonNull(field);
  }

  String text(String field) {
    return findText(field)
        .orElseThrow(
            () -> new IllegalArgumentException(where + " needs the field \"" + field + "\"."));
  }

  Optional<String> findText(String field) {
    if (!has(field)) {
      return Optional.empty();
    }
    JsonNode value = node.get(field);
    if (!value.isString() || value.stringValue().isBlank()) {
      throw new IllegalArgumentException(field + " must be a string that is not empty.");
    }
    return Optional.of(value.stringValue());
  }

  /// A text of digits only; ids and phone numbers are.
  String digits(String field) {
    String digits = text(field);
    if (!digits.matches("[0-9]{1,20}")) {
      throw new IllegalArgumentException(
          field + " must be a string of 1 to 20 digits, not \"" + digits + "\".");
    }
    return digits;
  }

  Optional<ObjectNode> findObject(String field) {
    if (!has(field)) {
      return Optional.empty();
    }
    if (node.get(field) instanceof ObjectNode object) {
      return Optional.of(object);
    }
    throw new IllegalArgumentException(field + " must be an object.");
  }

  /// The objects of an array; none when it is missing.
  List<ObjectNode> objects(String field) {
    List<ObjectNode> objects = new ArrayList<>();
    if (has(field) && !node.get(field).isArray()) {
      throw new IllegalArgumentException(field + " must be an array of objects.");
    }
    for (JsonNode each : node.path(field)) {
      if (!(each instanceof ObjectNode object)) {
        throw new IllegalArgumentException(field + " must be an array of objects.");
      }
      objects.add(object);
    }
    return objects;
  }
}
