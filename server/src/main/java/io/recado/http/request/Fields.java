package io.recado.http.request;

import io.recado.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A JSON object of a request, read field by field. Every fault is noted and none is thrown before
/// [#check], so that the caller learns of all of them at once. Whatever field was not asked for by
/// then is unknown, which is a fault too.
///
/// A field that is null counts as absent. For one thread.
public final class Fields {

  private final JsonObject object;
  private final String prefix;
  private final List<Violation> violations;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<Fields> nested = new ArrayList<>();

  /// Reads a whole body.
  public Fields(JsonObject object) {
    this(object, "", new ArrayList<>());
  }

  private Fields(JsonObject object, String prefix, List<Violation> violations) {
    this.object = object;
    this.prefix = prefix;
    this.violations = violations;
  }

  /// Whether the field is there, whatever it holds, null included.
  public boolean has(String name) {
    known.add(name);
    return object.fields().containsKey(name);
  }

  /// A string of `min` to `max` UTF-16 units.
  public Optional<String> text(String name, int min, int max) {
    Object value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof String text)) {
      return wrongType(name, "a string");
    }
    if (text.length() < min) {
      violate(
          name,
          text.isEmpty() ? "REQUIRED" : "TOO_SHORT",
          "At least " + min + " characters; got " + text.length() + ".");
      return Optional.empty();
    }
    if (text.length() > max) {
      violate(name, "TOO_LONG", "At most " + max + " characters; got " + text.length() + ".");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  /// As [#text], but must be there.
  public Optional<String> requiredText(String name, int max) {
    require(name);
    return text(name, 1, max);
  }

  /// A string that is one of the names of an enum.
  public <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
    Optional<String> text = text(name, 1, 64);
    for (E constant : type.getEnumConstants()) {
      if (text.isPresent() && constant.name().equals(text.get())) {
        return Optional.of(constant);
      }
    }
    text.ifPresent(
        _ -> violate(name, "INVALID_VALUE", "One of " + List.of(type.getEnumConstants()) + "."));
    return Optional.empty();
  }

  /// A whole number from `min` to `max`.
  public Optional<Long> number(String name, long min, long max) {
    Object value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof Long number)) {
      return wrongType(name, "a whole number");
    }
    if (number < min || number > max) {
      violate(
          name,
          number < min ? "TOO_SMALL" : "TOO_LARGE",
          "From " + min + " to " + max + "; got " + number + ".");
      return Optional.empty();
    }
    return Optional.of(number);
  }

  /// A number with or without a fraction.
  public Optional<Double> decimal(String name, double min, double max) {
    Object value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof Number number)) {
      return wrongType(name, "a number");
    }
    double decimal = new BigDecimal(number.toString()).doubleValue();
    if (decimal < min || decimal > max) {
      violate(name, decimal < min ? "TOO_SMALL" : "TOO_LARGE", "From " + min + " to " + max + ".");
      return Optional.empty();
    }
    return Optional.of(decimal);
  }

  /// A duration in seconds, such as `"3600s"` or `"1.5s"`.
  public Optional<Duration> duration(String name, Duration min, Duration max) {
    Optional<String> text = text(name, 1, 32);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.get().matches("\\d{1,9}(\\.\\d{1,3})?s")) {
      violate(
          name, "INVALID_VALUE", "A duration is a number of seconds with s, such as \"3600s\".");
      return Optional.empty();
    }
    String seconds = text.get().substring(0, text.get().length() - 1);
    Duration duration = Duration.ofMillis(new BigDecimal(seconds).movePointRight(3).longValue());
    if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
      violate(
          name,
          duration.compareTo(min) < 0 ? "TOO_SMALL" : "TOO_LARGE",
          "From " + min.toSeconds() + "s to " + max.toSeconds() + "s.");
      return Optional.empty();
    }
    return Optional.of(duration);
  }

  /// A point in time in RFC 3339, with any offset.
  public Optional<Instant> time(String name) {
    Optional<String> text = text(name, 1, 64);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> time = Rfc3339.read(text.get());
    if (time.isEmpty()) {
      violate(name, "INVALID_VALUE", "A time is in RFC 3339, such as \"2026-04-03T10:00:00Z\".");
    }
    return time;
  }

  /// An object, to be read in its turn. Its faults are this object's.
  public Optional<Fields> object(String name) {
    Object value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof JsonObject child)) {
      return wrongType(name, "an object");
    }
    return Optional.of(nested(child, path(name) + "."));
  }

  /// A list of objects, at most `max`.
  public List<Fields> objects(String name, int max) {
    List<Fields> children = new ArrayList<>();
    List<?> items = items(name, max);
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof JsonObject child) {
        children.add(nested(child, path(name) + "[" + i + "]."));
      } else {
        violate(name + "[" + i + "]", "WRONG_TYPE", "Must be an object.");
      }
    }
    return children;
  }

  /// A list of strings of 1 to `maxLength` units, at most `max` of them.
  public Optional<List<String>> texts(String name, int max, int maxLength) {
    if (value(name) == null) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    List<?> items = items(name, max);
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof String text && !text.isBlank() && text.length() <= maxLength) {
        texts.add(text);
      } else {
        violate(
            name + "[" + i + "]",
            "INVALID_VALUE",
            "Must be a string of 1 to " + maxLength + " characters.");
      }
    }
    return Optional.of(texts);
  }

  /// An object whose fields are free names with string values.
  public Optional<Map<String, String>> textMap(String name, int max, int maxName, int maxValue) {
    Object value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof JsonObject pairs)) {
      return wrongType(name, "an object with string values");
    }
    if (pairs.fields().size() > max) {
      violate(name, "TOO_LARGE", "At most " + max + " pairs; got " + pairs.fields().size() + ".");
    }
    Map<String, String> texts = new TreeMap<>();
    pairs
        .fields()
        .forEach(
            (key, item) -> {
              String at = name + "." + key;
              if (!(item instanceof String text)) {
                violate(at, "WRONG_TYPE", "Must be a string.");
              } else if (key.isEmpty() || key.length() > maxName) {
                violate(name, "TOO_LONG", "Names have 1 to " + maxName + " characters.");
              } else if (text.length() > maxValue) {
                violate(
                    at,
                    "TOO_LONG",
                    "At most " + maxValue + " characters; got " + text.length() + ".");
              } else {
                texts.put(key, text);
              }
            });
    return Optional.of(texts);
  }

  /// The field as it is, for shapes of more than one kind.
  public @Nullable Object value(String name) {
    known.add(name);
    return object.value(name);
  }

  /// Notes a fault when the field is absent or null.
  public void require(String name) {
    if (value(name) == null) {
      violate(name, "REQUIRED", "Must be given.");
    }
  }

  /// Notes a fault of a field of this object.
  public void violate(String name, String reason, String description) {
    violations.add(new Violation(path(name), reason, description));
  }

  /// Whether any fault has been noted so far, here or in any object of the same body.
  public boolean isFaulty() {
    return !violations.isEmpty();
  }

  /// Ends the reading.
  ///
  /// @throws ApiError with every fault noted, and every field that nobody asked for
  public void check() {
    noteUnknown();
    if (!violations.isEmpty()) {
      throw ApiError.invalid(violations);
    }
  }

  private void noteUnknown() {
    for (String name : object.fields().keySet()) {
      if (!known.contains(name)) {
        String nearest = Nearest.to(name, known).map(n -> " Did you mean " + n + "?").orElse("");
        violate(name, "UNKNOWN_FIELD", "There is no such field." + nearest);
      }
    }
    nested.forEach(Fields::noteUnknown);
  }

  private Fields nested(JsonObject child, String childPrefix) {
    Fields fields = new Fields(child, childPrefix, violations);
    nested.add(fields);
    return fields;
  }

  private List<?> items(String name, int max) {
    Object value = value(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> items)) {
      wrongType(name, "a list");
      return List.of();
    }
    if (items.size() > max) {
      violate(name, "TOO_LARGE", "At most " + max + " items; got " + items.size() + ".");
      return List.of();
    }
    return items;
  }

  private <T> Optional<T> wrongType(String name, String expected) {
    violate(name, "WRONG_TYPE", "Must be " + expected + ".");
    return Optional.empty();
  }

  private String path(String name) {
    return prefix + name;
  }
}
