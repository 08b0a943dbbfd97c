package io.recado.conversation;

import io.recado.conversation.ConversationStore.Condition;
import io.recado.http.page.Filter;
import io.recado.http.page.FilterFields;
import io.recado.http.page.FilterSql;
import io.recado.http.page.FilterSql.Column;
import io.recado.http.request.ApiError;
import io.recado.http.request.Request;
import io.recado.journal.Binds.Binder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a list of conversations may be narrowed to.
final class ConversationFilter {

  private static final int MAX_QUERY = 200;

  private static final FilterFields FIELDS =
      new FilterFields()
          .bool("unread")
          .choice("state", Conversation.State.class)
          .list("labels")
          .string("assignee")
          .string("contact.phoneNumber")
          .time("updateTime");

  private static final Map<String, Column> COLUMNS =
      Map.of(
          "unread", Column.when("s.unread > 0"),
          "state", Column.of("c.state"),
          // Labels are stored as a list in JSON and hold neither quotes nor backslashes.
          "labels", Column.containing("REPLACE(c.labels, '\"' || ? || '\"', '') <> c.labels"),
          "assignee", Column.of("COALESCE(c.assignee, '')"),
          "contact.phoneNumber", Column.of("COALESCE(c.phone_number, '')"),
          "updateTime", Column.of("s.activity_time"));

  private static final String CONTAINS =
      "(LOWER(COALESCE(c.display_name, '')) LIKE ? ESCAPE '!' OR COALESCE(c.phone_number, '') LIKE"
          + " ? ESCAPE '!')";

  private ConversationFilter() {}

  /// The condition that a request's `filter` and `query` ask for.
  ///
  /// @throws ApiError when one of them cannot be read
  static Condition of(Request request) {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    request
        .parameter("filter")
        .map(text -> FilterSql.of(Filter.parse(text, FIELDS), COLUMNS))
        .ifPresent(
            sql -> {
              conditions.add(sql.sql());
              values.addAll(sql.values());
            });
    query(request)
        .ifPresent(
            text -> {
              conditions.add(CONTAINS);
              values.add("%" + text.toLowerCase(Locale.ROOT) + "%");
              values.add("%" + text + "%");
            });
    Binder binder =
        binds -> {
          for (Object value : values) {
            binds.value(value);
          }
        };
    return new Condition(String.join(" AND ", conditions), binder);
  }

  private static Optional<String> query(Request request) {
    Optional<String> query = request.parameter("query");
    if (query.isPresent() && query.get().length() > MAX_QUERY) {
      throw ApiError.invalid("query", "TOO_LONG", "At most " + MAX_QUERY + " characters.");
    }
    return query.map(text -> text.replace("!", "!!").replace("%", "!%").replace("_", "!_"));
  }
}
