package io.recado.webhook.delivery;

import io.recado.event.EventType;
import io.recado.feed.EventChoice;
import io.recado.journal.Reads;
import io.recado.webhook.cursor.Heading;
import java.util.ArrayList;
import java.util.List;

/// Finds the events of one conversation, or of a channel, in a part of the log.
final class LaneStore {

  private static final String SELECT =
      """
      SELECT position, type, channel_key FROM event
      WHERE workspace_key = ? AND position > ? AND position <= ? AND\s\
      """;
  private static final String ORDER = " ORDER BY position LIMIT ?";
  private static final String OF_CONVERSATION = SELECT + "conversation_key = ?" + ORDER;
  private static final String OF_CHANNEL =
      SELECT + "conversation_key IS NULL AND channel_key = ?" + ORDER;
  private static final String OF_WORKSPACE =
      SELECT + "conversation_key IS NULL AND channel_key IS NULL AND position > ?" + ORDER;
  private static final String NOTICE =
      SELECT + "type = 'WEBHOOK_ENDPOINT_GAP' AND position > ?" + ORDER;

  private static final int MOST = 16;

  /// So much of the log is looked through at once.
  private static final long SPAN = 20_000;

  private LaneStore() {}

  /// A lane's next events that are wanted.
  static Found find(Reads reads, long workspace, long lane, Bounds bounds, EventChoice choice) {
    long end = Math.min(bounds.upTo, bounds.after + SPAN);
    String sql =
        lane == Heading.NOTICE
            ? NOTICE
            : lane > 0 ? OF_CONVERSATION : lane < 0 ? OF_CHANNEL : OF_WORKSPACE;
    long key = lane == Heading.NOTICE || lane == 0 ? 0 : Math.abs(lane);
    List<Long> wanted = new ArrayList<>();
    List<Long> seen =
        reads.query(
            sql,
            binds ->
                binds.number(workspace).number(bounds.after).number(end).number(key).number(MOST),
            row -> {
              long position = row.number();
              if (choice.takes(row.name(EventType.class), row.numberOrNull())) {
                wanted.add(position);
              }
              return position;
            });
    return new Found(wanted, seen.size() < MOST ? end : seen.getLast());
  }

  /// A part of the log.
  record Bounds(long after, long upTo) {}

  /// @param upTo all up to here was looked at
  record Found(List<Long> positions, long upTo) {}
}
