package io.recado.fault;

/// What happens at the fault points. Found by [java.util.ServiceLoader]; production provides none.
@FunctionalInterface
public interface FaultPlan {

  /// A thread has come to a point. Returns for it to go on; may block it, or throw what it is to
  /// fail with.
  void reached(FaultPoint point);
}
