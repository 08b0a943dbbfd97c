package io.recado;

/// Why the server does not start; the message names the setting and how to mend it. Exit code 2.
public final class CannotStart extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// One line for the operator.
  public CannotStart(String message) {
    super(message);
  }
}
