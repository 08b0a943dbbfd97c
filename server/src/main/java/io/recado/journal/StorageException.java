package io.recado.journal;

/// The storage cannot do its work now. Nothing was changed, unless whoever throws it says
/// otherwise; the same request may be made again later.
public final class StorageException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Kind kind;

  /// Why, in words for the log; callers of the API read a sentence of `http`.
  public StorageException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /// As above, with what the database said.
  public StorageException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /// What is wrong with the storage.
  public Kind kind() {
    return kind;
  }

  /// What is wrong.
  public enum Kind {
    /// The disk is below its floor.
    FULL,
    /// The database does not answer.
    UNAVAILABLE,
    /// More is waiting to be written than the queue holds.
    OVERLOADED
  }
}
