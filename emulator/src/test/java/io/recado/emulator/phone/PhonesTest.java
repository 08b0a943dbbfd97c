package io.recado.emulator.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.emulator.EmulatorClock;
import io.recado.emulator.graph.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PhonesTest {

  private final EmulatorClock clock = new EmulatorClock();
  private final Phones phones = new Phones(clock);

  @Test
  void theLatestHundredMessagesOfAChatAreKept() throws InterruptedException {
    for (int i = 1; i <= 130; i++) {
      phones.write("1", "57", "Ana", "w" + i, Json.object());
    }

    var bubbles = phones.await(new Chat.Key("1", "57"), 0, Duration.ZERO).bubbles();
    assertThat(bubbles).hasSize(100);
    assertThat(bubbles.getLast().wamid()).isEqualTo("w130");
  }

  @Test
  void theTwoHundredChatsThatWereBusyLastAreKept() throws InterruptedException {
    for (int i = 1; i <= 220; i++) {
      phones.write("1", "57" + i, "Ana", "w" + i, Json.object());
      phones.write("1", "571", "Bo", "v" + i, Json.object());
    }

    assertThat(phones.await(null, 0, Duration.ZERO).owners())
        .hasSize(200)
        .extracting(owner -> owner.key().person())
        .startsWith("571", "57220")
        .doesNotContain("572");
  }

  @Test
  void aBusinessThatSaysNothingStopsTyping() throws InterruptedException {
    phones.write("1", "57", "Ana", "w", Json.object());
    phones.see("1", "w", true);
    assertThat(phones.await(new Chat.Key("1", "57"), 0, Duration.ZERO).isTyping()).isTrue();

    clock.advance(Duration.ofSeconds(25));

    assertThat(phones.await(new Chat.Key("1", "57"), 0, Duration.ZERO).isTyping()).isFalse();
  }

  @Test
  void whoHasSeenEverythingWaitsForTheNext() throws InterruptedException {
    long seen = phones.await(null, 0, Duration.ZERO).version();

    assertThat(phones.await(null, seen, Duration.ofMillis(1)).version()).isEqualTo(seen);
    phones.expect("1", "57", "w", Json.object());
    assertThat(phones.await(null, seen, Duration.ofDays(1)).version()).isGreaterThan(seen);
  }
}
