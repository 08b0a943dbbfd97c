package io.recado.fault;

import java.util.ServiceLoader;

/// The fault points of production code: `Faults.point(FaultPoint.ATTEMPT_STARTED)` says that a
/// thread has come there.
///
/// Without a plan, which only a test brings, that is a call of an empty method of a constant: the
/// compiler removes it. Safe for many threads.
public final class Faults {

  private static final FaultPlan PLAN =
      ServiceLoader.load(FaultPlan.class).findFirst().orElse(_ -> {});

  private Faults() {}

  /// Tells the plan that this thread has come to a point.
  public static void point(FaultPoint point) {
    PLAN.reached(point);
  }
}
