package io.recado.conversation;

import io.recado.journal.Binds;
import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.journal.Tx;
import io.recado.json.Json;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The conversations' table.
public final class ConversationStore {

  private static final String SELECT =
      """
      SELECT c.conversation_key, c.workspace_key, c.channel_key, c.id, c.display_name,
        c.phone_number, c.state, c.assignee, c.labels, s.unread, c.create_time, c.update_time,
        s.activity_time, s.last_inbound_time, c.inbox_time, s.message_ids
      FROM conversation c
      JOIN conversation_state s
        ON s.workspace_key = c.workspace_key AND s.conversation_key = c.conversation_key
      """;
  private static final String INSERT =
      """
      INSERT INTO conversation (workspace_key, channel_key, id, display_name, phone_number, state,
        labels, create_time, update_time, inbox_time)
      VALUES (?, ?, ?, ?, ?, 'OPEN', '[]', ?, ?, ?)
      RETURNING conversation_key\
      """;
  private static final String UPDATE =
      """
      UPDATE conversation
      SET display_name = ?, state = ?, assignee = ?, labels = ?, update_time = ?
      WHERE workspace_key = ? AND conversation_key = ?\
      """;
  private static final String IDENTITY =
      "SELECT conversation_key, channel_key FROM conversation WHERE workspace_key = ? AND id = ?";
  private static final String ID =
      "SELECT id FROM conversation WHERE workspace_key = ? AND conversation_key = ?";
  private static final String LAST_RECEIVED =
      """
      SELECT seq, provider_message_id FROM message
      WHERE workspace_key = ? AND direction = 'INBOUND' AND id IN (/*keys*/)\
      """;
  private static final String IDS =
      """
      SELECT conversation_key, id FROM conversation
      WHERE workspace_key = ? AND conversation_key IN (/*keys*/)\
      """;
  static final String INBOX =
      SELECT
          + """
          WHERE c.workspace_key = ? AND c.channel_key = ?
            AND (c.inbox_time, c.conversation_key) < (?, ?)\
          """;
  static final String NEWEST_FIRST = " ORDER BY c.inbox_time DESC, c.conversation_key DESC LIMIT ?";

  private ConversationStore() {}

  /// Adds a conversation.
  ///
  /// @return its key
  static long insert(
      Tx tx,
      long workspace,
      long channel,
      Id id,
      @Nullable String displayName,
      @Nullable String phoneNumber,
      Instant now) {
    return tx.query(
            INSERT,
            binds ->
                binds
                    .number(workspace)
                    .number(channel)
                    .id(id)
                    .text(displayName)
                    .text(phoneNumber)
                    .time(now)
                    .time(now)
                    .time(now),
            Row::number)
        .getFirst();
  }

  /// Stores what people change of a conversation.
  static void update(Tx tx, Conversation conversation) {
    tx.update(
        UPDATE,
        binds ->
            binds
                .text(conversation.displayName())
                .name(conversation.state())
                .text(conversation.assignee())
                .text(Json.text(conversation.labels()))
                .time(conversation.updateTime())
                .number(conversation.workspace())
                .number(conversation.key()));
  }

  /// A conversation of the workspace.
  static Optional<Conversation> find(Reads reads, long workspace, long key) {
    return reads.find(
        SELECT + "WHERE c.workspace_key = ? AND c.conversation_key = ?",
        binds -> binds.number(workspace).number(key),
        ConversationStore::conversation);
  }

  /// As [#find], with what the transaction has changed but not stored yet, for an answer that is
  /// made in it. Sends what was gathered, so for what is rare.
  static Optional<Conversation> current(Tx tx, long workspace, long key) {
    tx.sendBatches();
    Optional<Conversation> stored = find(tx, workspace, key);
    return ConversationStates.find(tx, key).map(s -> stored.map(s::of)).orElse(stored);
  }

  /// The key and the channel's key that an id stands for.
  static Optional<Identity> identity(Reads reads, long workspace, Id id) {
    return reads.find(
        IDENTITY,
        binds -> binds.number(workspace).id(id),
        row -> new Identity(workspace, row.number(), row.number(), id));
  }

  /// The id of a key.
  static Optional<Id> id(Reads reads, long workspace, long key) {
    return reads.find(ID, binds -> binds.number(workspace).number(key), Row::id);
  }

  /// The provider's name of the last message that the person wrote, if it is among the last hundred
  /// of the conversation.
  static Optional<String> lastReceived(Reads reads, long workspace, long key) {
    Places places = Places.of(reads, workspace, key);
    return reads
        .queryMany(
            LAST_RECEIVED,
            "?",
            binds -> binds.number(workspace),
            places.between(reads, places.last() - 99, places.last()),
            (binds, place) -> binds.id(place.message()),
            row -> new Received(row.number(), row.textOrNull()))
        .stream()
        .filter(received -> received.providerMessageId != null)
        .max(Comparator.comparingLong(Received::seq))
        .map(Received::providerMessageId);
  }

  /// The ids of keys.
  ///
  /// @param keys distinct
  static Map<Long, Id> ids(Reads reads, long workspace, List<Long> keys) {
    Map<Long, Id> ids = new HashMap<>();
    reads.queryMany(
        IDS,
        "?",
        binds -> binds.number(workspace),
        keys,
        (binds, key) -> binds.number(key),
        row -> ids.put(row.number(), row.id()));
    return ids;
  }

  /// A page of a channel's inbox, latest activity first.
  ///
  /// @param before the place after which it goes on
  /// @param condition what the caller's filter asks for
  static List<Conversation> inbox(
      Reads reads, long workspace, long channel, Place before, Condition condition, int limit) {
    String sql =
        INBOX + (condition.sql().isEmpty() ? "" : " AND " + condition.sql()) + NEWEST_FIRST;
    return reads.query(
        sql,
        binds -> {
          binds.number(workspace).number(channel).number(before.inboxTime()).number(before.key());
          condition.binder().bind(binds);
          binds.number(limit);
        },
        ConversationStore::conversation);
  }

  private static Conversation conversation(Row row) throws SQLException {
    return new Conversation(
        row.number(),
        row.number(),
        row.number(),
        row.id(),
        row.textOrNull(),
        row.textOrNull(),
        row.name(Conversation.State.class),
        row.textOrNull(),
        labels(row.text()),
        row.number(),
        row.time(),
        row.time(),
        row.time(),
        row.timeOrNull(),
        row.number(),
        Places.newest(row.bytes()));
  }

  static List<String> labels(String json) {
    Object value = Json.read(json.getBytes(StandardCharsets.UTF_8));
    return value instanceof List<?> items
        ? items.stream().map(String::valueOf).toList()
        : List.of();
  }

  /// Where a page of the inbox ended.
  record Place(long inboxTime, long key) {
    /// Before everything.
    static final Place TOP = new Place(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /// What a filter came to in SQL.
  ///
  /// @param isSelective whether a page of what is meant is found without looking at much else
  record Condition(String sql, Binds.Binder binder, boolean isSelective) {
    /// Every conversation.
    static final Condition ALL = new Condition("", Binds.Binder.NONE, true);

    /// The same among those down to a place.
    Condition downTo(Place last) {
      return new Condition(
          sql + " AND (c.inbox_time, c.conversation_key) >= (?, ?)",
          binds -> {
            binder.bind(binds);
            binds.number(last.inboxTime()).number(last.key());
          },
          true);
    }
  }

  private record Received(long seq, @Nullable String providerMessageId) {}

  /// What never changes of a conversation.
  public record Identity(long workspace, long key, long channel, Id id) {}
}
