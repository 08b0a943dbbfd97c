package io.recado;

/// Why a command did not do what it should; the message is for whoever typed it. Exit code 1.
final class CommandFailed extends RuntimeException {

  private static final long serialVersionUID = 1;

  CommandFailed(String message) {
    super(message);
  }
}
