package io.recado.prove.world;

/// Nothing can be shown, because something that is needed does not work or is not there.
public final class CannotRun extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param sentence what it is and what to do
  public CannotRun(String sentence) {
    super(sentence);
  }
}
