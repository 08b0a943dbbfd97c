package io.recado.http.page;

import io.recado.http.page.Filter.Operator;
import io.recado.http.request.Rfc3339;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The fields that a list can be filtered by. Built once per list; not changed afterwards.
public final class FilterFields {

  private static final Set<Operator> EQUALITY = Set.of(Operator.EQUAL, Operator.NOT_EQUAL);
  private static final Set<Operator> ORDER =
      Set.of(
          Operator.EQUAL,
          Operator.NOT_EQUAL,
          Operator.LESS,
          Operator.LESS_OR_EQUAL,
          Operator.GREATER,
          Operator.GREATER_OR_EQUAL);

  private final Map<String, Field> fields = new LinkedHashMap<>();

  /// What values a field has.
  enum Kind {
    STRING(EQUALITY, "a text in quotation marks"),
    ENUM(EQUALITY, "a name"),
    BOOLEAN(EQUALITY, "true or false"),
    NUMBER(ORDER, "a number"),
    TIME(ORDER, "a time in RFC 3339, such as \"2026-04-03T10:00:00Z\""),
    LIST(Set.of(Operator.HAS), "a text in quotation marks");

    private final Set<Operator> operators;
    private final String values;

    Kind(Set<Operator> operators, String values) {
      this.operators = operators;
      this.values = values;
    }
  }

  /// A field that holds a text.
  public FilterFields string(String name) {
    return add(name, Kind.STRING, List.of());
  }

  /// A field that holds one of an enum's names.
  public FilterFields choice(String name, Class<? extends Enum<?>> type) {
    return choice(name, Arrays.stream(type.getEnumConstants()).map(Enum::name).toList());
  }

  /// A field that holds one of some names.
  public FilterFields choice(String name, List<String> names) {
    return add(name, Kind.ENUM, names);
  }

  /// A field that is true or false.
  public FilterFields bool(String name) {
    return add(name, Kind.BOOLEAN, List.of());
  }

  /// A field that holds a number.
  public FilterFields number(String name) {
    return add(name, Kind.NUMBER, List.of());
  }

  /// A field that holds a point in time.
  public FilterFields time(String name) {
    return add(name, Kind.TIME, List.of());
  }

  /// A field that holds a list of texts.
  public FilterFields list(String name) {
    return add(name, Kind.LIST, List.of());
  }

  Set<String> names() {
    return fields.keySet();
  }

  Optional<Field> find(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  private FilterFields add(String name, Kind kind, List<String> choices) {
    fields.put(name, new Field(kind, choices));
    return this;
  }

  /// One field.
  ///
  /// @param choices the names that an enum has
  record Field(Kind kind, List<String> choices) {

    boolean allows(Operator operator) {
      return kind.operators.contains(operator);
    }

    /// The operators that it allows, for a sentence.
    String operators() {
      return String.join(
          ", ",
          Arrays.stream(Operator.values())
              .filter(kind.operators::contains)
              .map(Operator::sign)
              .toList());
    }

    /// The values that it takes, for a sentence.
    String values() {
      return kind == Kind.ENUM ? "one of " + String.join(", ", choices) : kind.values;
    }

    /// The value that a text stands for; empty when it stands for none of this field's.
    Optional<Object> value(String text, boolean quoted) {
      return switch (kind) {
        case STRING, LIST -> Optional.of(text);
        case ENUM -> choices.contains(text) ? Optional.of(text) : Optional.empty();
        case BOOLEAN ->
            !quoted && (text.equals("true") || text.equals("false"))
                ? Optional.of(Boolean.valueOf(text))
                : Optional.empty();
        case NUMBER -> quoted ? Optional.empty() : number(text);
        case TIME -> Rfc3339.read(text).map(Object.class::cast);
      };
    }

    private static Optional<Object> number(String text) {
      if (text.matches("-?\\d{1,18}")) {
        return Optional.of(Long.valueOf(text));
      }
      return text.matches("-?\\d{1,18}\\.\\d{1,18}")
          ? Optional.of(new BigDecimal(text))
          : Optional.empty();
    }
  }
}
