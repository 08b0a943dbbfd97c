package io.recado.prove.ledger;

/// What a client heard after a call.
public sealed interface Answer {

  /// 200: the server has promised this message, under this name.
  record Accepted(String name) implements Answer {}

  /// An answer that is no promise; `isFinal` when trying again is of no use.
  record Refused(int status, String reason, boolean isFinal) implements Answer {}

  /// No answer: nobody knows whether the call had its effect.
  record Unknown(String why) implements Answer {}
}
