package io.recado.access;

import io.recado.http.request.ApiError;
import io.recado.http.request.Caller;
import io.recado.http.request.Role;
import io.recado.journal.Id;
import io.recado.testing.Interleavings;
import java.time.Instant;
import java.util.Set;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// What many requests of one key share.
@Isolated("the search rewrites the classes of the whole JVM")
class AccessInterleavingsTest {

  @Test
  void noTwoRequestsTakeTheSamePlaceInAKeysRate() {
    Interleavings.stress(Rates.class);
  }

  @Test
  void theUseOfAKeyIsNotedOnce() {
    Interleavings.stress(Uses.class);
  }

  private static Caller caller(int key) {
    return new Caller(1, new Id(key, key), Role.SENDER, Set.of(), 2);
  }

  @Param(name = "key", gen = IntGen.class, conf = "1:2")
  public static class Rates {

    private final RateLimits limits = new RateLimits(() -> 1_000_000L);

    @Operation
    public String admit(@Param(name = "key") int key) {
      try {
        return limits.admit(caller(key)).get("RateLimit");
      } catch (ApiError refused) {
        return "refused";
      }
    }
  }

  @Param(name = "key", gen = IntGen.class, conf = "1:2")
  public static class Uses {

    private final ThreadLocal<Boolean> noted = ThreadLocal.withInitial(() -> false);
    private final KeyUses uses = new KeyUses(null, () -> 1_000_000L, _ -> noted.set(true));

    @Operation
    public boolean use(@Param(name = "key") int key) {
      noted.set(false);
      uses.note(caller(key), Instant.EPOCH);
      return noted.get();
    }
  }
}
