package io.recado.emulator.callback;

import org.jspecify.annotations.Nullable;

/// What came of asking a callback address to verify itself; `problem` is null when it did.
public record Handshake(@Nullable String problem) {
  static final Handshake PASSED = new Handshake(null);

  static Handshake failed(String problem) {
    return new Handshake(problem);
  }

  public boolean passed() {
    return problem == null;
  }
}
