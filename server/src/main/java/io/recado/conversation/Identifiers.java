package io.recado.conversation;

import io.recado.connector.Address;
import io.recado.connector.Identifier;
import io.recado.journal.Reads;
import io.recado.journal.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// By what names a contact is known on a channel. One name stands for one conversation.
public final class Identifiers {

  private static final String ADD =
      """
      INSERT INTO conversation_identifier (workspace_key, channel_key, scheme, value,
        conversation_key, create_time)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
      """;
  private static final String FIND =
      """
      SELECT conversation_key FROM conversation_identifier
      WHERE workspace_key = ? AND channel_key = ? AND scheme = ? AND value = ?\
      """;
  private static final String OF =
      """
      SELECT scheme, value FROM conversation_identifier
      WHERE workspace_key = ? AND conversation_key = ? ORDER BY create_time, scheme\
      """;

  private Identifiers() {}

  /// Gives a contact one more name; does nothing when the name stands for a conversation already.
  public static void add(
      Tx tx, long workspace, long channel, long conversation, Identifier identifier, Instant now) {
    tx.batch(
        ADD,
        binds ->
            binds
                .number(workspace)
                .number(channel)
                .text(identifier.scheme())
                .text(identifier.value())
                .number(conversation)
                .time(now));
  }

  /// The conversation that a name stands for.
  public static Optional<Long> find(
      Reads reads, long workspace, long channel, Identifier identifier) {
    return reads.find(
        FIND,
        binds ->
            binds
                .number(workspace)
                .number(channel)
                .text(identifier.scheme())
                .text(identifier.value()),
        row -> row.number());
  }

  /// All names of a conversation's contact, the oldest first.
  public static Address address(Reads reads, long workspace, long conversation) {
    List<Identifier> all =
        reads.query(
            OF,
            binds -> binds.number(workspace).number(conversation),
            row -> new Identifier(row.text(), row.text()));
    return new Address(all);
  }
}
