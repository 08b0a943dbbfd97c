package io.recado.conversation;

import io.recado.connector.Address;
import io.recado.connector.Identifier;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.journal.Tx;
import java.time.Instant;
import java.util.Comparator;
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
  static final String FIND =
      """
      SELECT conversation_key FROM conversation_identifier
      WHERE workspace_key = ? AND channel_key = ? AND scheme = ? AND value = ?\
      """;
  static final String OF =
      """
      SELECT create_time, scheme, value FROM conversation_identifier
      WHERE workspace_key = ? AND conversation_key = ?\
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

  /// As [#add], at once.
  ///
  /// @return false when the name stands for a conversation already
  static boolean take(
      Tx tx, long workspace, long channel, long conversation, Identifier identifier, Instant now) {
    // The space keeps this statement apart from the gathered one.
    return tx.update(
            ADD + " ",
            binds ->
                binds
                    .number(workspace)
                    .number(channel)
                    .text(identifier.scheme())
                    .text(identifier.value())
                    .number(conversation)
                    .time(now))
        == 1;
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
        Row::number);
  }

  /// All names of a conversation's contact, the oldest first.
  public static Address address(Reads reads, long workspace, long conversation) {
    List<Known> known =
        reads.query(
            OF,
            binds -> binds.number(workspace).number(conversation),
            row -> new Known(row.number(), new Identifier(row.text(), row.text())));
    Comparator<Known> byAge = Comparator.comparingLong(Known::time);
    return new Address(
        known.stream()
            .sorted(byAge.thenComparing(one -> one.identifier.scheme()))
            .map(Known::identifier)
            .toList());
  }

  private record Known(long time, Identifier identifier) {}
}
