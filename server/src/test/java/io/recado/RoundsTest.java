package io.recado;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoundsTest {

  private static final Duration PAUSE = Duration.ofMillis(1);

  private final Rounds rounds = new Rounds();

  @AfterEach
  void close() {
    rounds.close();
  }

  @Test
  void oneThatTakesLongHoldsUpNoOther() throws InterruptedException {
    var atWork = new CountDownLatch(1);
    var others = new CountDownLatch(3);
    rounds.every(
        PAUSE,
        "it failed",
        () -> {
          atWork.countDown();
          await(new CountDownLatch(1));
        });
    assertThat(atWork.await(30, TimeUnit.SECONDS)).isTrue();

    rounds.every(PAUSE, "it failed", others::countDown);

    assertThat(others.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void oneThatFailsComesAgain() throws InterruptedException {
    var failures = new CountDownLatch(3);
    rounds.every(
        PAUSE,
        "it failed, as it was meant to",
        () -> {
          failures.countDown();
          throw new IllegalStateException("meant");
        });

    assertThat(failures.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatIsAtWorkIsInterruptedByTheCloseAndDoesNotComeAgain() throws InterruptedException {
    var atWork = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    var cameAgain = new AtomicBoolean();
    rounds.every(
        PAUSE,
        "it failed",
        () -> {
          cameAgain.set(atWork.getCount() == 0);
          atWork.countDown();
          await(new CountDownLatch(1));
          ended.countDown();
        });
    assertThat(atWork.await(30, TimeUnit.SECONDS)).isTrue();

    rounds.close();

    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(cameAgain).isFalse();
  }

  private static void await(CountDownLatch never) {
    try {
      never.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
