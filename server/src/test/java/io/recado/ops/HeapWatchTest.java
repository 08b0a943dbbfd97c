package io.recado.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapWatchTest {

  private static final long MIB = 1 << 20;

  private long used;
  private long live;
  private int collections;
  private final HeapWatch watch =
      new HeapWatch(
          () -> used,
          () -> {
            collections++;
            used = live;
          });

  @Test
  void aSmallHeapIsLeftAlone() {
    use(159 * MIB, 1);
    assertThat(collections).isZero();
  }

  @Test
  void itIsCollectedWhenItHasReachedTwiceWhatWasLeft() {
    use(161 * MIB, 100 * MIB);
    assertThat(collections).isEqualTo(1);
    use(199 * MIB, 100 * MIB);
    assertThat(collections).isEqualTo(1);
    use(201 * MIB, 150 * MIB);
    assertThat(collections).isEqualTo(2);
    use(299 * MIB, 150 * MIB);
    assertThat(collections).isEqualTo(2);
  }

  @Test
  void whatWasNeededOnceIsNotKeptForEver() {
    use(700 * MIB, 400 * MIB);
    use(801 * MIB, 20 * MIB);
    use(161 * MIB, 20 * MIB);
    assertThat(collections).isEqualTo(3);
  }

  private void use(long bytes, long needed) {
    used = bytes;
    live = needed;
    watch.look();
  }
}
