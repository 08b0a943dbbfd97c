package io.recado.message;

import io.recado.channel.Channel;
import io.recado.channel.Withdrawal;
import io.recado.connector.Reason;
import io.recado.journal.Id;
import io.recado.journal.Tx;
import io.recado.message.MessageStates.Entry;
import java.time.Instant;
import java.util.List;

/// Settles the messages of a channel that is deleted: those that have not left are `CANCELLED`; of
/// those that may have, nobody will hear any more, so they are `OUTCOME_UNKNOWN`.
///
/// @param told of each once it is durable
public record WithdrawMessages(Settled told) implements Withdrawal {

  private static final String UNFINISHED =
      """
      SELECT message_id, conversation_key FROM outbox
      WHERE workspace_key = ? AND channel_key = ?
      ORDER BY message_id LIMIT ?\
      """;

  @Override
  public int withdraw(Tx tx, Channel channel, Instant now, int most) {
    // A message that was accepted with this very group must be there to be found.
    tx.sendBatches();
    List<Unfinished> found =
        tx.query(
            UNFINISHED,
            binds -> binds.number(channel.workspace()).number(channel.key()).number(most),
            row -> new Unfinished(row.id(), row.number()));
    MessageStates.take(
        tx,
        channel.workspace(),
        found.stream().map(Unfinished::conversation).sorted().distinct().toList(),
        found.stream().map(Unfinished::message).toList());
    found.forEach(one -> withdraw(tx, channel, one, now));
    return found.size();
  }

  private void withdraw(Tx tx, Channel channel, Unfinished one, Instant now) {
    Entry entry = MessageStates.find(tx, one.message).orElseThrow();
    OutboxRow row = entry.outbox();
    if (row == null) {
      // Another write of the group was first.
      return;
    }
    Reason reason =
        switch (row.state()) {
          case WAITING, SCHEDULED -> Reason.CANCELLED;
          case IN_FLIGHT, IN_DOUBT, HELD -> Reason.OUTCOME_UNKNOWN;
        };
    entry.report(tx, MessageStatus.FAILED, Failure.of(reason), now);
    entry.outbox(tx, null);
    tx.afterCommit(() -> told.settled(channel.key(), one.conversation, one.message));
  }

  private record Unfinished(Id message, long conversation) {}
}
