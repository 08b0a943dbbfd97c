package io.recado.http.page;

import io.recado.http.page.Filter.And;
import io.recado.http.page.Filter.Compare;
import io.recado.http.page.Filter.Not;
import io.recado.http.page.Filter.Operator;
import io.recado.http.page.Filter.Or;
import io.recado.http.page.FilterFields.Field;
import io.recado.http.request.ApiError;
import io.recado.http.request.Nearest;
import java.util.ArrayList;
import java.util.List;

/// Reads a filter by recursive descent. For one text.
///
///     expression = sequence {AND sequence}
///     sequence   = factor {factor}
///     factor     = term {OR term}
///     term       = [NOT | "-"] (comparison | "(" expression ")")
///     comparison = field operator value
final class FilterParser {

  private final String text;
  private final FilterFields fields;
  private int at;
  private int terms;
  private int nesting;

  FilterParser(String text, FilterFields fields) {
    this.text = text;
    this.fields = fields;
  }

  Filter parse() {
    if (text.length() > Filter.MOST_CHARACTERS) {
      throw ApiError.invalid(
          "filter",
          "TOO_LONG",
          "At most " + Filter.MOST_CHARACTERS + " characters; got " + text.length() + ".");
    }
    Filter filter = expression();
    if (at < text.length()) {
      throw fault(at, "a ) without a ( before it; take it out");
    }
    return filter;
  }

  private Filter expression() {
    List<Filter> all = new ArrayList<>();
    do {
      sequence(all);
    } while (takeWord("AND"));
    return all.size() == 1 ? all.getFirst() : new And(List.copyOf(all));
  }

  private void sequence(List<Filter> all) {
    do {
      all.add(factor());
      skipBlanks();
    } while (at < text.length() && text.charAt(at) != ')' && !isWord("AND"));
  }

  private Filter factor() {
    List<Filter> any = new ArrayList<>();
    do {
      any.add(term());
    } while (takeWord("OR"));
    return any.size() == 1 ? any.getFirst() : new Or(List.copyOf(any));
  }

  private Filter term() {
    skipBlanks();
    if (takeWord("NOT")) {
      return new Not(simple());
    }
    if (at < text.length() && text.charAt(at) == '-') {
      at++;
      return new Not(simple());
    }
    return simple();
  }

  private Filter simple() {
    skipBlanks();
    if (at == text.length() || text.charAt(at) != '(') {
      return comparison();
    }
    int opening = at++;
    if (++nesting > Filter.MOST_NESTING) {
      throw fault(opening, "parentheses deeper than " + Filter.MOST_NESTING + "; take some out");
    }
    Filter inner = expression();
    skipBlanks();
    if (at == text.length()) {
      throw fault(opening, "a ( without its ); add one");
    }
    at++;
    nesting--;
    return inner;
  }

  private Filter comparison() {
    int start = at;
    if (++terms > Filter.MOST_TERMS) {
      throw fault(start, "more than " + Filter.MOST_TERMS + " comparisons; use fewer");
    }
    String name = name();
    Field field = fields.find(name).orElseThrow(() -> unknown(start, name));
    skipBlanks();
    int sign = at;
    Operator operator = operator(name, field);
    if (!field.allows(operator)) {
      throw fault(
          sign, name + " does not take " + operator.sign() + "; use one of " + field.operators());
    }
    skipBlanks();
    return new Compare(name, operator, value(name, field), start + 1);
  }

  private String name() {
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw fault(
          start,
          "a comparison must stand here, such as " + fields.names().iterator().next() + " = …");
    }
    return text.substring(start, at);
  }

  private Operator operator(String name, Field field) {
    String two = text.substring(at, Math.min(at + 2, text.length()));
    for (Operator operator :
        List.of(Operator.NOT_EQUAL, Operator.LESS_OR_EQUAL, Operator.GREATER_OR_EQUAL)) {
      if (two.equals(operator.sign())) {
        at += 2;
        return operator;
      }
    }
    for (Operator operator :
        List.of(Operator.EQUAL, Operator.LESS, Operator.GREATER, Operator.HAS)) {
      if (two.startsWith(operator.sign())) {
        at++;
        return operator;
      }
    }
    throw fault(at, "after " + name + " must stand one of " + field.operators());
  }

  private Object value(String name, Field field) {
    int start = at;
    boolean quoted = at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'');
    String value = quoted ? quotedText() : bareText();
    boolean wild = value.startsWith("*") || value.endsWith("*");
    if (value.isEmpty() && !quoted || wild) {
      throw fault(
          start,
          wild
              ? "matching with * is not offered; write the whole value"
              : name + " is compared to nothing; give " + field.values());
    }
    if (value.indexOf('\0') >= 0) {
      throw fault(start, "a NUL character; take it out");
    }
    return field
        .value(value, quoted)
        .orElseThrow(() -> fault(start, name + " is compared to " + field.values()));
  }

  private String quotedText() {
    int start = at;
    char quote = text.charAt(at++);
    var content = new StringBuilder();
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == quote) {
        at++;
        return content.toString();
      }
      if (c == '\\' && at + 1 < text.length()) {
        at++;
        c = text.charAt(at);
      }
      content.append(c);
    }
    throw fault(start, "a text without its closing quotation mark; add one");
  }

  private String bareText() {
    int start = at;
    while (at < text.length()
        && !isBlank(text.charAt(at))
        && "()\"'".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean takeWord(String word) {
    skipBlanks();
    if (!isWord(word)) {
      return false;
    }
    at += word.length();
    return true;
  }

  /// Whether a word of the language stands here, and not a longer name that begins with it.
  private boolean isWord(String word) {
    int end = at + word.length();
    return text.startsWith(word, at)
        && (end == text.length() || isBlank(text.charAt(end)) || text.charAt(end) == '(');
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private static boolean isNamePart(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '.'
        || c == '_';
  }

  private ApiError unknown(int start, String name) {
    String nearest =
        Nearest.to(name, fields.names()).map(near -> "; did you mean " + near + "?").orElse("");
    return fault(
        start, "no such field: the filter takes " + String.join(", ", fields.names()) + nearest);
  }

  private static ApiError fault(int index, String what) {
    return ApiError.invalid(
        "filter", "INVALID_VALUE", "At character " + (index + 1) + ": " + what + ".");
  }
}
