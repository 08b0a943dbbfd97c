package io.recado.message;

import io.recado.fault.FaultPoint;
import io.recado.fault.Faults;
import io.recado.journal.Part;
import io.recado.journal.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The messages that a group has accepted or released, handed over together once they are durable:
/// whoever takes them is woken once for a group and not once for a message.
final class HandOver implements Part {

  /// Locks nothing, so its place does not matter.
  static final Kind<HandOver> KIND = new Kind<>(900, HandOver::new);

  private final List<Run> runs = new ArrayList<>();

  /// Adds a message, in the order of its conversation.
  static void add(Tx tx, Consumer<List<Queued>> taker, Queued queued) {
    List<Run> runs = tx.part(KIND).runs;
    if (runs.isEmpty() || runs.getLast().taker != taker) {
      runs.add(new Run(taker, new ArrayList<>()));
    }
    runs.getLast().messages.add(queued);
  }

  @Override
  public void store(Tx tx) {
    runs.forEach(run -> tx.afterCommit(() -> handOver(run.taker, run.messages)));
  }

  private static void handOver(Consumer<List<Queued>> taker, List<Queued> messages) {
    Faults.point(FaultPoint.HAND_OVER);
    taker.accept(messages);
  }

  /// Messages that follow each other and go to the same taker: those of one conversation may go to
  /// two, and must not overtake each other.
  private record Run(Consumer<List<Queued>> taker, List<Queued> messages) {}
}
