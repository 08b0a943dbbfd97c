package io.recado.http.page;

import io.recado.http.page.Filter.And;
import io.recado.http.page.Filter.Compare;
import io.recado.http.page.Filter.Not;
import io.recado.http.page.Filter.Operator;
import io.recado.http.page.Filter.Or;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A filter as a condition of SQL, for SQLite and PostgreSQL. The text is made of what the code
/// says; whatever comes from the caller is a bound value.
///
/// @param sql the condition, in parentheses, with a `?` for each value
/// @param values in the order of the question marks: as the columns' encodings give them
public record FilterSql(String sql, List<Object> values) {

  /// Compiles a filter.
  ///
  /// @param columns the column of every field that the filter may name
  /// @throws IllegalArgumentException when a field has no column: the list declares one and forgot
  ///   the other
  public static FilterSql of(Filter filter, Map<String, Column> columns) {
    var sql = new StringBuilder();
    var values = new ArrayList<>();
    append(filter, columns, sql, values);
    return new FilterSql(sql.toString(), List.copyOf(values));
  }

  private static void append(
      Filter filter, Map<String, Column> columns, StringBuilder sql, List<Object> values) {
    switch (filter) {
      case And(var filters) -> join(filters, " AND ", columns, sql, values);
      case Or(var filters) -> join(filters, " OR ", columns, sql, values);
      case Not(var inner) -> {
        sql.append("(NOT ");
        append(inner, columns, sql, values);
        sql.append(')');
      }
      case Compare compare -> {
        Column column = columns.get(compare.field());
        if (column == null) {
          throw new IllegalArgumentException("no column for the field " + compare.field());
        }
        column.append(compare, sql, values);
      }
    }
  }

  private static void join(
      List<Filter> filters,
      String word,
      Map<String, Column> columns,
      StringBuilder sql,
      List<Object> values) {
    String before = "(";
    for (Filter filter : filters) {
      sql.append(before);
      append(filter, columns, sql, values);
      before = word;
    }
    sql.append(')');
  }

  /// Where a field is found.
  public sealed interface Column {

    /// An expression that holds one value. Times are bound as epoch milliseconds, all else as it
    /// is.
    static Column of(String expression) {
      return of(expression, value -> value instanceof Instant time ? time.toEpochMilli() : value);
    }

    /// An expression that holds one value, stored in another form than the API's.
    ///
    /// @param encoding from the filter's value to the stored one
    static Column of(String expression, Function<Object, Object> encoding) {
      return new Single(expression, encoding);
    }

    /// A condition that is the field's truth, such as `unread > 0`; never NULL.
    static Column when(String condition) {
      return new Truth(condition);
    }

    /// A condition with one `?` that holds when the list contains the bound text.
    static Column containing(String condition) {
      return new Contains(condition);
    }

    /// Adds the comparison.
    void append(Compare compare, StringBuilder sql, List<Object> values);
  }

  private record Single(String expression, Function<Object, Object> encoding) implements Column {
    @Override
    public void append(Compare compare, StringBuilder sql, List<Object> values) {
      String sign = compare.operator() == Operator.NOT_EQUAL ? "<>" : compare.operator().sign();
      sql.append('(').append(expression).append(' ').append(sign).append(" ?)");
      values.add(encoding.apply(compare.value()));
    }
  }

  private record Truth(String condition) implements Column {
    @Override
    public void append(Compare compare, StringBuilder sql, List<Object> values) {
      boolean wanted = (Boolean) compare.value() == (compare.operator() == Operator.EQUAL);
      sql.append(wanted ? "(" : "(NOT (").append(condition).append(wanted ? ")" : "))");
    }
  }

  private record Contains(String condition) implements Column {
    @Override
    public void append(Compare compare, StringBuilder sql, List<Object> values) {
      sql.append('(').append(condition).append(')');
      values.add(compare.value());
    }
  }
}
