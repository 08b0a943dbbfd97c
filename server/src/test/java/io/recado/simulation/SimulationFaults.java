package io.recado.simulation;

import io.recado.fault.FaultPlan;
import io.recado.fault.FaultPoint;

/// The plan of the test run: each fault point asks the world on whose behalf its thread runs;
/// outside of a simulation nothing happens.
public final class SimulationFaults implements FaultPlan {

  /// Made by the service loader.
  public SimulationFaults() {}

  @Override
  public void reached(FaultPoint point) {
    Node node = World.entered();
    if (node != null) {
      node.world().faults().reached(node, point);
    }
  }
}
