package io.recado.message;

import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A channel's messages across its conversations, newest first.
///
/// A search walks one of four indexes, whichever holds the fewest rows that are not meant, and
/// looks at a limited number of them: where next to nothing fits, a page ends early and says where
/// to go on.
final class ChannelMessageStore {

  /// So many rows are looked at for one page.
  static final int LOOKED_AT = 10_000;

  private static final String CONVERSATION =
      """
      , (SELECT c.id FROM conversation c
        WHERE c.workspace_key = m.workspace_key AND c.conversation_key = m.conversation_key)\
      """;
  private static final String MESSAGES =
      """

      FROM message m
      WHERE m.workspace_key = ? AND m.channel_key = ? AND m.id < ? AND m.id >= ?\
      """;
  private static final String WITH_QUEUE =
      """

      FROM message m
      LEFT JOIN outbox o ON o.workspace_key = m.workspace_key AND o.channel_key = m.channel_key
        AND o.message_id = m.id
      WHERE m.workspace_key = ? AND m.channel_key = ? AND m.id < ? AND m.id >= ?\
      """;
  private static final String QUEUE =
      """

      FROM outbox o
      JOIN message m ON m.workspace_key = o.workspace_key AND m.id = o.message_id
      WHERE o.workspace_key = ? AND o.channel_key = ? AND o.message_id < ? AND o.message_id >= ?\
      """;
  // By its index alone, which knows no workspaces; a channel has one. The states stand as in the
  // index, word for word, or SQLite does not use it.
  private static final String ASIDE =
      """

      FROM outbox o
      JOIN message m ON m.workspace_key = o.workspace_key AND m.id = o.message_id
      WHERE o.channel_key = ? AND o.message_id < ? AND o.message_id >= ?
        AND (o.state = 'SCHEDULED' OR o.state = 'IN_DOUBT' OR o.state = 'HELD')\
      """;
  // The same here.
  private static final String LAST =
      """
      SELECT m.id FROM message m WHERE m.channel_key = ? AND m.id < ? AND m.id >= ?
      ORDER BY m.id DESC LIMIT 1 OFFSET ?\
      """;
  private static final String LAST_FAILED =
      """
      SELECT m.id FROM message m
      WHERE m.channel_key = ? AND m.id < ? AND m.id >= ? AND m.status = 'FAILED'
      ORDER BY m.id DESC LIMIT 1 OFFSET ?\
      """;
  private static final String LAST_QUEUED =
      """
      SELECT message_id FROM outbox
      WHERE workspace_key = ? AND channel_key = ? AND message_id < ? AND message_id >= ?
      ORDER BY message_id DESC LIMIT 1 OFFSET ?\
      """;

  private ChannelMessageStore() {}

  /// A page of what is searched for.
  ///
  /// @param before the message after which it goes on; null at the beginning
  /// @param limit how many at most
  /// @param lookAt [#LOOKED_AT]
  static Found find(
      Reads reads,
      long workspace,
      long channel,
      Search search,
      @Nullable Id before,
      int limit,
      int lookAt) {
    Id below = before == null || before.compareTo(search.below) > 0 ? search.below : before;
    Id last =
        search.condition.isEmpty() ? null : last(reads, workspace, channel, search, below, lookAt);
    Id least = last == null ? search.least : last;
    List<Listed> rows =
        reads.query(
            sql(search),
            binds -> {
              if (search.source != Source.ASIDE) {
                binds.number(workspace);
              }
              binds.number(channel).id(below).id(least);
              for (Object value : search.values) {
                binds.value(value);
              }
              binds.number(limit);
            },
            ChannelMessageStore::listed);
    return new Found(rows, last);
  }

  /// The last one that is looked at for a page; null when there are not so many, or when those that
  /// are meant have an index of their own.
  private static @Nullable Id last(
      Reads reads, long workspace, long channel, Search search, Id below, int lookAt) {
    String sql =
        switch (search.source) {
          case ALL -> LAST;
          case FAILED -> LAST_FAILED;
          case QUEUE -> LAST_QUEUED;
          case ASIDE -> null;
        };
    return sql == null
        ? null
        : reads
            .find(
                sql,
                binds -> {
                  if (search.source.isQueue()) {
                    binds.number(workspace);
                  }
                  binds.number(channel).id(below).id(search.least).number(lookAt - 1);
                },
                Row::id)
            .orElse(null);
  }

  private static String sql(Search search) {
    boolean joins = search.condition.contains("o.state");
    String from =
        switch (search.source) {
          case ALL -> joins ? WITH_QUEUE : MESSAGES;
          case FAILED -> (joins ? WITH_QUEUE : MESSAGES) + " AND m.status = 'FAILED'";
          case QUEUE -> QUEUE;
          case ASIDE -> ASIDE;
        };
    return "SELECT "
        + MessageStore.COLUMNS
        + CONVERSATION
        + from
        + (search.condition.isEmpty() ? "" : " AND " + search.condition)
        + (search.source.isQueue()
            ? " ORDER BY o.message_id DESC LIMIT ?"
            : " ORDER BY m.id DESC LIMIT ?");
  }

  private static Listed listed(Row row) throws SQLException {
    return new Listed(MessageStore.message(row), row.id());
  }

  /// Where a search looks.
  enum Source {
    /// All messages of the channel.
    ALL,
    /// Those that failed.
    FAILED,
    /// Those that are not settled, which are those of the outbox.
    QUEUE,
    /// Those of the outbox that wait for something else than their turn.
    ASIDE;

    boolean isQueue() {
      return this == QUEUE || this == ASIDE;
    }
  }

  /// What is searched for.
  ///
  /// @param condition of SQL over a message `m` and its row `o` of the outbox; empty for all
  /// @param values those of the condition
  /// @param least no id that is meant is lower
  /// @param below every id that is meant is lower
  record Search(Source source, String condition, List<Object> values, Id least, Id below) {}

  /// A message with the id of its conversation.
  record Listed(Message message, Id conversation) {}

  /// What was found.
  ///
  /// @param last the last message that was looked at, when there may be more after it
  record Found(List<Listed> rows, @Nullable Id last) {}
}
