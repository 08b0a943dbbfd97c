package io.recado.journal;

/// The database did not do what was asked. Answered 503; nothing was acknowledged.
public final class StorageException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Kind kind;

  /// Why, in words for the log: what was being done, without data.
  public StorageException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /// As above, with what the database said.
  public StorageException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /// What kind of trouble.
  public Kind kind() {
    return kind;
  }

  /// The kinds of trouble, each with its own way out.
  public enum Kind {
    /// No room on the disk; goes on by itself when there is.
    FULL,
    /// The database cannot be reached; goes on when it can.
    UNAVAILABLE,
    /// More is waiting than may wait.
    OVERLOADED,
    /// One workspace has more waiting than its share.
    WORKSPACE_BUSY,
    /// Two groups were in each other's way; the group is repeated.
    CONFLICT,
    /// The disk failed: what was written cannot be trusted. The process must end and recover.
    BROKEN,
    /// A statement was refused; a fault of ours.
    REFUSED
  }
}
