package io.recado.message;

import io.recado.connector.Content;
import io.recado.conversation.Places.Place;
import io.recado.journal.Binds;
import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.journal.Tx;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.message.Message.Direction;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The messages' table.
public final class MessageStore {

  /// The columns that [#message] reads, of a table called `m`.
  static final String COLUMNS =
      """
      m.workspace_key, m.channel_key, m.conversation_key, m.seq, m.id, m.direction,
        m.content_type, m.content, m.fallback, m.metadata, m.reply_to, m.provider_message_id,
        m.create_time, m.expire_time, m.send_time, m.resend_of, m.status, m.failure, m.update_time, m.sent_time,
        m.delivered_time, m.read_time, m.failed_time\
      """;

  // What all of a kind have in common stands in the statement: each value that is bound is a call
  // into the database's library, on the thread on which every caller waits.
  private static final String ACCEPT =
      """
      INSERT INTO message (workspace_key, channel_key, conversation_key, seq, id, direction, status,
        content_type, content, fallback, metadata, reply_to, create_time, update_time, expire_time,
        send_time)
      VALUES (?, ?, ?, ?, ?, 'OUTBOUND', 'SENDING', ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;
  private static final String RECEIVE =
      """
      INSERT INTO message (workspace_key, channel_key, conversation_key, seq, id, direction, status,
        content_type, content, reply_to, provider_message_id, create_time, update_time,
        delivered_time)
      VALUES (?, ?, ?, ?, ?, 'INBOUND', 'DELIVERED', ?, ?, ?, ?, ?, ?, ?)\
      """;

  /// Keeps the first content, for events that tell of the message as it was.
  private static final String REPLACE =
      """
      UPDATE message
      SET first_content_type = content_type, first_content = content, first_content_until = ?,
        content_type = ?, content = ?, fallback = NULL, pieces = 1
      WHERE workspace_key = ? AND id = ?\
      """;

  private static final String MOVE =
      "UPDATE message SET seq = ? WHERE workspace_key = ? AND id = ?";
  private static final String FIND =
      "SELECT " + COLUMNS + " FROM message m WHERE m.workspace_key = ? AND m.id = ?";
  private static final String FIND_MANY =
      "SELECT " + COLUMNS + " FROM message m WHERE m.workspace_key = ? AND m.id IN (/*keys*/)";
  private static final String NOTE_RESEND =
      "UPDATE message SET resend_of = ? WHERE workspace_key = ? AND id = ?";

  private MessageStore() {}

  /// Adds a message that is to be sent; its number was taken from its conversation in the same
  /// transaction.
  ///
  /// @param message as it begins: outbound, SENDING since its createTime, and no more than its
  ///   request said; that it sends another one again is noted by [#noteResend]
  /// @param content what [ContentJson] makes of the content
  static void accept(Tx tx, Message message, String content) {
    tx.batch(
        ACCEPT,
        binds ->
            identity(binds, message)
                .text(ContentJson.type(message.content()))
                .text(content)
                .text(message.fallback() == null ? null : ContentJson.write(message.fallback()))
                .text(metadata(message.metadata()))
                .id(message.replyTo())
                .time(message.createTime())
                .time(message.createTime())
                .time(message.expireTime())
                .time(message.sendTime()));
  }

  /// Adds a message that a person has written; its number was taken as in [#accept].
  ///
  /// @param message as it begins: inbound, DELIVERED since its createTime
  public static void receive(Tx tx, Message message) {
    tx.batch(
        RECEIVE,
        binds ->
            identity(binds, message)
                .text(ContentJson.type(message.content()))
                .text(ContentJson.write(message.content()))
                .id(message.replyTo())
                .text(message.providerMessageId())
                .time(message.createTime())
                .time(message.createTime())
                .time(message.createTime()));
  }

  private static Binds identity(Binds binds, Message message) throws SQLException {
    return binds
        .number(message.workspace())
        .number(message.channel())
        .number(message.conversation())
        .number(message.seq())
        .id(message.id());
  }

  /// The message is at another place of its conversation; the number was taken in the same
  /// transaction.
  static void move(Tx tx, long workspace, Id id, long seq) {
    tx.batch(MOVE, binds -> binds.number(seq).number(workspace).id(id));
  }

  /// The message now carries its fallback.
  ///
  /// @param toldBefore the last of the conversation's events that told of its first content
  static void replaceContent(
      Tx tx, long workspace, Id id, Content.Template fallback, long toldBefore) {
    tx.batch(
        REPLACE,
        binds ->
            binds
                .number(toldBefore)
                .text(ContentJson.type(fallback))
                .text(ContentJson.write(fallback))
                .number(workspace)
                .id(id));
  }

  /// A message that was added in the same transaction sends another one again.
  static void noteResend(Tx tx, long workspace, Id id, Id resendOf) {
    tx.batch(NOTE_RESEND, binds -> binds.id(resendOf).number(workspace).id(id));
  }

  /// A message of the workspace.
  public static Optional<Message> find(Reads reads, long workspace, Id id) {
    return reads.find(FIND, binds -> binds.number(workspace).id(id), MessageStore::message);
  }

  /// The messages at some places of a conversation, in order; without those that have moved to
  /// other places.
  static List<Message> at(Reads reads, long workspace, List<Place> places) {
    Map<Id, Long> seqs = places.stream().collect(Collectors.toMap(Place::message, Place::seq));
    return reads
        .queryMany(
            FIND_MANY,
            "?",
            binds -> binds.number(workspace),
            places,
            (binds, place) -> binds.id(place.message()),
            MessageStore::message)
        .stream()
        .filter(message -> message.seq() == seqs.get(message.id()))
        .sorted(Comparator.comparingLong(Message::seq))
        .toList();
  }

  static Message message(Row row) throws SQLException {
    return new Message(
        row.number(),
        row.number(),
        row.number(),
        row.number(),
        row.id(),
        row.name(Direction.class),
        ContentJson.read(row.text(), row.text()),
        template(row.textOrNull()),
        metadata(row.textOrNull()),
        row.idOrNull(),
        row.textOrNull(),
        row.time(),
        row.timeOrNull(),
        row.timeOrNull(),
        row.idOrNull(),
        progress(row));
  }

  static Progress progress(Row row) throws SQLException {
    MessageStatus status = row.name(MessageStatus.class);
    String failure = row.textOrNull();
    return new Progress(
        status,
        failure == null ? null : Failure.ofRow(object(failure)),
        row.time(),
        row.timeOrNull(),
        row.timeOrNull(),
        row.timeOrNull(),
        row.timeOrNull());
  }

  static Content.@Nullable Template template(@Nullable String content) {
    return content == null ? null : (Content.Template) ContentJson.read("TEMPLATE", content);
  }

  private static @Nullable String metadata(Map<String, String> metadata) {
    return metadata.isEmpty() ? null : Json.text(new JsonObject(new LinkedHashMap<>(metadata)));
  }

  private static Map<String, String> metadata(@Nullable String text) {
    if (text == null) {
      return Map.of();
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    object(text).fields().forEach((name, value) -> metadata.put(name, String.valueOf(value)));
    return metadata;
  }

  private static JsonObject object(String text) {
    return Json.readStored(text);
  }
}
