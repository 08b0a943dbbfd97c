package io.recado.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.recado.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadThroughTest {

  private static final Duration MAX_AGE = Duration.ofSeconds(3);

  private final SettableClock clock = SettableClock.standing();
  private final Map<String, Integer> database = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> noticed = new ArrayList<>();
  private Runnable whileReading = () -> {};
  private final ReadThrough<String, Integer> values =
      new ReadThrough<>(
          this::read,
          MAX_AGE,
          clock,
          (before, now) -> noticed.add(before + "→" + now.orElse(null)));

  private Optional<Integer> read(String key) {
    asked.add(key);
    Optional<Integer> value = Optional.ofNullable(database.get(key));
    Runnable meanwhile = whileReading;
    whileReading = () -> {};
    meanwhile.run();
    return value;
  }

  @Test
  void aValueIsReadOnceWhileItIsFresh() {
    database.put("a", 1);
    assertThat(values.find("a")).contains(1);
    clock.advance(MAX_AGE.minusMillis(1));
    assertThat(values.find("a")).contains(1);
    assertThat(asked).containsExactly("a");
  }

  @Test
  void whatAnotherNodeChangedIsSeenAndToldAfterAWhile() {
    database.put("a", 1);
    values.find("a");
    database.put("a", 2);
    clock.advance(MAX_AGE);
    assertThat(values.find("a")).contains(2);
    assertThat(noticed).containsExactly("1→2");
  }

  @Test
  void whatAnotherNodeRemovedIsGoneAfterAWhile() {
    database.put("a", 1);
    values.find("a");
    database.clear();
    clock.advance(MAX_AGE);
    assertThat(values.find("a")).isEmpty();
    assertThat(noticed).containsExactly("1→null");
  }

  @Test
  void whatIsNotThereIsAskedForEachTime() {
    assertThat(values.find("a")).isEmpty();
    database.put("a", 1);
    assertThat(values.find("a")).contains(1);
  }

  @Test
  void aReadThatBeganBeforeAChangeOfOursNeverOverwritesIt() {
    database.put("a", 1);
    whileReading =
        () -> {
          database.put("a", 2);
          values.put("a", 2);
        };
    assertThat(values.find("a")).contains(2);
    assertThat(values.find("a")).contains(2);
  }

  @Test
  void aReadThatBeganBeforeARemovalOfOursDoesNotBringItBack() {
    database.put("a", 1);
    whileReading =
        () -> {
          database.remove("a");
          values.remove("a");
        };
    assertThat(values.find("a")).isEmpty();
  }

  @Test
  void whileOneReadsAgainTheOthersGoOnWithWhatIsThere() {
    database.put("a", 1);
    values.find("a");
    database.put("a", 2);
    clock.advance(MAX_AGE);
    List<Optional<Integer>> others = new ArrayList<>();
    whileReading = () -> others.add(values.find("a"));
    assertThat(values.find("a")).contains(2);
    assertThat(others).containsExactly(Optional.of(1));
  }

  @Test
  void afterAFailedReadTheNextCallerAsksAgain() {
    database.put("a", 1);
    values.find("a");
    database.put("a", 2);
    clock.advance(MAX_AGE);
    whileReading =
        () -> {
          throw new IllegalStateException("away");
        };
    assertThatIllegalStateException().isThrownBy(() -> values.find("a"));
    assertThat(values.find("a")).contains(2);
  }
}
