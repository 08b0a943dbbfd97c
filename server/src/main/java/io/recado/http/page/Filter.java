package io.recado.http.page;

import io.recado.http.request.ApiError;
import io.recado.http.request.Request;
import java.util.List;
import java.util.Optional;

/// A list's filter, read: what AIP-160 calls an expression, in the part of its language that is
/// offered here.
///
/// `AND`, `OR`, `NOT` or `-`, parentheses; `=`, `!=`, `<`, `<=`, `>`, `>=` on single values, `:` on
/// lists. **`OR` binds tighter than `AND`**: `a AND b OR c` is `a AND (b OR c)`. A blank between
/// two terms is `AND`.
public sealed interface Filter {

  /// The longest filter, in characters.
  int MOST_CHARACTERS = 1_000;

  /// The most comparisons.
  int MOST_TERMS = 20;

  /// The deepest nesting of parentheses.
  int MOST_NESTING = 5;

  /// All of them hold.
  ///
  /// @param filters at least two
  record And(List<Filter> filters) implements Filter {}

  /// One of them holds.
  ///
  /// @param filters at least two
  record Or(List<Filter> filters) implements Filter {}

  /// It does not hold.
  record Not(Filter filter) implements Filter {}

  /// A field compares to a value.
  ///
  /// @param value a `String`, `Boolean`, `Long`, `BigDecimal` or `Instant`, as the field's kind
  ///   says
  /// @param position where the field's name begins, from 1
  record Compare(String field, Operator operator, Object value, int position) implements Filter {}

  /// How a field compares.
  enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    HAS(":");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    /// As it is written in a filter.
    public String sign() {
      return sign;
    }
  }

  /// The filter of a request; empty when its parameter `filter` is absent or blank.
  ///
  /// @throws ApiError on `filter`, with the character where the fault is
  static Optional<Filter> of(Request request, FilterFields fields) {
    return request
        .parameter("filter")
        .filter(text -> !text.isBlank())
        .map(text -> parse(text, fields));
  }

  /// Reads a filter.
  ///
  /// @throws ApiError as above
  static Filter parse(String text, FilterFields fields) {
    return new FilterParser(text, fields).parse();
  }
}
