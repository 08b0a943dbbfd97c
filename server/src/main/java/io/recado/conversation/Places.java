package io.recado.conversation;

import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.journal.Tx;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which message stands at which place of a conversation. Places count from 1, without gaps.
///
/// They are kept in runs of 16. The run that is being filled stands in the conversation's narrow
/// row, which every message changes anyway; a run that is full becomes a row of its own. An index
/// over conversation and place would write one page somewhere else for each message: most of what a
/// message writes.
///
/// For one thread. Seen as of its making, and with what its transaction has changed since.
public final class Places {

  /// How many places are kept together.
  static final int RUN = 16;

  private static final Id NOBODY = new Id(0, 0);
  private static final String LAST =
      """
      SELECT message_seq, message_ids FROM conversation_state
      WHERE workspace_key = ? AND conversation_key = ?\
      """;
  private static final String RUNS =
      """
      SELECT run, message_ids FROM conversation_run
      WHERE workspace_key = ? AND conversation_key = ? AND run >= ? AND run <= ?\
      """;
  private static final String FIRST =
      """
      SELECT run FROM conversation_run WHERE workspace_key = ? AND conversation_key = ?
      ORDER BY run LIMIT 1\
      """;
  private static final String STANDING =
      "SELECT seq FROM message WHERE workspace_key = ? AND id IN (/*keys*/)";
  private static final String DELETE =
      "DELETE FROM conversation_run WHERE workspace_key = ? AND conversation_key = ? AND run = ?";
  private static final String INSERT =
      """
      INSERT INTO conversation_run (workspace_key, conversation_key, run, message_ids)
      VALUES (?, ?, ?, ?)\
      """;

  private final long workspace;
  private final long conversation;
  private final Map<Long, byte[]> filled = new TreeMap<>();
  private long last;
  private byte[] ids;

  /// @param last the last place that is taken; 0 when none is
  /// @param ids the messages of its run
  Places(long workspace, long conversation, long last, byte[] ids) {
    this.workspace = workspace;
    this.conversation = conversation;
    this.last = last;
    this.ids = ids;
  }

  /// The places of a conversation; none when there is no such conversation.
  public static Places of(Reads reads, long workspace, long conversation) {
    if (reads instanceof Tx tx) {
      var state = ConversationStates.find(tx, conversation);
      if (state.isPresent()) {
        return state.get().places();
      }
    }
    return reads
        .find(
            LAST,
            binds -> binds.number(workspace).number(conversation),
            row -> new Places(workspace, conversation, row.number(), row.bytes()))
        .orElseGet(() -> new Places(workspace, conversation, 0, new byte[0]));
  }

  /// The last place that is taken; 0 when none is.
  public long last() {
    return last;
  }

  /// The first place that may still be somebody's: old messages may have been deleted.
  public long first(Reads reads) {
    long open = filled.isEmpty() ? run(last) : filled.keySet().iterator().next();
    return reads
                .find(
                    FIRST,
                    binds -> binds.number(workspace).number(conversation),
                    row -> row.number())
                .orElse(open)
            * RUN
        + 1;
  }

  /// Drops the runs in which no message stands any more: those that are left of it have moved, and
  /// are found at their own places.
  ///
  /// @param seqs places of messages that this transaction has deleted
  public static void forget(Tx tx, long workspace, long conversation, List<Long> seqs) {
    for (long run : seqs.stream().map(Places::run).distinct().toList()) {
      List<Id> messages =
          tx.find(
                  RUNS,
                  binds -> binds.number(workspace).number(conversation).number(run).number(run),
                  row -> {
                    row.number();
                    return ids(row.bytes());
                  })
              .orElse(List.of());
      List<Long> places =
          tx.queryMany(
              STANDING,
              "?",
              binds -> binds.number(workspace),
              messages,
              (binds, id) -> binds.id(id),
              row -> row.number());
      if (!messages.isEmpty() && places.stream().noneMatch(place -> run(place) == run)) {
        tx.update(DELETE, binds -> binds.number(workspace).number(conversation).number(run));
      }
    }
  }

  /// The messages at some places, in order. A message that has moved is at the last of its places
  /// only, as far as they are among these; of one whose later place is not, [Place#seq] is no
  /// longer true.
  ///
  /// @param from the first place that is meant; what is less than 1 means 1
  /// @param to the last place that is meant; what is not taken yet is left out
  public List<Place> between(Reads reads, long from, long to) {
    long first = Math.max(1, from);
    long end = Math.min(to, last);
    if (first > end) {
      return List.of();
    }
    Map<Id, Long> places = LinkedHashMap.newLinkedHashMap((int) (end - first + 1));
    runs(reads, run(first), run(end))
        .forEach(
            (run, messages) -> {
              long begin = run * RUN + 1;
              for (int slot = 0; slot < messages.length / Id.BYTES; slot++) {
                if (begin + slot >= first && begin + slot <= end) {
                  // Taken out first, so that the order is that of the places.
                  Id id = id(messages, slot);
                  places.remove(id);
                  places.put(id, begin + slot);
                }
              }
            });
    places.remove(NOBODY);
    return places.entrySet().stream().map(e -> new Place(e.getValue(), e.getKey())).toList();
  }

  /// The last message of a run; null when it has none.
  static @Nullable Id newest(byte[] ids) {
    return ids.length == 0 ? null : id(ids, ids.length / Id.BYTES - 1);
  }

  /// Gives a message the next place.
  ///
  /// @return the place
  long take(Id message) {
    if (last > 0 && last % RUN == 0) {
      filled.put(run(last), ids);
      ids = new byte[0];
    }
    int length = ids.length;
    ids = Arrays.copyOf(ids, length + Id.BYTES);
    System.arraycopy(message.bytes(), 0, ids, length, Id.BYTES);
    return ++last;
  }

  /// The messages of the run of the last place.
  byte[] ids() {
    return ids;
  }

  /// Stores the runs that became full.
  void store(Tx tx) {
    filled.forEach(
        (run, messages) ->
            tx.batch(
                INSERT,
                binds -> binds.number(workspace).number(conversation).number(run).bytes(messages)));
  }

  /// What became full is where others look for it.
  void stored() {
    filled.clear();
  }

  private Map<Long, byte[]> runs(Reads reads, long from, long to) {
    Map<Long, byte[]> runs = new TreeMap<>();
    long stored = (filled.isEmpty() ? run(last) : filled.keySet().iterator().next()) - 1;
    if (from <= stored) {
      reads.query(
          RUNS,
          binds ->
              binds
                  .number(workspace)
                  .number(conversation)
                  .number(from)
                  .number(Math.min(to, stored)),
          row -> runs.put(row.number(), row.bytes()));
    }
    runs.putAll(filled);
    runs.put(run(last), ids);
    return runs;
  }

  private static long run(long place) {
    return (place - 1) / RUN;
  }

  private static List<Id> ids(byte[] ids) {
    return IntStream.range(0, ids.length / Id.BYTES).mapToObj(slot -> id(ids, slot)).toList();
  }

  private static Id id(byte[] ids, int slot) {
    return Id.of(Arrays.copyOfRange(ids, slot * Id.BYTES, (slot + 1) * Id.BYTES));
  }

  /// A message at a place.
  ///
  /// @param seq the place, from 1
  public record Place(long seq, Id message) {}
}
