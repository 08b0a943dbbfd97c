package io.recado.http.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recado.journal.Id;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StreamPlacesTest {

  private static final Id FIRST = new Id(1, 1);
  private static final Id SECOND = new Id(1, 2);

  private final StreamPlaces places = new StreamPlaces(3, 2);

  private void assertRefused(Id key, String subject, String limit) {
    assertThatThrownBy(() -> places.take(key))
        .isInstanceOfSatisfying(
            ApiError.class,
            error -> {
              assertThat(error.reason()).isEqualTo(ErrorReason.TOO_MANY_STREAMS);
              assertThat(error.metadata())
                  .containsEntry("subject", subject)
                  .containsEntry("limit", limit);
              assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(5));
            });
  }

  @Test
  void aKeyTakesItsOwnPlacesAndNobodyElses() {
    places.take(FIRST);
    places.take(FIRST);
    assertRefused(FIRST, "apiKey", "2");
    places.take(SECOND);
    assertThat(places.count()).isEqualTo(3);
    places.leave(FIRST);
    places.take(FIRST);
  }

  @Test
  void allTogetherTakeNoMoreThanThereAre() {
    places.take(FIRST);
    places.take(FIRST);
    places.take(SECOND);
    assertRefused(SECOND, "server", "3");
    places.leave(FIRST);
    places.take(SECOND);
    assertRefused(FIRST, "server", "3");
    places.leave(SECOND);
    places.leave(SECOND);
    places.leave(FIRST);
    assertThat(places.count()).isZero();
  }
}
