package io.recado.journal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Applies the writes of a group within one transaction, and answers them.
final class Group {

  private Group() {}

  /// The result of each write, or the [Refusal] of one that changed nothing.
  ///
  /// @throws RuntimeException when the group fails as a whole
  static List<@Nullable Object> apply(Tx tx, List<Ticket<?>> tickets) {
    for (Ticket<?> ticket : tickets) {
      ticket.write().prepare(tx);
    }
    tx.loadParts();
    List<@Nullable Object> results = new ArrayList<>(tickets.size());
    for (Ticket<?> ticket : tickets) {
      int before = tx.changes();
      try {
        results.add(ticket.write().apply(tx));
      } catch (Refusal refusal) {
        if (tx.changes() != before) {
          throw new IllegalStateException(
              "a write refused after it had changed something: " + ticket.write().getClass(),
              refusal);
        }
        results.add(refusal);
      }
    }
    tx.storeParts();
    return results;
  }

  /// Tells each caller, now that the group is durable.
  ///
  /// Waking a caller costs as much as applying its write, so a virtual thread wakes those of a
  /// large group while the writer goes on with the next one.
  static void answer(List<Ticket<?>> tickets, List<@Nullable Object> results, Threads threads) {
    if (tickets.size() == 1) {
      answerAll(tickets, results);
    } else {
      threads.answer(() -> answerAll(tickets, results));
    }
  }

  private static void answerAll(List<Ticket<?>> tickets, List<@Nullable Object> results) {
    for (int i = 0; i < tickets.size(); i++) {
      if (results.get(i) instanceof Refusal refusal) {
        tickets.get(i).fail(refusal);
      } else {
        tickets.get(i).succeed(results.get(i));
      }
    }
  }
}
