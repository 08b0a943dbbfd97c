package io.recado.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A JSON object with its fields in order.
///
/// The accessors are lenient, as what other systems send must be read: a field that is absent, null
/// or of another kind is empty. What our own callers send is read with `http.Fields`, which names
/// every fault instead.
///
/// @param fields unmodifiable once built; values as [Json] gives them
public record JsonObject(Map<String, @Nullable Object> fields) {

  private static final JsonObject EMPTY = new JsonObject(Map.of());

  /// The object without fields.
  public static JsonObject empty() {
    return EMPTY;
  }

  /// Starts an object.
  public static Builder builder() {
    return new Builder();
  }

  /// The field's value of whatever kind; null when it is absent or null.
  public @Nullable Object value(String name) {
    return fields.get(name);
  }

  /// A string field.
  public Optional<String> string(String name) {
    return fields.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /// A string field, or a number or boolean spelt as one.
  public Optional<String> scalar(String name) {
    Object value = fields.get(name);
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? Optional.of(value.toString())
        : Optional.empty();
  }

  /// A whole number, also one spelt as a string.
  public Optional<Long> number(String name) {
    return switch (fields.get(name)) {
      case Long number -> Optional.of(number);
      case String text when text.matches("-?\\d{1,18}") -> Optional.of(Long.valueOf(text));
      case null, default -> Optional.empty();
    };
  }

  /// A boolean field; false when absent.
  public boolean isTrue(String name) {
    return Boolean.TRUE.equals(fields.get(name));
  }

  /// An object field.
  public Optional<JsonObject> object(String name) {
    return fields.get(name) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
  }

  /// The objects of an array field; whatever else the array holds is left out.
  public List<JsonObject> objects(String name) {
    return items(name).stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .toList();
  }

  /// The items of an array field; none when it is absent.
  public List<?> items(String name) {
    return fields.get(name) instanceof List<?> items ? items : List.of();
  }

  /// Builds an object; fields keep the order in which they are given.
  public static final class Builder {

    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    private Builder() {}

    /// Sets a field; one that is null or an empty `Optional` is left out.
    public Builder with(String name, @Nullable Object value) {
      Object present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
      if (present != null) {
        fields.put(name, present);
      }
      return this;
    }

    /// Sets a field, also to null.
    public Builder withNullable(String name, @Nullable Object value) {
      fields.put(name, value);
      return this;
    }

    /// Sets all fields of another object.
    public Builder withAll(JsonObject other) {
      fields.putAll(other.fields());
      return this;
    }

    /// The object; the builder is not used afterwards.
    public JsonObject build() {
      return new JsonObject(fields);
    }
  }
}
