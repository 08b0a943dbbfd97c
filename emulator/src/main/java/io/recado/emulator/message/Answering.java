package io.recado.emulator.message;

import io.recado.emulator.behaviour.Behaviour;
import io.recado.emulator.graph.AnswerLost;
import io.recado.emulator.time.Timers;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Makes callers wait for their answer, or lose it.
final class Answering {
  private static final long LATE_MILLIS = 10_000;

  private final Supplier<Behaviour> behaviour;
  private final Timers timers;
  private final RandomGenerator random;

  Answering(Supplier<Behaviour> behaviour, Timers timers, RandomGenerator random) {
    this.behaviour = behaviour;
    this.timers = timers;
    this.random = random;
  }

  void delay() throws InterruptedException {
    timers.pause(behaviour.get().answers().latency().draw(random));
  }

  /// To be called once a message is accepted.
  ///
  /// @throws AnswerLost when the caller shall not learn of it
  void afterAccepting(Fate fate) throws InterruptedException {
    if (fate == Fate.ANSWER_LATE) {
      timers.pause(LATE_MILLIS);
    }
    double share = behaviour.get().answers().loseAnswers();
    if (fate == Fate.ANSWER_LOST || (share > 0 && random.nextDouble() < share)) {
      throw new AnswerLost();
    }
  }
}
