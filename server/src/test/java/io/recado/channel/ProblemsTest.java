package io.recado.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.recado.channel.Channel.Problem;
import io.recado.connector.ConnectorSession;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsTest {

  private static final Instant EARLIER = Instant.parse("2026-04-03T09:00:00Z");
  private static final Instant NOW = Instant.parse("2026-04-03T10:00:00Z");

  private static ConnectorSession.Problem found(Reason reason) {
    return new ConnectorSession.Problem(reason, new ProviderAnswer(401, "190", "Bad token."));
  }

  private static Problem known(Reason reason, boolean stops) {
    return new Problem(reason, new ProviderAnswer(401, "190", "Earlier words."), EARLIER, stops);
  }

  @Test
  void aProblemThatStaysKeepsItsTimeAndTakesTheNewestWords() {
    List<Problem> problems =
        Problems.with(
            List.of(known(Reason.CREDENTIALS_INVALID, true)),
            found(Reason.CREDENTIALS_INVALID),
            true,
            NOW);
    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.sinceTime()).isEqualTo(EARLIER);
              assertThat(problem.answer().message()).isEqualTo("Bad token.");
            });
  }

  @Test
  void anotherReasonIsAddedWithItsOwnTime() {
    List<Problem> problems =
        Problems.with(
            List.of(known(Reason.CREDENTIALS_INVALID, true)), found(Reason.THROTTLED), false, NOW);
    assertThat(problems)
        .extracting(Problem::reason, Problem::sinceTime)
        .containsExactly(tuple(Reason.CREDENTIALS_INVALID, EARLIER), tuple(Reason.THROTTLED, NOW));
  }

  @Test
  void aCheckLeavesWhatItFoundAndForgetsTheRest() {
    List<Problem> problems =
        Problems.checked(
            List.of(known(Reason.CREDENTIALS_INVALID, true), known(Reason.PAYMENT_REQUIRED, true)),
            List.of(found(Reason.PAYMENT_REQUIRED)),
            NOW);
    assertThat(problems).extracting(Problem::reason).containsExactly(Reason.PAYMENT_REQUIRED);
  }

  @Test
  void aCheckThatReachedNobodyForgetsNothing() {
    List<Problem> problems =
        Problems.checked(
            List.of(known(Reason.CREDENTIALS_INVALID, true)),
            List.of(found(Reason.PROVIDER_UNAVAILABLE)),
            NOW);
    assertThat(problems)
        .extracting(Problem::reason, Problem::stopsSending)
        .containsExactly(
            tuple(Reason.CREDENTIALS_INVALID, true), tuple(Reason.PROVIDER_UNAVAILABLE, false));
  }

  @Test
  void otherWordsOfTheProviderAreNoChangeButAnotherCodeIs() {
    Problem one = known(Reason.CREDENTIALS_INVALID, true);
    Problem otherWords =
        new Problem(one.reason(), new ProviderAnswer(401, "190", "Trace 7."), NOW, true);
    Problem otherCode =
        new Problem(one.reason(), new ProviderAnswer(401, "191", "Bad token."), NOW, true);
    assertThat(Problems.isSame(List.of(one), List.of(otherWords))).isTrue();
    assertThat(Problems.isSame(List.of(one), List.of(otherCode))).isFalse();
    assertThat(Problems.isSame(List.of(one), List.of())).isFalse();
  }
}
