package io.recado.webchat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.recado.http.request.ApiError;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BucketsTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final Buckets<String> buckets =
      new Buckets<>("visitor", 3, Duration.ofSeconds(2), nanos::get);

  @Test
  void soManyPassAtOnceAndOneMoreAfterEachPause() {
    assertThat(passing("a", 10)).isEqualTo(3);
    advance(Duration.ofMillis(1_999));
    assertThat(passing("a", 10)).isZero();
    advance(Duration.ofMillis(1));
    assertThat(passing("a", 10)).isEqualTo(1);
    advance(Duration.ofHours(1));
    assertThat(passing("a", 10)).isEqualTo(3);
  }

  @Test
  void eachIsHeldByItself() {
    assertThat(passing("a", 10)).isEqualTo(3);
    assertThat(passing("b", 2)).isEqualTo(2);
  }

  @Test
  void theRefusalSaysWhenToComeAgainAndThenItPasses() {
    passing("a", 3);
    advance(Duration.ofMillis(500));
    ApiError refusal = catchThrowableOfType(ApiError.class, () -> buckets.take("a"));
    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(refusal.metadata()).containsEntry("subject", "visitor");
    advance(refusal.retryAfter());
    assertThatCode(() -> buckets.take("a")).doesNotThrowAnyException();
  }

  @Test
  void manyAtOnceTakeNoMoreThanThereIs() throws InterruptedException {
    var passed = new AtomicInteger();
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = Thread.ofVirtual().start(() -> passed.addAndGet(passing("a", 100)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(passed).hasValue(3);
  }

  private void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
  }

  private int passing(String key, int tries) {
    int passed = 0;
    for (int i = 0; i < tries; i++) {
      try {
        buckets.take(key);
        passed++;
      } catch (ApiError _) {
        // Counted by what is missing.
      }
    }
    return passed;
  }
}
