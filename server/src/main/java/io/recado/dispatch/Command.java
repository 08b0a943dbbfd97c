package io.recado.dispatch;

import io.recado.journal.Id;
import io.recado.message.Priority;
import io.recado.message.Queued;

/// What the [Dispatcher] wants done.
public sealed interface Command {

  /// Start an attempt.
  ///
  /// @param checkPrevious whether the database must say that the message before it is finished
  record Start(Queued queued, boolean checkPrevious) implements Command {}

  /// Read a page of a channel's outbox, of one priority.
  ///
  /// @param after the message after which it begins
  record Load(long workspace, long channel, Priority priority, Id after) implements Command {}

  /// Read what a long conversation has left to the outbox.
  ///
  /// @param from the number of the first message that is wanted
  /// @param limit how many at most
  record LoadLane(long workspace, long channel, long conversation, long from, int limit)
      implements Command {}

  /// Decide about a message for whose receipt was waited long enough.
  record Decide(Queued queued) implements Command {}

  /// Write down why a message waits for longer than a moment, and until when, as its row says.
  record Note(Queued queued) implements Command {}
}
