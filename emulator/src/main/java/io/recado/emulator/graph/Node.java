package io.recado.emulator.graph;

import io.recado.emulator.account.Account;

/// A Graph object that a path names, and whose it is.
public record Node(Kind kind, Account account) {
  /// What an id can name.
  public enum Kind {
    NUMBER,
    ACCOUNT,
    TEMPLATE,
    MEDIA
  }
}
