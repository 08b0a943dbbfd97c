package io.recado.message;

import io.recado.fault.FaultPoint;
import io.recado.fault.Faults;
import io.recado.journal.Part;
import io.recado.journal.Tx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The messages that a group has accepted, handed over together once they are durable: whoever
/// takes them is woken once for a group and not once for a message.
final class HandOver implements Part {

  /// Locks nothing, so its place does not matter.
  static final Kind<HandOver> KIND = new Kind<>(900, HandOver::new);

  private final Map<Consumer<List<Queued>>, List<Queued>> accepted = new LinkedHashMap<>();

  /// Adds a message, in the order of its conversation.
  static void add(Tx tx, Consumer<List<Queued>> taker, Queued queued) {
    tx.part(KIND).accepted.computeIfAbsent(taker, _ -> new ArrayList<>()).add(queued);
  }

  @Override
  public void store(Tx tx) {
    accepted.forEach((taker, messages) -> tx.afterCommit(() -> handOver(taker, messages)));
  }

  private static void handOver(Consumer<List<Queued>> taker, List<Queued> messages) {
    Faults.point(FaultPoint.HAND_OVER);
    taker.accept(messages);
  }
}
