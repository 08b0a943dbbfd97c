package io.recado.emulator.message;

import io.recado.emulator.behaviour.Behaviour;
import io.recado.emulator.callback.Callbacks;
import io.recado.emulator.phone.Phones;
import io.recado.emulator.time.Timers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// Plans what will be reported about a message, and reports it when its time has come.
final class Receipts {
  private static final Planned SENT = new Planned("sent", 0);
  private static final Planned DELIVERED = new Planned("delivered", 0);
  private static final Planned READ = new Planned("read", 0);
  private static final int UNDELIVERABLE = 131026;
  private static final int WINDOW_CLOSED = 131047;

  private final Supplier<Behaviour> behaviour;
  private final Callbacks callbacks;
  private final Phones phones;
  private final Timers timers;
  private final RandomGenerator random;

  /// A status to report; `code` is the error of a failed one, else 0.
  record Planned(String status, int code) {}

  Receipts(
      Supplier<Behaviour> behaviour,
      Callbacks callbacks,
      Phones phones,
      Timers timers,
      RandomGenerator random) {
    this.behaviour = behaviour;
    this.callbacks = callbacks;
    this.phones = phones;
    this.timers = timers;
    this.random = random;
  }

  /// Schedules the receipts of a message and says which they are, in the order in which they will
  /// come.
  ///
  /// @param body the send as it came, for the person's phone
  List<Planned> schedule(Accepted message, Fate fate, ObjectNode body) {
    Behaviour.Receipts how = behaviour.get().receipts();
    List<Planned> plan = disturb(plan(message, fate, how.read()), how);
    boolean disordered = how.shuffled() || fate == Fate.RECEIPTS_IN_DISORDER;
    if (plan.contains(DELIVERED)) {
      SendRequest request = message.request();
      phones.expect(request.number().id(), request.to().phone(), message.wamid(), body);
    }
    long due = message.millis();
    for (Planned receipt : plan) {
      due += how.delay().draw(random);
      // What comes in disorder all happened in the moment of the sending.
      long seconds = (disordered ? message.millis() : due) / 1_000;
      timers.at(due, () -> report(message, receipt, seconds));
    }
    return plan;
  }

  private void report(Accepted message, Planned receipt, long seconds) {
    SendRequest request = message.request();
    if (receipt.equals(DELIVERED) || receipt.equals(READ)) {
      phones.arrive(request.number().id(), request.to().phone(), message.wamid());
    }
    callbacks.tell(new StatusUpdate(message, receipt, seconds).update());
  }

  private static List<Planned> plan(Accepted message, Fate fate, boolean read) {
    boolean free = !message.request().isTemplate();
    if (free && (fate == Fate.WINDOW_CLOSED || !message.windowOpen())) {
      return List.of(new Planned("failed", WINDOW_CLOSED));
    }
    return switch (fate) {
      case UNDELIVERABLE -> List.of(new Planned("failed", UNDELIVERABLE));
      case FAILED_AFTERWARDS -> List.of(SENT, new Planned("failed", UNDELIVERABLE));
      case NEVER_READ -> List.of(SENT, DELIVERED);
      case RECEIPTS_IN_DISORDER -> List.of(READ, READ, DELIVERED, DELIVERED, SENT, SENT);
      default -> read ? List.of(SENT, DELIVERED, READ) : List.of(SENT, DELIVERED);
    };
  }

  private List<Planned> disturb(List<Planned> plan, Behaviour.Receipts how) {
    if (how.duplicates() == 0 && !how.shuffled()) {
      return plan;
    }
    List<Planned> disturbed = new ArrayList<>();
    for (Planned receipt : plan) {
      disturbed.add(receipt);
      if (random.nextDouble() < how.duplicates()) {
        disturbed.add(receipt);
      }
    }
    if (how.shuffled()) {
      Collections.shuffle(disturbed, random);
    }
    return disturbed;
  }
}
