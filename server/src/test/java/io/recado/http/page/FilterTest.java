package io.recado.http.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.recado.http.Requests;
import io.recado.http.TestApi;
import io.recado.http.page.Filter.And;
import io.recado.http.page.Filter.Compare;
import io.recado.http.page.Filter.Not;
import io.recado.http.page.Filter.Or;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Violation;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {

  private static final FilterFields FIELDS =
      new FilterFields()
          .string("name")
          .choice("unit", TimeUnit.class)
          .bool("unread")
          .number("count")
          .time("createTime")
          .list("labels")
          .string("contact.phoneNumber");

  private static final Map<String, FilterSql.Column> COLUMNS =
      Map.of(
          "name", FilterSql.Column.of("t.name"),
          "unit",
              FilterSql.Column.of("t.unit", value -> TimeUnit.valueOf((String) value).ordinal()),
          "unread", FilterSql.Column.when("t.unread > 0"),
          "count", FilterSql.Column.of("t.count"),
          "createTime", FilterSql.Column.of("t.create_time"),
          "labels",
              FilterSql.Column.containing(
                  "EXISTS (SELECT 1 FROM l WHERE l.name = t.name AND l.label = ?)"),
          "contact.phoneNumber", FilterSql.Column.of("t.phone"));

  /// The tree in a short form, to be compared.
  private static String shape(Filter filter) {
    return switch (filter) {
      case And(var all) ->
          all.stream().map(FilterTest::shape).collect(Collectors.joining(" & ", "[", "]"));
      case Or(var any) ->
          any.stream().map(FilterTest::shape).collect(Collectors.joining(" | ", "[", "]"));
      case Not(var inner) -> "!" + shape(inner);
      case Compare(var field, var operator, var value, _) -> field + operator.sign() + value;
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "count=1 AND count=2 OR count=3 ; [count=1 & [count=2 | count=3]]",
        "count=1 OR count=2 AND count=3 ; [[count=1 | count=2] & count=3]",
        "(count=1 AND count=2) OR count=3 ; [[count=1 & count=2] | count=3]",
        "count=1 count=2 OR count=3 ; [count=1 & [count=2 | count=3]]",
        "count=1 count=2 AND count=3 ; [count=1 & count=2 & count=3]",
        "NOT count=1 OR -count=2 ; [!count=1 | !count=2]",
        "NOT(count=1 OR count=2) ; ![count=1 | count=2]",
        "((count=1)) ; count=1",
      })
  void orBindsTighterThanAnd(String text, String shape) {
    assertThat(shape(Filter.parse(text, FIELDS))).isEqualTo(shape);
  }

  @Test
  void everyKindOfFieldHasItsValues() {
    assertThat(value("name = \"O'Neill \\\"x\\\"\"")).isEqualTo("O'Neill \"x\"");
    assertThat(value("name='a b'")).isEqualTo("a b");
    assertThat(value("name = \"\"")).isEqualTo("");
    assertThat(value("unit != DAYS")).isEqualTo("DAYS");
    assertThat(value("unit = \"DAYS\"")).isEqualTo("DAYS");
    assertThat(value("unread=true")).isEqualTo(true);
    assertThat(value("count >= -5")).isEqualTo(-5L);
    assertThat(value("count < 1.5")).isEqualTo(new BigDecimal("1.5"));
    assertThat(value("createTime > \"2026-04-03T12:00:00+02:00\""))
        .isEqualTo(Instant.parse("2026-04-03T10:00:00Z"));
    assertThat(value("createTime<=2026-04-03T10:00:00Z"))
        .isEqualTo(Instant.parse("2026-04-03T10:00:00Z"));
    assertThat(value("labels:vip")).isEqualTo("vip");
    assertThat(value("contact.phoneNumber = \"+573193210329\"")).isEqualTo("+573193210329");
  }

  private static Object value(String text) {
    return ((Compare) Filter.parse(text, FIELDS)).value();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "nam = \"x\" ; 1 ; did you mean name?",
        "count = 1 AND colour = \"x\" ; 15 ; no such field",
        "count ; 6 ; must stand one of",
        "count = ; 8 ; compared to nothing",
        "count = x ; 9 ; a number",
        "count = \"1\" ; 9 ; a number",
        "count = 99999999999999999999 ; 9 ; a number",
        "count : 1 ; 7 ; does not take :",
        "unread < true ; 8 ; does not take <",
        "unit = WEEKS ; 8 ; one of NANOSECONDS",
        "unit = days ; 8 ; one of NANOSECONDS",
        "labels = \"x\" ; 8 ; does not take =",
        "createTime > yesterday ; 14 ; RFC 3339",
        "createTime > \"+999999999-01-01T00:00:00Z\" ; 14 ; RFC 3339",
        "createTime > \"+10000-01-01T00:00:00Z\" ; 14 ; RFC 3339",
        "name = \"x ; 8 ; closing quotation mark",
        "name = \"x*\" ; 8 ; not offered",
        "labels:* ; 8 ; not offered",
        "(count = 1 ; 1 ; without its )",
        "count = 1) ; 10 ; without a (",
        "count = 1 AND ; 14 ; a comparison must stand here",
        "OR count = 1 ; 1 ; no such field",
        "count = 1 & count = 2 ; 11 ; a comparison must stand here",
        "f(count) ; 1 ; no such field",
        "((((((count = 1)))))) ; 6 ; deeper than 5",
      })
  void aFaultIsToldWithItsPlace(String text, int position, String words) {
    assertThatThrownBy(() -> Filter.parse(text, FIELDS))
        .asInstanceOf(type(ApiError.class))
        .satisfies(
            error -> {
              assertThat(error.reason()).isEqualTo(ErrorReason.INVALID_FIELDS);
              Violation violation = error.violations().getFirst();
              assertThat(violation.field()).isEqualTo("filter");
              assertThat(violation.description())
                  .startsWith("At character " + position + ": ")
                  .contains(words);
            });
  }

  @Test
  void theLimitsHold() {
    String twenty = String.join(" AND ", java.util.Collections.nCopies(20, "count=1"));
    Filter.parse(twenty, FIELDS);
    assertRefused(twenty + " AND count=1", "more than 20");
    Filter.parse("(((((count=1)))))", FIELDS);
    String long1000 = "name=\"" + "x".repeat(993) + "\"";
    Filter.parse(long1000, FIELDS);
    assertRefused(long1000 + " ", "At most 1000");
  }

  private static void assertRefused(String text, String words) {
    assertThatThrownBy(() -> Filter.parse(text, FIELDS))
        .isInstanceOf(ApiError.class)
        .hasMessageContaining(words);
  }

  @Test
  void aRequestWithoutAFilterHasNone() {
    assertThat(Filter.of(Requests.list(1, TestApi.CHANNEL, Map.of("filter", " ")), FIELDS))
        .isEmpty();
    assertThat(
            Filter.of(Requests.list(1, TestApi.CHANNEL, Map.of("filter", "unread=true")), FIELDS))
        .isPresent();
  }

  @Test
  void nothingButARefusalComesOfRandomText() {
    var random = new Random(20_260_403);
    String[] words = {
      "name",
      "unit",
      "unread",
      "count",
      "createTime",
      "labels",
      "=",
      "!=",
      "<",
      ">=",
      ":",
      "(",
      ")",
      "AND",
      "OR",
      "NOT",
      "-",
      "\"x\"",
      "'",
      "\"",
      "\\",
      "true",
      "DAYS",
      "12",
      "*",
      " ",
      ".",
      "2026-04-03T10:00:00Z",
      "\0",
      "é",
      "\uD800",
      ",",
      ";",
      "--",
      "?",
      "%"
    };
    int read = 0;
    for (int i = 0; i < 2_000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(24); n >= 0; n--) {
        text.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
      }
      Throwable thrown = catchThrowable(() -> compile(text.toString()));
      if (thrown == null) {
        read++;
      } else {
        assertThat(thrown).as(text.toString()).isInstanceOf(ApiError.class);
      }
    }
    assertThat(read).isLessThan(2_000);
  }

  @Test
  void whateverIsWellFormedIsReadAndRunsAsSql() throws SQLException {
    var random = new Random(7);
    try (Connection database = database()) {
      for (int i = 0; i < 200; i++) {
        rows(database, wellFormed(random, 3));
      }
    }
  }

  private static String wellFormed(Random random, int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      String[] leaves = {
        "count > 3",
        "unread = true",
        "unit = DAYS",
        "name != \"b\"",
        "labels:vip",
        "createTime < 2026-04-03T10:00:00Z"
      };
      return leaves[random.nextInt(leaves.length)];
    }
    String left = wellFormed(random, depth - 1);
    String right = wellFormed(random, depth - 1);
    return switch (random.nextInt(4)) {
      case 0 -> "(" + left + " AND " + right + ")";
      case 1 -> "(" + left + " OR " + right + ")";
      case 2 -> "(" + left + " " + right + ")";
      default -> "NOT (" + left + ")";
    };
  }

  @Test
  void sqlHoldsNothingOfTheFilterButQuestionMarks() {
    FilterSql sql = compile("name = \"'; DROP TABLE t; --\" AND NOT (count > 3 OR unread != true)");
    assertThat(sql.sql())
        .isEqualTo("((t.name = ?) AND (NOT ((t.count > ?) OR (NOT (t.unread > 0)))))");
    assertThat(sql.values()).containsExactly("'; DROP TABLE t; --", 3L);
  }

  @Test
  void rowsAreFoundAsTheFilterSays() throws SQLException {
    try (Connection database = database()) {
      assertThat(rows(database, "count = 1 AND unit = DAYS OR name = \"c\"")).isEmpty();
      assertThat(rows(database, "(count = 2 AND unit = DAYS) OR name = \"c\""))
          .containsExactly("b", "c");
      assertThat(rows(database, "unread = true")).containsExactly("b");
      assertThat(rows(database, "unread != true")).containsExactly("a", "c");
      assertThat(rows(database, "labels:vip")).containsExactly("a");
      assertThat(rows(database, "-labels:vip")).containsExactly("b", "c");
      assertThat(rows(database, "createTime >= 1970-01-01T00:00:02Z")).containsExactly("b", "c");
      assertThat(rows(database, "contact.phoneNumber != \"+1\"")).containsExactly("b");
    }
  }

  private static FilterSql compile(String text) {
    return FilterSql.of(Filter.parse(text, FIELDS), COLUMNS);
  }

  private static List<String> rows(Connection database, String text) throws SQLException {
    FilterSql filter = compile(text);
    try (PreparedStatement query =
        database.prepareStatement("SELECT name FROM t WHERE " + filter.sql() + " ORDER BY name")) {
      for (int i = 0; i < filter.values().size(); i++) {
        query.setObject(i + 1, filter.values().get(i));
      }
      List<String> names = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
      return names;
    }
  }

  private static Connection database() throws SQLException {
    Connection database = DriverManager.getConnection("jdbc:sqlite::memory:");
    try (var statement = database.createStatement()) {
      statement.executeUpdate(
          "CREATE TABLE t (name TEXT, unit INT, unread INT, count INT, create_time INT, phone"
              + " TEXT)");
      statement.executeUpdate("CREATE TABLE l (name TEXT, label TEXT)");
      statement.executeUpdate(
          "INSERT INTO t VALUES ('a', 5, 0, 1, 1000, '+1'), ('b', 6, 3, 2, 2000, '+2'),"
              + " ('c', 4, 0, 3, 3000, NULL)");
      statement.executeUpdate("INSERT INTO l VALUES ('a', 'vip'), ('b', 'new')");
    }
    return database;
  }
}
