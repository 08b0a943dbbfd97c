package io.recado.emulator.graph;

/// The request was dealt with, but its answer is to be lost: the connection ends without one.
public final class AnswerLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public AnswerLost() {
    super("answer lost on purpose", null, false, false);
  }
}
