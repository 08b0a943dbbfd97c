package io.recado.journal;

/// A refusal of a test's.
final class Refused extends Refusal {

  private static final long serialVersionUID = 1;

  Refused() {
    super("refused by the test");
  }
}
