package io.recado.dispatch;

import io.recado.journal.Id;
import org.jspecify.annotations.Nullable;

/// How far a channel's messages of one priority have been read from the database. Pure; for one
/// thread.
final class OutboxCursor {

  private static final Id FIRST = new Id(0, 0);

  private Id loadedTo = FIRST;
  private boolean isWhole;
  private boolean isLoading;
  private @Nullable Id missedFrom;

  /// Whether nothing is known to be in the database only.
  boolean isWhole() {
    return isWhole;
  }

  /// Whether a page is to be read when there is room.
  boolean wantsMore() {
    return !isWhole && !isLoading;
  }

  /// Starts reading a page.
  ///
  /// @return the message after which it begins
  Id startReading() {
    isLoading = true;
    if (missedFrom != null && before(missedFrom).compareTo(loadedTo) < 0) {
      loadedTo = before(missedFrom);
    }
    missedFrom = null;
    return loadedTo;
  }

  /// A page was read.
  ///
  /// @param last the last message in it; null when it was empty
  /// @param isLast whether there was nothing after it
  void endReading(@Nullable Id last, boolean isLast) {
    isLoading = false;
    if (last != null) {
      loadedTo = last;
    }
    isWhole = isLast && missedFrom == null;
  }

  /// A message stays in the database only, to be read again from there on: ids do not rise exactly
  /// with acceptance.
  void missed(Id message) {
    isWhole = false;
    if (missedFrom == null || message.compareTo(missedFrom) < 0) {
      missedFrom = message;
    }
  }

  /// Everything is to be read again, from the first message on.
  void restart() {
    missed(new Id(0, 1));
  }

  private static Id before(Id id) {
    return id.low() != 0 ? new Id(id.high(), id.low() - 1) : new Id(id.high() - 1, -1);
  }
}
