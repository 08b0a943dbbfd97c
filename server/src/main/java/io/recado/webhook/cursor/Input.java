package io.recado.webhook.cursor;

import java.util.List;

/// What the deliverer is told.
public sealed interface Input {

  /// An endpoint is to be served from here on: at the start, when it was made, or enabled.
  ///
  /// @param lanes those that do not keep up, of all cursors
  record Opened(
      long workspace,
      long endpoint,
      Standing standing,
      List<StoredCursor> cursors,
      List<StoredLane> lanes)
      implements Input {}

  /// An endpoint is not to be served any more.
  record Closed(long endpoint) implements Input {}

  /// An endpoint has another address or secret: whatever it answered before says nothing now.
  record Changed(long endpoint) implements Input {}

  /// Events of the past are to be told again.
  record ReplayAdded(long endpoint, StoredCursor cursor) implements Input {}

  /// A refused event that waits is to be tried now.
  record DueNow(long endpoint, long lane) implements Input {}

  /// There are new events.
  record Grown(long workspace) implements Input {}

  /// A part of the log was read.
  ///
  /// @param after as in the command
  /// @param headings those for this endpoint, in order
  /// @param upTo all up to here was looked at
  /// @param isEnd whether there is no more now
  record PageRead(
      long endpoint, int cursor, long after, List<Heading> headings, long upTo, boolean isEnd)
      implements Input {}

  /// A part of the log could not be read.
  record ReadFailed(long endpoint, int cursor) implements Input {}

  /// The log begins later than the cursor: what was between is gone.
  ///
  /// @param oldest the first position that is left
  /// @param notice where the event that tells it is; 0 when the endpoint does not want it
  record GapFound(long endpoint, int cursor, long oldest, long notice) implements Input {}

  /// One lane's events were looked for.
  ///
  /// @param after as in the command
  /// @param positions those found, in order
  /// @param upTo all up to here was looked at
  record LaneRead(long endpoint, int cursor, long lane, long after, List<Long> positions, long upTo)
      implements Input {}

  /// One lane's events could not be looked for.
  record LaneFailed(long endpoint, int cursor, long lane) implements Input {}

  /// An attempt has ended.
  ///
  /// @param ticket as in the command
  record Ended(long ticket, Answer answer) implements Input {}

  /// Time has passed.
  record Tick() implements Input {}
}
