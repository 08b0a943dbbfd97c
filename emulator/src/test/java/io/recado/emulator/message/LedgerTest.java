package io.recado.emulator.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final int ONE_MEGABYTE = 1 << 20;

  private final Ledger ledger = new Ledger(1_000, 3 * ONE_MEGABYTE);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void add(int payloadBytes) {
    Ledger.Decision decision = new Ledger.Decision("wamid.A", null, null, List.of("sent"));
    ledger.add("300", "573193210329", "text", new byte[payloadBytes], 1_790_000_000_000L, decision);
  }

  private List<Long> arrivals(long after, int limit) {
    return ledger.list(after, limit, _ -> true).entries().stream()
        .map(Ledger.Entry::arrival)
        .toList();
  }

  @Test
  void anEntryComesBackAsItWentIn() {
    ledger.add(
        "300",
        "+57 319 321 0329",
        "text",
        utf8("{\"á\": 1}"),
        1_790_000_000_123L,
        new Ledger.Decision("wamid.A", null, "m:1:ñ", List.of("sent", "delivered", "read")));
    ledger.add(
        "301", "", "text", utf8("{}"), 1_790_000_000_124L, Ledger.Decision.refused(100, null));

    List<Ledger.Entry> entries = ledger.list(0, 10, _ -> true).entries();

    assertThat(entries).hasSize(2);
    assertThat(entries.getFirst())
        .usingRecursiveComparison()
        .isEqualTo(
            new Ledger.Entry(
                1,
                "300",
                "+57 319 321 0329",
                "text",
                utf8("{\"á\": 1}"),
                1_790_000_000_123L,
                new Ledger.Decision(
                    "wamid.A", null, "m:1:ñ", List.of("sent", "delivered", "read"))));
    assertThat(entries.getLast().decision())
        .isEqualTo(new Ledger.Decision(null, 100, null, List.of()));
    assertThat(entries.getLast().to()).isEmpty();
  }

  @Test
  void aListGoesOnWhereItEndedOverAllThatIsKept() {
    for (int i = 0; i < 900; i++) {
      add(1_000);
    }

    assertThat(arrivals(0, 2)).containsExactly(1L, 2L);
    assertThat(arrivals(700, 2)).containsExactly(701L, 702L);
    assertThat(arrivals(898, 10)).containsExactly(899L, 900L);
    assertThat(arrivals(0, 1_000)).hasSize(900).isSorted();
    assertThat(ledger.list(0, 3, entry -> entry.arrival() % 100 == 0).entries())
        .extracting(Ledger.Entry::arrival)
        .containsExactly(100L, 200L, 300L);
  }

  @Test
  void theOldestAreForgottenBeyondTheMostEntries() {
    for (int i = 0; i < 1_005; i++) {
      add(10);
    }

    assertThat(arrivals(0, 1)).containsExactly(6L);
    assertThat(ledger.list(0, 2_000, _ -> true).entries()).hasSize(1_000);
    assertThat(ledger.list(0, 1, _ -> true).forgotten()).isEqualTo(5);
  }

  @Test
  void theOldestAreForgottenBeyondTheMostBytes() {
    for (int i = 0; i < 4; i++) {
      add(ONE_MEGABYTE - 200);
    }
    assertThat(arrivals(0, 10)).containsExactly(2L, 3L, 4L);

    add(2 * ONE_MEGABYTE);
    assertThat(arrivals(0, 10)).containsExactly(4L, 5L);
    add(10);
    assertThat(arrivals(0, 10)).containsExactly(5L, 6L);
  }

  @Test
  void whatIsForgottenOnRequestLeavesNothingButTheCountOfArrivals() {
    add(10);
    add(10);
    ledger.clear();
    add(10);

    assertThat(arrivals(0, 10)).containsExactly(3L);
    assertThat(ledger.list(0, 10, _ -> true).forgotten()).isZero();
  }
}
