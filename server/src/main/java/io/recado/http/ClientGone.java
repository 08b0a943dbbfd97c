package io.recado.http;

/// The client went away before its request was complete: there is nobody to answer.
final class ClientGone extends RuntimeException {

  private static final long serialVersionUID = 1;

  ClientGone(Throwable cause) {
    super("the client went away", cause, false, false);
  }
}
