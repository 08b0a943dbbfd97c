package io.recado.webhook.cursor;

import java.util.List;

/// What changed about an endpoint since it was told last, to be stored in one go.
///
/// @param cursors where they are now
/// @param lanes as they are now
/// @param caughtUp lanes that need no row any more
/// @param finished numbers of replays that have ended
public record Progress(
    long workspace,
    long endpoint,
    Standing standing,
    List<StoredCursor> cursors,
    List<StoredLane> lanes,
    List<LaneName> caughtUp,
    List<Integer> finished) {

  /// A lane of one cursor.
  public record LaneName(int cursor, long lane) {}
}
