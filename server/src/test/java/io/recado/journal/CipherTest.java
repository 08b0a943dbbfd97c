package io.recado.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class CipherTest {

  private static final String MASTER = "a master key of some length";
  private static final byte[] KEYSET = Cipher.newKeyset(MASTER, new SecureRandom());
  private static final String PLACE = "1|channel|access_token|6633a1b2c4d5e6f7a8b9c0d1";
  private static final byte[] SECRET = "EAAG-token".getBytes(StandardCharsets.UTF_8);

  private final Cipher cipher = Cipher.open(MASTER, KEYSET);

  @Test
  void aSecretOpensAtItsPlaceAlsoAfterARestart() {
    byte[] sealed = cipher.encrypt(SECRET, PLACE);
    assertThat(Cipher.open(MASTER, KEYSET).decrypt(sealed, PLACE)).isEqualTo(SECRET);
  }

  @Test
  void theSameSecretIsNeverSealedAlikeTwice() {
    assertThat(cipher.encrypt(SECRET, PLACE)).isNotEqualTo(cipher.encrypt(SECRET, PLACE));
  }

  @Test
  void aSecretDoesNotOpenAtAnotherPlace() {
    byte[] sealed = cipher.encrypt(SECRET, PLACE);
    assertThatThrownBy(() -> cipher.decrypt(sealed, PLACE.replace("1|channel", "2|channel")))
        .isInstanceOf(Cipher.Unreadable.class);
  }

  @Test
  void aChangedSecretDoesNotOpenWhicheverByteWasChanged() {
    byte[] sealed = cipher.encrypt(SECRET, PLACE);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> cipher.decrypt(changed, PLACE))
          .isInstanceOf(Cipher.Unreadable.class);
    }
    assertThatThrownBy(() -> cipher.decrypt(new byte[0], PLACE))
        .isInstanceOf(Cipher.Unreadable.class);
  }

  @Test
  void aWrongMasterKeyIsToldFromAnUnknownForm() {
    assertThatThrownBy(() -> Cipher.open("another key, long enough", KEYSET))
        .isInstanceOf(Cipher.WrongMasterKey.class)
        .hasMessageContaining("master key does not open");
    assertThatThrownBy(() -> Cipher.open(MASTER, new byte[] {9, 9}))
        .isInstanceOf(Cipher.WrongMasterKey.class)
        .hasMessageContaining("unknown form");
  }

  @Test
  void aDamagedKeysetDoesNotOpen() {
    for (int i = 0; i < KEYSET.length; i++) {
      byte[] damaged = KEYSET.clone();
      damaged[i] ^= 1;
      assertThatThrownBy(() -> Cipher.open(MASTER, damaged).warmUp())
          .as("byte %d", i)
          .isInstanceOf(Cipher.WrongMasterKey.class);
    }
  }

  @Test
  void aShortMasterKeyIsRefused() {
    assertThatThrownBy(() -> Cipher.newKeyset("nineteen characters", new SecureRandom()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("20");
    assertThat(Cipher.newKeyset("twenty characters ok", new SecureRandom())).isNotEmpty();
  }

  @Test
  void anotherKeysetOfTheSameMasterKeyDoesNotOpenIt() {
    Cipher other = Cipher.open(MASTER, Cipher.newKeyset(MASTER, new SecureRandom()));
    byte[] sealed = cipher.encrypt(SECRET, PLACE);
    assertThatThrownBy(() -> other.decrypt(sealed, PLACE)).isInstanceOf(Cipher.Unreadable.class);
  }

  @Test
  void neitherKeysetNorTextHoldsWhatIsSecret() {
    assertThat(new String(KEYSET, StandardCharsets.ISO_8859_1)).doesNotContain(MASTER);
    assertThat(cipher).hasToString("Cipher");
  }

  @Test
  void manyThreadsUseOneCipher() throws InterruptedException {
    var failures = new ConcurrentLinkedQueue<Integer>();
    List<Thread> threads =
        java.util.stream.IntStream.range(0, 16)
            .mapToObj(n -> Thread.startVirtualThread(() -> roundTrips(n, failures)))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
  }

  private void roundTrips(int n, ConcurrentLinkedQueue<Integer> failures) {
    for (int i = 0; i < 100; i++) {
      byte[] plain = {(byte) n, (byte) i};
      if (!java.util.Arrays.equals(
          cipher.decrypt(cipher.encrypt(plain, "p" + n), "p" + n), plain)) {
        failures.add(n);
      }
    }
  }
}
