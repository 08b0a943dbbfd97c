package io.recado.simulation;

/// The process has ended at this very place. An error, so that no code of the process lives on.
final class Crash extends Error {

  private static final long serialVersionUID = 1;

  Crash() {
    super("the process has ended", null, false, false);
  }
}
