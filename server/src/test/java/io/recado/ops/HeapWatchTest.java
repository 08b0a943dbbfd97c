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
    use(127 * MIB, 1);
    assertThat(collections).isZero();
  }

  @Test
  void itIsCollectedWhenThreeQuartersMoreAreUsedThanWereLeft() {
    use(129 * MIB, 100 * MIB);
    assertThat(collections).isEqualTo(1);
    use(174 * MIB, 100 * MIB);
    assertThat(collections).isEqualTo(1);
    use(176 * MIB, 200 * MIB);
    assertThat(collections).isEqualTo(2);
    use(349 * MIB, 200 * MIB);
    assertThat(collections).isEqualTo(2);
  }

  @Test
  void whatWasNeededOnceIsNotKeptForEver() {
    use(700 * MIB, 400 * MIB);
    use(701 * MIB, 20 * MIB);
    use(129 * MIB, 20 * MIB);
    assertThat(collections).isEqualTo(3);
  }

  private void use(long bytes, long needed) {
    used = bytes;
    live = needed;
    watch.look();
  }
}
