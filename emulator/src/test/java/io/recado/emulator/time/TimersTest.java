package io.recado.emulator.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimersTest {
  private static final long START = 1_790_000_000_000L;

  private final AtomicLong now = new AtomicLong(START);
  private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
  private final Timers timers = new Timers(clock);
  private final BlockingQueue<String> ran = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    timers.close();
  }

  private void moveTo(long millis) {
    now.set(START + millis);
    timers.rearm();
  }

  private List<String> next(int count) {
    return Stream.generate(this::next).limit(count).toList();
  }

  private String next() {
    try {
      String name = ran.poll(5, TimeUnit.SECONDS);
      return name == null ? "nothing" : name;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void tasksRunInOrderOfTimeAndThenOfArrival() {
    timers.at(START + 20, () -> ran.add("20 a"));
    timers.at(START + 10, () -> ran.add("10 a"));
    timers.at(START + 20, () -> ran.add("20 b"));
    timers.at(START + 10, () -> ran.add("10 b"));

    moveTo(30);

    assertThat(next(4)).containsExactly("10 a", "10 b", "20 a", "20 b");
  }

  @Test
  void tasksOfTheSameFewMillisecondsRunTogetherAtTheirEnd() {
    timers.at(START + 11, () -> ran.add("11"));
    timers.at(START + 14, () -> ran.add("14"));
    timers.at(START + 16, () -> ran.add("16"));
    timers.at(START + 1, () -> ran.add("1"));

    moveTo(14);
    assertThat(next()).isEqualTo("1");
    moveTo(15);
    assertThat(next(2)).containsExactly("11", "14");
    assertThat(ran).isEmpty();
    moveTo(20);
    assertThat(next()).isEqualTo("16");
  }

  @Test
  void aTaskMayScheduleOneThatIsDueAtOnceBeforeAllLaterOnes() {
    timers.at(START + 10, () -> timers.after(Duration.ZERO, () -> ran.add("soon")));
    timers.at(START + 100, () -> ran.add("later"));

    moveTo(50);
    assertThat(next()).isEqualTo("soon");
    moveTo(100);
    assertThat(next()).isEqualTo("later");
  }

  @Test
  void aBrokenTaskDoesNotStopTheOthersOfItsTick() {
    timers.at(
        START + 10,
        () -> {
          throw new IllegalStateException("broken on purpose");
        });
    timers.at(START + 10, () -> ran.add("other"));

    moveTo(10);

    assertThat(next()).isEqualTo("other");
  }
}
