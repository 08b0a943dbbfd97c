package io.recado.http.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.recado.http.Requests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldsTest {

  private static List<Violation> violations(String json, Consumer<Fields> reading) {
    Fields fields = Requests.fields(json);
    reading.accept(fields);
    ApiError error = catchThrowableOfType(ApiError.class, fields::check);
    return error == null ? List.of() : error.violations();
  }

  private static void readAll(Fields fields) {
    fields.text("text", 2, 4);
    fields.choice("choice", TimeUnit.class);
    fields.number("number", 1, 10);
    fields.decimal("decimal", -1.5, 1.5);
    fields.duration("duration", Duration.ofSeconds(1), Duration.ofDays(1));
    fields.time("time");
    fields.object("object").ifPresent(object -> object.requiredText("inner", 10));
    fields.objects("objects", 2).forEach(object -> object.text("inner", 1, 10));
    fields.texts("texts", 2, 3);
    fields.textMap("map", 2, 3, 4);
    ResourceName.of(fields, "channel", ResourceName.Channel.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "{\"text\": 1} ; text ; WRONG_TYPE",
        "{\"text\": \"\"} ; text ; REQUIRED",
        "{\"text\": \"a\"} ; text ; TOO_SHORT",
        "{\"text\": \"abcde\"} ; text ; TOO_LONG",
        "{\"choice\": \"WEEKS\"} ; choice ; INVALID_VALUE",
        "{\"choice\": \"days\"} ; choice ; INVALID_VALUE",
        "{\"number\": \"1\"} ; number ; WRONG_TYPE",
        "{\"number\": 1.5} ; number ; WRONG_TYPE",
        "{\"number\": 0} ; number ; TOO_SMALL",
        "{\"number\": 11} ; number ; TOO_LARGE",
        "{\"number\": 1e2147483647} ; number ; WRONG_TYPE",
        "{\"decimal\": true} ; decimal ; WRONG_TYPE",
        "{\"decimal\": 2.0} ; decimal ; TOO_LARGE",
        "{\"decimal\": -1e999999} ; decimal ; TOO_SMALL",
        "{\"duration\": \"1m\"} ; duration ; INVALID_VALUE",
        "{\"duration\": \"0.5s\"} ; duration ; TOO_SMALL",
        "{\"duration\": \"86401s\"} ; duration ; TOO_LARGE",
        "{\"time\": \"2026-04-03\"} ; time ; INVALID_VALUE",
        "{\"time\": \"+10000-01-01T00:00:00Z\"} ; time ; INVALID_VALUE",
        "{\"time\": \"+999999999-01-01T00:00:00Z\"} ; time ; INVALID_VALUE",
        "{\"time\": \"-0001-12-31T00:00:00Z\"} ; time ; INVALID_VALUE",
        "{\"time\": \"9999-12-31T23:00:00-02:00\"} ; time ; INVALID_VALUE",
        "{\"time\": \"0000-01-01T00:00:00+01:00\"} ; time ; INVALID_VALUE",
        "{\"object\": []} ; object ; WRONG_TYPE",
        "{\"object\": {}} ; object.inner ; REQUIRED",
        "{\"object\": {\"inner\": null}} ; object.inner ; REQUIRED",
        "{\"objects\": {}} ; objects ; WRONG_TYPE",
        "{\"objects\": [1]} ; objects[0] ; WRONG_TYPE",
        "{\"objects\": [{}, {\"inner\": 2}]} ; objects[1].inner ; WRONG_TYPE",
        "{\"objects\": [{}, {}, {}]} ; objects ; TOO_LARGE",
        "{\"texts\": [\"a\", \"\"]} ; texts[1] ; INVALID_VALUE",
        "{\"texts\": [\"abcd\"]} ; texts[0] ; INVALID_VALUE",
        "{\"texts\": \"a\"} ; texts ; WRONG_TYPE",
        "{\"map\": {\"a\": 1}} ; map.a ; WRONG_TYPE",
        "{\"map\": {\"a\": \"12345\"}} ; map.a ; TOO_LONG",
        "{\"map\": {\"abcd\": \"1\"}} ; map ; TOO_LONG",
        "{\"map\": {\"a\": \"\", \"b\": \"\", \"c\": \"\"}} ; map ; TOO_LARGE",
        "{\"channel\": \"channels/x\"} ; channel ; INVALID_VALUE",
        "{\"txt\": \"abc\"} ; txt ; UNKNOWN_FIELD",
        "{\"object\": {\"inner\": \"x\", \"iner\": 1}} ; object.iner ; UNKNOWN_FIELD",
        "{\"objects\": [{\"name\": 1}]} ; objects[0].name ; UNKNOWN_FIELD",
      })
  void aFaultNamesItsFieldAndReason(String json, String field, String reason) {
    assertThat(violations(json, FieldsTest::readAll))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.field()).isEqualTo(field);
              assertThat(violation.reason()).isEqualTo(reason);
              assertThat(violation.description())
                  .endsWith(reason.equals("UNKNOWN_FIELD") ? "" : ".");
            });
  }

  @Test
  void allFaultsAreToldAtOnce() {
    assertThat(
            violations(
                "{\"text\": 1, \"number\": 0, \"object\": {\"inner\": 5, \"x\": 1}, \"extra\": 1}",
                FieldsTest::readAll))
        .extracting(Violation::field)
        .containsExactlyInAnyOrder("text", "number", "object.inner", "extra", "object.x");
  }

  @Test
  void anUnknownFieldBringsTheNearestKnownOne() {
    assertThat(violations("{\"Texd\": 1}", FieldsTest::readAll).getFirst().description())
        .contains("Did you mean text?");
    assertThat(violations("{\"somethingElse\": 1}", FieldsTest::readAll).getFirst().description())
        .doesNotContain("Did you mean");
  }

  @Test
  void whatIsRightIsRead() {
    Fields fields =
        Requests.fields(
            """
            {"text": "abc", "choice": "DAYS", "number": 1e1, "decimal": 0.5, "duration": "1.5s",
             "time": "2026-04-03T12:00:00+02:00", "texts": ["a"], "map": {"a": "b"}, "nothing": null,
             "channel": "channels/6633a1b2c4d5e6f7a8b9c0d1"}
            """);
    assertThat(fields.text("text", 2, 4)).contains("abc");
    assertThat(fields.choice("choice", TimeUnit.class)).contains(TimeUnit.DAYS);
    assertThat(fields.number("number", 1, 10)).contains(10L);
    assertThat(fields.decimal("decimal", 0, 1)).contains(0.5);
    assertThat(fields.duration("duration", Duration.ZERO, Duration.ofDays(1)))
        .contains(Duration.ofMillis(1500));
    assertThat(fields.time("time")).contains(Instant.parse("2026-04-03T10:00:00Z"));
    assertThat(fields.texts("texts", 1, 1)).contains(List.of("a"));
    assertThat(fields.textMap("map", 1, 1, 1)).contains(Map.of("a", "b"));
    assertThat(fields.text("nothing", 1, 1)).isEmpty();
    assertThat(fields.has("nothing")).isTrue();
    assertThat(ResourceName.of(fields, "channel", ResourceName.Channel.class))
        .map(Object::toString)
        .contains("channels/6633a1b2c4d5e6f7a8b9c0d1");
    assertThat(fields.isFaulty()).isFalse();
    fields.check();
  }
}
