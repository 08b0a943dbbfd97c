package io.recado.http;

/// The client went away before its request was complete: there is nobody to answer.
public final class ClientGone extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// @param cause what the connection said
  public ClientGone(Throwable cause) {
    super("the client went away", cause, false, false);
  }
}
