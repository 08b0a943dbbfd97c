package io.recado.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recado.http.request.ApiError;
import io.recado.http.request.Caller;
import io.recado.http.request.Role;
import io.recado.journal.Database;
import io.recado.journal.Dialect;
import io.recado.journal.ReadPool;
import io.recado.journal.StorageException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationTest {

  private final AccessBench bench = AccessBench.on(Dialect.SQLITE);
  private final Authentication authentication = bench.authentication;

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "NULL",
      value = {
        "NULL, CREDENTIALS_MISSING",
        "'', CREDENTIALS_MISSING",
        "'  ', CREDENTIALS_MISSING",
        "Bearer, CREDENTIALS_MALFORMED",
        "'Bearer ', CREDENTIALS_MALFORMED",
        "the-operators-own-key, CREDENTIALS_MALFORMED",
        "Basic the-operators-own-key, CREDENTIALS_MALFORMED",
        "Bearer two words of a key here, CREDENTIALS_MALFORMED",
        "Bearer nineteen-characters, CREDENTIALS_MALFORMED",
        "Bearer rcd_0000000000000000000000000000000000000x, CREDENTIALS_MALFORMED",
        "Bearer the-operators-own-kex, CREDENTIALS_UNKNOWN",
        "Bearer The-operators-own-key, CREDENTIALS_UNKNOWN"
      })
  void eachWrongHeaderHasItsReason(String header, String reason) {
    assertThatThrownBy(() -> authentication.authenticate(header))
        .isInstanceOfSatisfying(
            ApiError.class, e -> assertThat(e.reason().name()).isEqualTo(reason));
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer the-operators-own-key",
    "bearer the-operators-own-key",
    "BEARER   the-operators-own-key"
  })
  void theSchemeMayBeInAnyCase(String header) {
    Caller caller = authentication.authenticate(header);
    assertThat(caller.role()).isEqualTo(Role.ADMIN);
    assertThat(caller.workspace()).isEqualTo(bench.workspace);
  }

  @Test
  void aMisspeltKeyOfOursIsRefusedWithoutAskingTheDatabase() {
    bench.reads.close();
    String key = KeyText.make(new Random(1)).reveal();
    String misspelt = key.substring(0, 41) + (key.charAt(41) == 'x' ? 'y' : 'x');
    assertThatThrownBy(() -> authentication.authenticate("Bearer " + misspelt))
        .isInstanceOf(ApiError.class);
    assertThatThrownBy(() -> authentication.authenticate("Bearer " + key))
        .isInstanceOf(StorageException.class);
  }

  @Test
  void whileTheDatabaseIsAwayNobodyIsToldThatTheKeyIsWrong() {
    Database away = Database.postgresql("postgresql://nobody@127.0.0.1:1/nothing");
    try (var reads = new ReadPool(away, 1)) {
      var other =
          new Authentication(
              reads,
              bench.clock,
              bench.clock::nanos,
              new KeyUses(bench.journal, bench.clock::nanos, Runnable::run));
      assertThatThrownBy(() -> other.authenticate("Bearer " + AccessBench.ADMIN_KEY))
          .isInstanceOfSatisfying(
              StorageException.class,
              e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.UNAVAILABLE));
    }
  }

  @Test
  void aKnownKeyIsBelievedForFiveSecondsWithoutTheDatabase() {
    String header = "Bearer " + AccessBench.ADMIN_KEY;
    authentication.authenticate(header);
    bench.reads.close();
    bench.clock.advance(Authentication.MAX_AGE.minusMillis(1));
    authentication.authenticate(header);
    bench.clock.advance(Duration.ofMillis(1));
    assertThatThrownBy(() -> authentication.authenticate(header))
        .isInstanceOf(StorageException.class);
  }

  @Test
  void aKeyExpiresAtItsTimeThoughItIsRemembered() {
    String key =
        bench
            .post(
                AccessBench.ADMIN_KEY,
                "/v1/apiKeys",
                "{\"role\": \"READER\", \"expireTime\": \"2026-04-03T10:00:02Z\"}")
            .string("key");
    bench.clock.advance(Duration.ofMillis(1_999));
    authentication.authenticate("Bearer " + key);
    bench.clock.advance(Duration.ofMillis(1));
    assertThatThrownBy(() -> authentication.authenticate("Bearer " + key))
        .isInstanceOf(ApiError.class);
  }

  @Test
  void aKeyThatWasUnknownIsFoundAMomentAfterItWasMade() {
    String key = "a-key-that-comes-later";
    assertThatThrownBy(() -> authentication.authenticate("Bearer " + key))
        .isInstanceOf(ApiError.class);
    bench.start(key);
    bench.clock.advance(Authentication.MAX_UNKNOWN_AGE);
    assertThat(authentication.authenticate("Bearer " + key).role()).isEqualTo(Role.ADMIN);
  }

  @Test
  void aFloodOfWrongKeysNeitherGrowsTheMemoryNorDrivesOutARightOne() {
    authentication.authenticate("Bearer " + AccessBench.ADMIN_KEY);
    for (int i = 0; i < Authentication.MAX_KEYS + 2_000; i++) {
      String header = "Bearer wrong-key-of-the-flood-" + i;
      assertThatThrownBy(() -> authentication.authenticate(header)).isInstanceOf(ApiError.class);
    }
    assertThat(authentication.remembered()).isLessThanOrEqualTo(Authentication.MAX_KEYS + 1);
    bench.reads.close();
    authentication.authenticate("Bearer " + AccessBench.ADMIN_KEY);
  }
}
