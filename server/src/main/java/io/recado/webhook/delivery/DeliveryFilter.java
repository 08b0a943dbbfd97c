package io.recado.webhook.delivery;

import io.recado.event.EventType;
import io.recado.http.page.Filter;
import io.recado.http.page.Filter.And;
import io.recado.http.page.Filter.Compare;
import io.recado.http.page.Filter.Operator;
import io.recado.http.page.FilterFields;
import io.recado.http.page.FilterSql;
import io.recado.http.page.FilterSql.Column;
import io.recado.http.request.ApiError;
import io.recado.http.request.Request;
import io.recado.webhook.cursor.Command.State;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What a list of deliveries may be narrowed to.
///
/// @param sql empty, or a condition that begins with `AND`
record DeliveryFilter(String sql, List<Object> values) {

  static final DeliveryFilter ALL = new DeliveryFilter("", List.of());

  private static final FilterFields FIELDS =
      new FilterFields()
          .choice("status", State.class)
          .choice("type", Arrays.stream(EventType.values()).map(EventType::wireName).toList())
          .time("createTime");

  private static final Map<String, Column> COLUMNS =
      Map.of(
          "status",
          Column.of("state"),
          "type",
          Column.of("type", name -> EventType.find((String) name).orElseThrow().name()),
          "createTime",
          Column.of("create_time"));

  /// What a request's `filter` asks for.
  ///
  /// @throws ApiError when it cannot be read
  static DeliveryFilter of(Request request) {
    return Filter.of(request, FIELDS).map(DeliveryFilter::of).orElse(ALL);
  }

  static DeliveryFilter parse(String text) {
    return of(Filter.parse(text, FIELDS));
  }

  private static DeliveryFilter of(Filter filter) {
    FilterSql compiled = FilterSql.of(filter, COLUMNS);
    List<Filter> all = filter instanceof And(List<Filter> filters) ? filters : List.of(filter);
    // Few deliveries are unfinished, and an index holds those alone.
    boolean isUnfinished = all.stream().anyMatch(DeliveryFilter::isUnfinished);
    return new DeliveryFilter(
        (isUnfinished ? "AND state <> 'DELIVERED' " : "") + "AND " + compiled.sql(),
        compiled.values());
  }

  private static boolean isUnfinished(Filter filter) {
    return filter instanceof Compare compare
        && compare.field().equals("status")
        && compare.operator() == Operator.EQUAL
        && !compare.value().equals(State.DELIVERED.name());
  }
}
