package io.recado.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.recado.http.request.ApiError;
import io.recado.http.request.Caller;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Request;
import io.recado.http.request.Role;
import io.recado.http.request.Violation;
import io.recado.journal.Id;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionTest {

  private static final Instant NOW = Instant.parse("2026-04-03T12:00:01Z");
  private static final Id CHANNEL = Id.parse("6633a1b2c4d5e6f7a8b9c0d1");
  private static final Id OTHER = Id.parse("6633a1b2c4d5e6f7a8b9c0d2");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'' ; 2026-04-02T13:00:00Z ; 2026-04-03T13:00:00Z",
        "startTime=2026-04-03T11:59:59Z ; 2026-04-03T11:00:00Z ; 2026-04-03T13:00:00Z",
        "endTime=2026-04-03T15:00:00+02:00 ; 2026-04-02T13:00:00Z ; 2026-04-03T13:00:00Z",
        "startTime=2026-04-03T12:30:00Z&endTime=2026-04-03T12:30:01Z ; 2026-04-03T12:00:00Z ;"
            + " 2026-04-03T13:00:00Z",
        "startTime=2026-01-01T00:00:00Z&endTime=2026-02-01T00:00:00Z ; 2026-01-01T00:00:00Z ;"
            + " 2026-02-01T00:00:00Z",
        "startTime=9999-12-31T22:10:00Z&endTime=9999-12-31T23:59:59Z ; 9999-12-31T22:00:00Z ;"
            + " 9999-12-31T23:00:00Z",
      })
  void theTimeIsWidenedToWholeHoursAndIsTheLastDayWhenNoneIsGiven(
      String query, Instant start, Instant end) {
    Question question = ask(query);

    assertThat(question.start()).isEqualTo(start);
    assertThat(question.end()).isEqualTo(end);
    assertThat(question.channel()).isEmpty();
  }

  @Test
  void aChannelIsGivenByItsNameOrItsId() {
    assertThat(ask("channel=channels/" + CHANNEL).channel()).contains(CHANNEL);
    assertThat(ask("channel=" + CHANNEL).channel()).contains(CHANNEL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "startTime=yesterday ; startTime ; RFC 3339",
        "endTime=2026-04-03 ; endTime ; RFC 3339",
        "startTime=2026-04-03T10:00:00Z&endTime=2026-04-03T10:00:00Z ; startTime ; before the end",
        "startTime=2027-04-03T10:00:00Z ; startTime ; 2026-04-03T12:00:01Z",
        "startTime=2026-01-01T00:00:00Z&endTime=2026-02-01T00:00:01Z ; startTime ; 31 days",
        "startTime=0000-01-01T00:00:00Z ; startTime ; 31 days",
        "channel=channels/1 ; channel ; channels/6633a1b2c4d5e6f7a8b9c0d1",
        "channel=workspaces/6633a1b2c4d5e6f7a8b9c0d1 ; channel ; channels/6633a1b2c4d5e6f7a8b9c0d1",
      })
  void aQuestionThatCannotBeAnsweredSaysWhatToChange(String query, String field, String words) {
    ApiError refusal = catchThrowableOfType(ApiError.class, () -> ask(query));

    assertThat(refusal.violations()).extracting(Violation::field).containsExactly(field);
    assertThat(refusal.getMessage()).contains(words);
  }

  @Test
  void allFaultsAreToldAtOnce() {
    ApiError refusal =
        catchThrowableOfType(ApiError.class, () -> ask("startTime=x&endTime=y&channel=z"));

    assertThat(refusal.violations())
        .extracting(Violation::field)
        .containsExactly("channel", "startTime", "endTime");
  }

  @Test
  void aKeyForSomeChannelsMayNotAskAboutAnother() {
    assertThat(ask("channel=" + CHANNEL, CHANNEL).channel()).contains(CHANNEL);

    ApiError refusal =
        catchThrowableOfType(ApiError.class, () -> ask("channel=" + OTHER + "&endTime=x", CHANNEL));

    assertThat(refusal.reason()).isEqualTo(ErrorReason.CHANNEL_NOT_ALLOWED);
  }

  private static Question ask(String query, Id... channels) {
    Map<String, String> parameters =
        Arrays.stream(query.split("&"))
            .filter(pair -> !pair.isEmpty())
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    var caller = new Caller(1, OTHER, Role.READER, Set.of(channels));
    return Question.of(
        new Request("GET", "/v1/statistics", Map.of(), parameters, _ -> null, new byte[0], caller),
        NOW);
  }
}
