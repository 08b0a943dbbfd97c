package io.recado;

/// The command line: `recado COMMAND`.
public final class Main {

  private Main() {}

  static void main(String[] args) {
    System.exit(0);
  }
}
