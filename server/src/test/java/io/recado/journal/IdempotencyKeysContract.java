package io.recado.journal;

import static io.recado.journal.JournalContract.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recado.journal.IdempotencyKeys.Reused;
import io.recado.journal.IdempotentWrite.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What idempotency keys promise on every database.
interface IdempotencyKeysContract {

  Instant NOW = Instant.parse("2026-04-03T10:00:00Z");

  Dialect engine();

  @Test
  default void aRequestThatComesAgainIsGivenTheFirstAnswer() {
    try (var bench = JournalBench.on(engine())) {
      var first = bench.journal.commit(request("key", "a", Change.fact("one")));
      var again = bench.journal.commit(request("key", "a", Change.fact("two")));
      assertThat(first).isEqualTo(new Answer<>("one", false));
      assertThat(again).isEqualTo(new Answer<>("one", true));
      assertThat(bench.hasFact("two")).isFalse();
    }
  }

  @Test
  default void equalRequestsOfOneGroupHaveOneEffect() throws Exception {
    try (var bench = JournalBench.on(engine())) {
      List<Future<Answer<String>>> answers =
          bench.together(
              IntStream.range(0, 20)
                  .mapToObj(i -> request("key-" + i / 2, "a", Change.fact("fact-" + i)))
                  .toList());
      for (int i = 0; i < 20; i += 2) {
        assertThat(answers.get(i).get()).isEqualTo(new Answer<>("fact-" + i, false));
        assertThat(answers.get(i + 1).get()).isEqualTo(new Answer<>("fact-" + i, true));
        assertThat(bench.hasFact("fact-" + (i + 1))).isFalse();
      }
      JournalBench.until(() -> bench.groups.contains(20));
    }
  }

  @Test
  default void equalRequestsOnTwoNodesHaveOneEffect() throws Exception {
    try (var bench = JournalBench.on(engine());
        var other = bench.newJournal(bench.test.database())) {
      List<Future<Answer<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        var here = request("key-" + i, "a", Change.fact("here-" + i));
        var there = request("key-" + i, "a", Change.fact("there-" + i));
        answers.add(bench.start(here));
        answers.add(bench.run(() -> other.commit(there)));
      }
      for (int i = 0; i < 50; i++) {
        Answer<String> here = answers.get(2 * i).get();
        Answer<String> there = answers.get(2 * i + 1).get();
        assertThat(here.value()).isEqualTo(there.value());
        assertThat(here.replayed()).isNotEqualTo(there.replayed());
        assertThat(bench.hasFact("here-" + i)).isNotEqualTo(bench.hasFact("there-" + i));
      }
    }
  }

  @Test
  default void aKeyOfAnotherRequestIsRefusedAndTellsOfTheFirst() {
    try (var bench = JournalBench.on(engine())) {
      bench.journal.commit(request("key", "a", Change.fact("one")));
      assertThatThrownBy(() -> bench.journal.commit(request("key", "b", Change.fact("two"))))
          .isInstanceOfSatisfying(Reused.class, e -> assertThat(e.first().time()).isEqualTo(NOW));
      assertThat(bench.hasFact("two")).isFalse();
    }
  }

  @Test
  default void aRefusedRequestLeavesItsKeyFree() {
    try (var bench = JournalBench.on(engine())) {
      assertThatThrownBy(() -> bench.journal.commit(request("key", "a", refusal())))
          .isInstanceOf(Refused.class);
      assertThat(bench.journal.commit(request("key", "b", Change.fact("one"))))
          .isEqualTo(new Answer<>("one", false));
    }
  }

  @Test
  default void aKeyBelongsToTheRequestOfItsGroupThatWasNotRefused() throws Exception {
    try (var bench = JournalBench.on(engine())) {
      List<Future<Answer<String>>> answers =
          bench.together(
              List.of(request("key", "a", refusal()), request("key", "b", Change.fact("one"))));
      assertFailure(answers.getFirst()).isInstanceOf(Refused.class);
      assertThat(answers.getLast().get()).isEqualTo(new Answer<>("one", false));
      assertThat(bench.journal.commit(request("key", "b", Change.fact("two"))))
          .isEqualTo(new Answer<>("one", true));
    }
  }

  @Test
  default void keysOfTwoWorkspacesNeverMeet() {
    try (var bench = JournalBench.on(engine())) {
      bench.journal.commit(request("key", "a", Change.fact("one")));
      var other = request("key", "a", Change.fact("two"));
      var key = new IdempotencyKey(2, other.key().hash(), other.key().fingerprint());
      assertThat(bench.journal.commit(new IdempotentWrite<>(key, NOW, other.write(), other.form())))
          .isEqualTo(new Answer<>("two", false));
    }
  }

  private static Change<String> refusal() {
    return Change.of(
        _ -> {
          throw new Refused();
        });
  }

  private static IdempotentWrite<String> request(
      String key, String fingerprint, Change<String> write) {
    var idempotencyKey = new IdempotencyKey(1, bytes(key, 16), bytes(fingerprint, 32));
    return new IdempotentWrite<>(idempotencyKey, NOW, write, new Text());
  }

  private static byte[] bytes(String text, int length) {
    return Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), length);
  }

  /// Keeps an answer as it is.
  final class Text implements IdempotentWrite.AnswerForm<String> {
    @Override
    public byte[] write(String answer) {
      return answer.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String read(byte[] kept) {
      return new String(kept, StandardCharsets.UTF_8);
    }
  }
}
