package io.recado.message;

import io.recado.conversation.Places;
import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.message.OutboxRow.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// What is still to be handed over of a conversation, by its places. For one thread, and no longer
/// than its [Reads].
public final class ConversationOutbox {

  private static final String ROWS =
      """
      SELECT message_id, seq, state, previous_seq, due_time FROM outbox
      WHERE workspace_key = ? AND channel_key = ? AND message_id IN (/*keys*/)\
      """;
  private static final String QUEUED =
      Outbox.QUEUED
          + """
          FROM outbox o
          JOIN message m ON m.workspace_key = o.workspace_key AND m.id = o.message_id
          WHERE o.workspace_key = ? AND o.channel_key = ? AND o.state <> 'SCHEDULED'
            AND o.message_id IN (/*keys*/)\
          """;

  /// So many places are looked at together.
  private static final int PART = 64;

  private final Reads reads;
  private final long workspace;
  private final long channel;
  private final Places places;

  ConversationOutbox(Reads reads, long workspace, long channel, Places places) {
    this.reads = reads;
    this.workspace = workspace;
    this.channel = channel;
    this.places = places;
  }

  /// That of a conversation.
  public static ConversationOutbox of(
      Reads reads, long workspace, long channel, long conversation) {
    return new ConversationOutbox(
        reads, workspace, channel, Places.of(reads, workspace, conversation));
  }

  /// The messages from a place on, in order; without those whose time has not come.
  public List<Queued> queued(long from, int limit) {
    List<Queued> found = new ArrayList<>();
    for (long next = from; next <= places.last() && found.size() < limit; next += PART) {
      found.addAll(at(QUEUED, next, next + PART - 1, Outbox::queued, Queued::seq));
    }
    return found.size() > limit ? found.subList(0, limit) : found;
  }

  /// Whether the outbound message at a place holds up the next: it is still to be sent, on its way,
  /// or in doubt.
  ///
  /// @param decided a doubt that is decided by then holds up nobody
  public boolean isUnfinished(long seq, Instant decided) {
    return between(seq, seq).stream().anyMatch(row -> row.holdsUp(decided));
  }

  /// The message that waits for the one at a place.
  Optional<Id> behind(long seq) {
    for (long from = seq + 1; from <= places.last(); from += PART) {
      Optional<Standing> behind =
          between(from, from + PART - 1).stream().filter(row -> row.previousSeq == seq).findFirst();
      if (behind.isPresent()) {
        return behind.map(Standing::message);
      }
    }
    return Optional.empty();
  }

  /// Those at some places, in order.
  ///
  /// @param from the first place
  /// @param to the last place
  List<Standing> between(long from, long to) {
    return at(
        ROWS,
        from,
        to,
        row ->
            new Standing(row.id(), row.number(), row.name(State.class), row.number(), row.time()),
        Standing::seq);
  }

  /// A message that has moved away from these places is left out: it is found at its own.
  private <T> List<T> at(
      String sql, long from, long to, Row.Reader<T> reader, ToLongFunction<T> seq) {
    return reads
        .queryMany(
            sql,
            "?",
            binds -> binds.number(workspace).number(channel),
            places.between(reads, from, to),
            (binds, place) -> binds.id(place.message()),
            reader)
        .stream()
        .filter(row -> seq.applyAsLong(row) >= from && seq.applyAsLong(row) <= to)
        .sorted(Comparator.comparingLong(seq))
        .toList();
  }

  /// How an unfinished message stands in its conversation.
  ///
  /// @param seq its place
  /// @param previousSeq as [OutboxRow#previousSeq]
  record Standing(Id message, long seq, State state, long previousSeq, Instant dueTime) {

    private boolean holdsUp(Instant decided) {
      return switch (state) {
        case WAITING, IN_FLIGHT -> true;
        case IN_DOUBT -> dueTime.isAfter(decided);
        case SCHEDULED, HELD -> false;
      };
    }
  }
}
