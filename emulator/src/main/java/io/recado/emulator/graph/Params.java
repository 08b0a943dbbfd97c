package io.recado.emulator.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A JSON object of a request, read strictly: what is missing, misspelt, of a wrong type or out of
/// bounds is refused.
///
/// Paths in refusals are written as Meta writes them: `to`, then `text['body']`.
public final class Params {
  private final JsonNode node;
  private final String path;
  private final int missingCode;
  private final int invalidCode;

  private Params(JsonNode node, String path, int missingCode, int invalidCode) {
    this.node = node;
    this.path = path;
    this.missingCode = missingCode;
    this.invalidCode = invalidCode;
  }

  /// Refusals are Graph's own: code 100.
  public static Params graph(JsonNode node) {
    return new Params(node, "", 100, 100);
  }

  /// The same object, refused with WhatsApp's codes: 131008 for what is missing, 131009 for a wrong
  /// value.
  public Params whatsApp() {
    return new Params(node, path, 131008, 131009);
  }

  public JsonNode node() {
    return node;
  }

  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  /// Refuses keys other than these, which catches misspelt ones.
  public Params only(Set<String> keys) {
    for (String key : node.propertyNames()) {
      if (!keys.contains(key)) {
        String where = path.isEmpty() ? "" : " on param \"" + path + "\"";
        throw GraphError.of(100, "Unexpected key \"" + key + "\"" + where + ".");
      }
    }
    return this;
  }

  public Params object(String key) {
    JsonNode child = require(key);
    if (!child.isObject()) {
      throw invalid(key, "must be an object");
    }
    return child(child, at(key));
  }

  public Optional<Params> findObject(String key) {
    return has(key) ? Optional.of(object(key)) : Optional.empty();
  }

  /// A text of 1 to `maxLength` characters, not blank.
  public String text(String key, int maxLength) {
    JsonNode child = require(key);
    if (!child.isString()) {
      throw invalid(key, "must be a string");
    }
    String text = child.stringValue();
    if (text.isBlank()) {
      throw missing(key);
    }
    if (text.codePointCount(0, text.length()) > maxLength) {
      throw invalid(key, "must be at most " + maxLength + " characters long");
    }
    return text;
  }

  public Optional<String> findText(String key, int maxLength) {
    return has(key) ? Optional.of(text(key, maxLength)) : Optional.empty();
  }

  public String oneOf(String key, Set<String> allowed) {
    String value = text(key, 1_000);
    if (!allowed.contains(value)) {
      throw invalid(
          key, "must be one of {" + String.join(", ", allowed.stream().sorted().toList()) + "}");
    }
    return value;
  }

  public void findBoolean(String key) {
    if (has(key) && !node.get(key).isBoolean()) {
      throw invalid(key, "must be true or false");
    }
  }

  public double number(String key, double min, double max) {
    JsonNode child = require(key);
    double value = child.isNumber() ? child.doubleValue() : parse(key, child);
    if (!(value >= min && value <= max)) {
      throw invalid(key, "must be between " + min + " and " + max);
    }
    return value;
  }

  private double parse(String key, JsonNode child) {
    try {
      return Double.parseDouble(child.isString() ? child.stringValue() : "");
    } catch (NumberFormatException e) {
      throw invalid(key, "must be a number");
    }
  }

  /// The objects of an array with `min` to `max` elements.
  public List<Params> objects(String key, int min, int max) {
    JsonNode child = require(key);
    if (!child.isArray()) {
      throw invalid(key, "must be an array");
    }
    if (child.size() < min || child.size() > max) {
      throw invalid(key, "must have " + min + " to " + max + " elements, but has " + child.size());
    }
    List<Params> objects = new ArrayList<>(child.size());
    for (JsonNode element : child) {
      String where = at(key) + "[" + objects.size() + "]";
      if (!element.isObject()) {
        throw GraphError.of(invalidCode, "Param " + where + " must be an object.");
      }
      objects.add(child(element, where));
    }
    return objects;
  }

  public List<Params> findObjects(String key, int max) {
    return has(key) ? objects(key, 0, max) : List.of();
  }

  /// A refusal for the value at `key`; the sentence goes on after its name.
  public GraphError invalid(String key, String sentence) {
    return GraphError.of(invalidCode, "Param " + at(key) + " " + sentence + ".");
  }

  public GraphError missing(String key) {
    return GraphError.of(missingCode, "The parameter " + at(key) + " is required.");
  }

  private JsonNode require(String key) {
    if (!has(key)) {
      throw missing(key);
    }
    return node.get(key);
  }

  private Params child(JsonNode child, String where) {
    return new Params(child, where, missingCode, invalidCode);
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "['" + key + "']";
  }
}
