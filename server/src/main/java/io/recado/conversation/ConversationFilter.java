package io.recado.conversation;

import io.recado.channel.Channel;
import io.recado.conversation.ConversationStore.Condition;
import io.recado.http.page.Filter;
import io.recado.http.page.Filter.And;
import io.recado.http.page.Filter.Compare;
import io.recado.http.page.Filter.Operator;
import io.recado.http.page.FilterFields;
import io.recado.http.page.FilterSql;
import io.recado.http.page.FilterSql.Column;
import io.recado.http.request.ApiError;
import io.recado.http.request.Request;
import io.recado.journal.Binds.Binder;
import io.recado.journal.Dialect;
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

  /// The API shows the later of the two.
  private static final String SHOWN_TIME =
      "CASE WHEN c.update_time > s.activity_time THEN c.update_time ELSE s.activity_time END";

  private static final Map<String, Column> COLUMNS =
      Map.of(
          "unread", Column.when("s.unread > 0"),
          "state", Column.of("c.state"),
          // Labels are stored as a list in JSON and hold neither quotes nor backslashes.
          "labels", Column.containing("REPLACE(c.labels, '\"' || ? || '\"', '') <> c.labels"),
          "assignee", Column.of("COALESCE(c.assignee, '')"),
          "contact.phoneNumber", Column.of("COALESCE(c.phone_number, '')"),
          "updateTime", Column.of(SHOWN_TIME));

  /// Two indexes find it, so that the order of the inbox is not walked; one contact has a number.
  static final String BY_PHONE =
      """
      c.conversation_key = (
        SELECT p.conversation_key FROM conversation p
        WHERE p.workspace_key = ? AND p.channel_key = ? AND p.phone_number = ? LIMIT 1)\
      """;

  private ConversationFilter() {}

  /// The condition that a request's `filter` and `query` ask for.
  ///
  /// @throws ApiError when one of them cannot be read
  static Condition of(Request request, Channel channel, Dialect dialect) {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    Optional<Filter> filter = Filter.of(request, FIELDS);
    filter
        .map(given -> FilterSql.of(given, COLUMNS))
        .ifPresent(
            sql -> {
              conditions.add(sql.sql());
              values.addAll(sql.values());
            });
    Optional<String> phone = filter.flatMap(ConversationFilter::phone);
    phone.ifPresent(
        number -> {
          conditions.add(BY_PHONE);
          values.addAll(List.of(channel.workspace(), channel.key(), number));
        });
    query(request)
        .ifPresent(
            text -> {
              conditions.add(contains(dialect));
              values.add("%" + text.toLowerCase(Locale.ROOT) + "%");
              values.add("%" + text + "%");
            });
    Binder binder =
        binds -> {
          for (Object value : values) {
            binds.value(value);
          }
        };
    return conditions.isEmpty()
        ? Condition.ALL
        : new Condition(String.join(" AND ", conditions), binder, phone.isPresent());
  }

  private static String contains(Dialect dialect) {
    return "("
        + dialect.lower("COALESCE(c.display_name, '')")
        + " LIKE ? ESCAPE '!' OR COALESCE(c.phone_number, '') LIKE ? ESCAPE '!')";
  }

  /// The one phone number that all that is meant has.
  private static Optional<String> phone(Filter filter) {
    List<Filter> all = filter instanceof And(List<Filter> filters) ? filters : List.of(filter);
    return all.stream()
        .filter(
            one ->
                one instanceof Compare compare
                    && compare.field().equals("contact.phoneNumber")
                    && compare.operator() == Operator.EQUAL)
        .map(one -> (String) ((Compare) one).value())
        .findFirst();
  }

  private static Optional<String> query(Request request) {
    Optional<String> query = request.parameter("query");
    if (query.isPresent() && query.get().length() > MAX_QUERY) {
      throw ApiError.invalid("query", "TOO_LONG", "At most " + MAX_QUERY + " characters.");
    }
    return query.map(text -> text.replace("!", "!!").replace("%", "!%").replace("_", "!_"));
  }
}
