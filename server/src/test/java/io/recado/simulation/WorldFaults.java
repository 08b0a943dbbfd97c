package io.recado.simulation;

import io.recado.fault.FaultPoint;
import io.recado.journal.StorageException;
import io.recado.journal.StorageException.Kind;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// What happens at the fault points of one world: the process ends there, a thread is slow there,
/// or what it does there fails.
final class WorldFaults {

  private static final Kind[] TROUBLE = {Kind.FULL, Kind.UNAVAILABLE, Kind.CONFLICT};

  /// How often each point fired.
  final Map<FaultPoint, Integer> fired = new EnumMap<>(FaultPoint.class);

  private final World world;
  private final RandomGenerator random;
  private int crashes;
  private boolean isOver;

  WorldFaults(World world, RandomGenerator random) {
    this.world = world;
    this.random = random;
  }

  /// From now on nothing fails any more.
  void end() {
    isOver = true;
  }

  int crashes() {
    return crashes;
  }

  void reached(Node node, FaultPoint point) {
    if (isOver
        || node.isDead()
        || !world.profile().points.contains(point)
        || random.nextDouble() >= world.profile().fires(point)) {
      return;
    }
    switch (point) {
      case JOURNAL_BEFORE_APPLY, JOURNAL_BEFORE_COMMIT -> {
        if (!crashes(node, point)) {
          fire(point, "fails");
          throw new StorageException(TROUBLE[random.nextInt(TROUBLE.length)], "injected");
        }
      }
      case JOURNAL_AFTER_COMMIT, JOURNAL_BEFORE_ANSWER -> crashes(node, point);
      case HAND_OVER -> {
        if (!crashes(node, point)) {
          fire(point, "fails");
          throw new IllegalStateException("injected");
        }
      }
      case OUTBOX_READ -> {
        if (!crashes(node, point)) {
          fire(point, "fails");
          throw new StorageException(Kind.UNAVAILABLE, "injected");
        }
      }
      default -> {
        if (!crashes(node, point)) {
          fire(point, "is slow");
          Fiber.current().sleep(1_000L << random.nextInt(13));
        }
      }
    }
  }

  private boolean crashes(Node node, FaultPoint point) {
    if (crashes >= world.profile().maxCrashes || random.nextBoolean()) {
      return false;
    }
    crashes++;
    fire(point, "crashes");
    throw node.crash();
  }

  private void fire(FaultPoint point, String how) {
    fired.merge(point, 1, Integer::sum);
    world.trace("%s %s", point, how);
  }
}
