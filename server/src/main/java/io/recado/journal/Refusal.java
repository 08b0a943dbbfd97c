package io.recado.journal;

/// Thrown by a [Write] that must not happen, before it changed anything. Answers its own caller
/// alone; the rest of the group is committed.
public abstract class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// A refusal without a stack trace: it is an answer, not a fault.
  protected Refusal(String message) {
    super(message, null, false, false);
  }
}
