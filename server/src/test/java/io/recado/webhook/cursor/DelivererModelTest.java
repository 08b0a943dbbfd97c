package io.recado.webhook.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.webhook.cursor.VirtualWebhooks.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random logs, receivers and restarts in virtual time: whatever happens, each endpoint is told
/// every event, in order per conversation, until the event was refused ten times.
class DelivererModelTest {

  private static final int ENDPOINTS = 4;
  private static final int LANES = 9;

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 200, 300})
  void everyEventIsToldInOrderOrRefusedTenTimes(int from) {
    for (int seed = from; seed < from + 100; seed++) {
      run(seed);
    }
  }

  private static void run(long seed) {
    var world = new VirtualWebhooks(seed);
    var chance = new Random(seed * 31);
    for (long endpoint = 1; endpoint <= ENDPOINTS; endpoint++) {
      world.addEndpoint(endpoint, receiver(world, chance, endpoint));
    }
    int groups = 20 + chance.nextInt(60);
    for (int i = 0; i < groups; i++) {
      world.append(lanes(chance));
      world.runFor(Duration.ofMillis(chance.nextInt(chance.nextInt(10) == 0 ? 90_000 : 400)));
      if (chance.nextInt(15) == 0) {
        world.restart();
      }
    }
    // Long enough for every schedule; the world is well again after the first hour.
    for (int hour = 0; hour < 120; hour++) {
      world.append(chance.nextInt(LANES), chance.nextInt(LANES));
      world.runFor(Duration.ofHours(1));
    }
    for (long endpoint = 1; endpoint <= ENDPOINTS; endpoint++) {
      check(world, endpoint, seed);
    }
  }

  private static long[] lanes(Random chance) {
    boolean isBurst = chance.nextInt(8) == 0;
    long burst = chance.nextInt(LANES);
    return chance
        .ints(1 + chance.nextInt(isBurst ? 120 : 12), 0, LANES)
        .mapToLong(lane -> isBurst ? burst : lane)
        .toArray();
  }

  /// Sometimes down, slow, picky or poisoned during the first hour; then it takes everything but
  /// what it never takes.
  private static VirtualWebhooks.Receiver receiver(
      VirtualWebhooks world, Random chance, long endpoint) {
    Duration bad = Duration.ofMinutes(chance.nextInt(60));
    int kind = chance.nextInt(5);
    long poison = chance.nextInt(4) == 0 ? 1 + chance.nextInt(80) : 0;
    return (attempt, now) -> {
      if (attempt.place().position() == poison) {
        return Reply.of(kind % 2 == 0 ? 500 : 400, 20);
      }
      boolean isBad = Duration.between(VirtualWebhooks.START, now).compareTo(bad) < 0;
      if (!isBad) {
        return Reply.of(200, 1 + world.random.nextInt(30));
      }
      int dice = world.random.nextInt(10);
      return switch (kind) {
        case 0 -> Reply.of(0, 5_000);
        case 1 -> Reply.of(dice < 5 ? 503 : 200, dice * 3);
        case 2 -> Reply.of(dice < 3 ? 400 : 200, dice * 3);
        case 3 -> Reply.of(200, dice < 2 ? 4_000 : 5);
        default -> Reply.of(List.of(200, 429, 404, 0, 200, 302, 200, 502, 200, 200).get(dice), 10);
      };
    };
  }

  private static void check(VirtualWebhooks world, long endpoint, long seed) {
    String what = "seed " + seed + ", endpoint " + endpoint;
    Set<Long> failed = world.failed(endpoint);
    for (long lane = 0; lane < LANES; lane++) {
      List<Long> expected = new ArrayList<>();
      for (Heading heading : world.log) {
        if (heading.lane() == lane) {
          expected.add(heading.position());
        }
      }
      List<Long> told = world.firstDeliveries(endpoint, lane);
      assertThat(told).as(what + ", lane " + lane).isSorted();
      Set<Long> all = new HashSet<>(told);
      all.addAll(failed);
      expected.removeAll(all);
      assertThat(expected).as(what + ", never told of lane " + lane).isEmpty();
    }
    assertThat(world.cursor(endpoint, 0).position()).as(what).isEqualTo(world.log.size());
    assertThat(world.lanes(endpoint)).as(what).isZero();
    assertThat(world.standing(endpoint).failingSince()).as(what).isNull();
    assertThat(world.inFlight(endpoint)).as(what).isZero();
    assertThat(world.disabled).as(what).isEmpty();
    for (long position : failed) {
      assertThat(
              world.tries.stream()
                  .filter(one -> one.place().endpoint() == endpoint)
                  .filter(one -> one.place().position() == position))
          .as(what)
          .hasSizeGreaterThanOrEqualTo(RetryTimes.MOST_ATTEMPTS);
    }
  }
}
