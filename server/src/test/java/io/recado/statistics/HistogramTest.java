package io.recado.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramTest {

  @ParameterizedTest
  @CsvSource({
    "-5, 0",
    "0, 0",
    "19, 19",
    "20, 20",
    "29, 20",
    "199, 190",
    "200, 200",
    "299, 200",
    "1999, 1900",
    "86400000, 80000000",
    "9000000000000, 2000000000"
  })
  void aBucketBeginsAtOrBelowTheDuration(long millis, long bucket) {
    assertThat(Histogram.bucket(millis)).isEqualTo(bucket);
  }

  @Test
  void anEstimateIsNeverFartherOffThanHalf() {
    var random = new Random(11);
    long[] durations =
        LongStream.generate(() -> (long) Math.exp(random.nextGaussian() * 2 + 6))
            .limit(5_000)
            .sorted()
            .toArray();
    var histogram = new Histogram();
    LongStream.of(durations).forEach(millis -> histogram.add(Histogram.bucket(millis), 1));

    for (double share : new double[] {0.01, 0.1, 0.5, 0.9, 0.99, 1}) {
      double exact = durations[(int) Math.ceil(share * durations.length) - 1];
      assertThat((double) histogram.quantile(share))
          .as("share " + share)
          .isCloseTo(exact, within(Math.max(1, exact / 2)));
    }
  }

  @Test
  void theDurationsOfABucketCountAsSpreadOverIt() {
    var histogram = new Histogram();
    histogram.add(200, 10);

    assertThat(histogram.count()).isEqualTo(10);
    assertThat(histogram.quantile(0.5)).isEqualTo(250);
    assertThat(histogram.quantile(1)).isEqualTo(300);
  }

  @Test
  void aRareLongDurationMovesTheHighQuantileOnly() {
    var histogram = new Histogram();
    histogram.add(100, 98);
    histogram.add(60_000, 2);

    assertThat(histogram.quantile(0.9)).isBetween(100L, 110L);
    assertThat(histogram.quantile(0.99)).isGreaterThanOrEqualTo(60_000);
  }

  @Test
  void noneHasNoQuantile() {
    assertThatThrownBy(() -> new Histogram().quantile(0.5))
        .isInstanceOf(IllegalStateException.class);
  }
}
