package io.recado.simulation;

import io.recado.fault.FaultPoint;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What kind of a world a seed makes: how busy, how hostile, with which settings.
final class Profile {

  private static final double FIRES = 0.05;
  private static final double FIRES_WHERE_FEW_COME = 0.25;
  private static final Set<FaultPoint> WHERE_FEW_COME =
      EnumSet.of(
          FaultPoint.ATTEMPTS_RECOVERED,
          FaultPoint.DOUBT_DECIDED,
          FaultPoint.EXPIRED_FOUND,
          FaultPoint.OUTBOX_READ);

  private static final double ACTIVE = 0.25;

  final Set<FaultPoint> points = EnumSet.noneOf(FaultPoint.class);
  final int conversations;
  final int messages;
  final Duration hostile;
  final boolean resends;
  final Duration window;
  final @Nullable Integer perSecond;
  final boolean echoes;
  final double losesAnswer;
  final double losesRequest;
  final double retryLater;
  final double refuses;
  final double holds;
  final double failsLater;
  final double repeatsCallback;
  final double breaks;
  final double clientHangsUp;
  final double commitFails;
  final double slow;
  final boolean clockJumps;
  final boolean pauses;
  final boolean splits;
  final int maxCrashes;
  final Duration serviceWindow;

  private final long seed;

  Profile(long seed) {
    this.seed = seed;
    for (FaultPoint point : FaultPoint.values()) {
      if (draw(point.name()).nextDouble() < ACTIVE) {
        points.add(point);
      }
    }
    conversations = draw("conversations").nextInt(4, 13);
    messages = draw("messages").nextInt(5, 21);
    hostile = Duration.ofSeconds(draw("hostile").nextInt(60, 420));
    resends = draw("resends").nextInt(3) == 0;
    window = Duration.ofSeconds(draw("window").nextInt(6, 90));
    var rate = draw("perSecond");
    perSecond = rate.nextInt(3) == 0 ? Integer.valueOf(rate.nextInt(2, 20)) : null;
    echoes = draw("echoes").nextInt(4) != 0;
    losesAnswer = some("losesAnswer", 0.15);
    losesRequest = some("losesRequest", 0.1);
    retryLater = some("retryLater", 0.2);
    refuses = some("refuses", 0.05);
    holds = some("holds", 0.1);
    failsLater = some("failsLater", 0.1);
    repeatsCallback = some("repeatsCallback", 0.3);
    breaks = some("breaks", 0.02);
    clientHangsUp = some("clientHangsUp", 0.1);
    commitFails = some("commitFails", 0.02);
    slow = some("slow", 0.1);
    clockJumps = draw("clockJumps").nextInt(4) == 0;
    pauses = draw("pauses").nextInt(4) == 0;
    splits = draw("splits").nextInt(4) == 0;
    maxCrashes = draw("maxCrashes").nextInt(1, 9);
    var serving = draw("serviceWindow");
    serviceWindow = Duration.ofSeconds(serving.nextBoolean() ? 86_400 : serving.nextInt(60, 300));
  }

  /// How often an active fault point fires.
  double fires(FaultPoint point) {
    return WHERE_FEW_COME.contains(point) ? FIRES_WHERE_FEW_COME : FIRES;
  }

  /// Each trait is drawn by itself, so that a new one leaves the others of a seed as they were.
  private RandomGenerator draw(String trait) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + trait.hashCode());
  }

  /// Half of the worlds are without a trouble, so that each is also seen alone.
  private double some(String trait, double most) {
    RandomGenerator random = draw(trait);
    return random.nextBoolean() ? 0 : random.nextDouble() * most;
  }
}
