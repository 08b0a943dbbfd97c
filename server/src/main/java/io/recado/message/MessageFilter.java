package io.recado.message;

import io.recado.http.page.Filter;
import io.recado.http.page.Filter.And;
import io.recado.http.page.Filter.Compare;
import io.recado.http.page.Filter.Operator;
import io.recado.http.page.FilterFields;
import io.recado.http.page.FilterSql;
import io.recado.http.page.FilterSql.Column;
import io.recado.http.request.ApiError;
import io.recado.http.request.Request;
import io.recado.journal.Id;
import io.recado.message.ChannelMessageStore.Search;
import io.recado.message.ChannelMessageStore.Source;
import io.recado.message.OutboxRow.State;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a list of a channel's messages may be narrowed to, and where such messages are found
/// fastest.
final class MessageFilter {

  private static final FilterFields FIELDS =
      new FilterFields()
          .choice("status", MessageStatus.class)
          .choice("direction", Message.Direction.class)
          .time("createTime")
          .choice("queueState", State.class);

  private static final Map<String, Column> COLUMNS =
      Map.of(
          "status", Column.of("m.status"),
          "direction", Column.of("m.direction"),
          "createTime", Column.of("m.create_time"),
          // What is settled is in no state of the queue.
          "queueState", Column.of("COALESCE(o.state, '')"));

  /// The same where only what is in the queue is looked at, so that an index on the state serves.
  private static final Map<String, Column> QUEUED = queued();

  /// States that few messages are in, with an index of their own.
  private static final Set<String> ASIDE = Set.of("SCHEDULED", "IN_DOUBT", "HELD");

  /// An id is made within moments of `createTime`, by the same clock.
  private static final Duration SLACK = Duration.ofMinutes(5);

  private static final Id LOWEST = new Id(0, 0);
  private static final Id HIGHEST = new Id(-1, -1);

  /// All messages.
  static final Search ALL = new Search(Source.ALL, "", List.of(), LOWEST, HIGHEST);

  private MessageFilter() {}

  /// What a request's `filter` asks for.
  ///
  /// @throws ApiError when it cannot be read
  static Search of(Request request) {
    return Filter.of(request, FIELDS).map(MessageFilter::search).orElse(ALL);
  }

  static Search parse(String text) {
    return search(Filter.parse(text, FIELDS));
  }

  private static Search search(Filter filter) {
    List<Filter> all = filter instanceof And(List<Filter> filters) ? filters : List.of(filter);
    Source source = source(all);
    FilterSql sql = FilterSql.of(filter, source.isQueue() ? QUEUED : COLUMNS);
    return new Search(source, sql.sql(), sql.values(), least(all), below(all));
  }

  private static Map<String, Column> queued() {
    Map<String, Column> columns = new HashMap<>(COLUMNS);
    columns.put("queueState", Column.of("o.state"));
    return Map.copyOf(columns);
  }

  /// @param all conditions that must hold together
  private static Source source(List<Filter> all) {
    Optional<String> state = equal(all, "queueState");
    if (state.isPresent()) {
      return ASIDE.contains(state.get()) ? Source.ASIDE : Source.QUEUE;
    }
    return switch (equal(all, "status").orElse("")) {
      case "SENDING" -> Source.QUEUE;
      case "FAILED" -> Source.FAILED;
      default -> Source.ALL;
    };
  }

  private static Optional<String> equal(List<Filter> all, String field) {
    return all.stream()
        .filter(
            filter ->
                filter instanceof Compare compare
                    && compare.field().equals(field)
                    && compare.operator() == Operator.EQUAL)
        .map(filter -> (String) ((Compare) filter).value())
        .findFirst();
  }

  /// The lowest id that can be meant.
  private static Id least(List<Filter> all) {
    return times(all, Set.of(Operator.EQUAL, Operator.GREATER, Operator.GREATER_OR_EQUAL)).stream()
        .map(time -> id(time.minus(SLACK)))
        .max(Id::compareTo)
        .orElse(LOWEST);
  }

  /// An id below which all ids are that can be meant.
  private static Id below(List<Filter> all) {
    return times(all, Set.of(Operator.EQUAL, Operator.LESS, Operator.LESS_OR_EQUAL)).stream()
        .map(time -> id(time.plus(SLACK)))
        .min(Id::compareTo)
        .orElse(HIGHEST);
  }

  private static List<Instant> times(List<Filter> all, Set<Operator> operators) {
    return all.stream()
        .filter(
            filter ->
                filter instanceof Compare compare
                    && compare.field().equals("createTime")
                    && operators.contains(compare.operator()))
        .map(filter -> (Instant) ((Compare) filter).value())
        .toList();
  }

  private static Id id(Instant time) {
    long second = Math.clamp(time.getEpochSecond(), 0, 0xffff_ffffL);
    return new Id(second << 32, 0);
  }
}
