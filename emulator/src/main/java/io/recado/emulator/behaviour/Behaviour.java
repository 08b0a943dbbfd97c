package io.recado.emulator.behaviour;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How the emulator behaves towards those who have no fate of their own.
public record Behaviour(Answers answers, Receipts receipts, Limits limits) {
  /// How sends are answered: after how long, how often the answer is lost (0 to 1), how often an
  /// error is answered.
  public record Answers(Range latency, double loseAnswers, @Nullable Failure failWith) {}

  /// An error code answered to a share (0 to 1) of the sends, none of which is accepted.
  public record Failure(int code, double rate) {}

  /// When receipts follow: each `delay` after the one before; how often one is repeated (0 to 1);
  /// whether their order is shuffled; whether people let others see that they read; how many
  /// updates go into one callback.
  public record Receipts(
      Range delay, double duplicates, boolean shuffled, boolean read, int batch) {}

  /// What Meta allows; null lifts a limit.
  public record Limits(@Nullable Integer messagesPerSecond, @Nullable RecipientLimit recipient) {}

  /// So many messages at once to one person, then one per interval.
  public record RecipientLimit(int burst, Duration interval) {}

  /// Meta's limits, quick receipts, nothing lost.
  public static Behaviour standard() {
    return new Behaviour(
        new Answers(new Range(0, 0), 0, null),
        new Receipts(new Range(50, 500), 0, false, true, 50),
        new Limits(80, new RecipientLimit(45, Duration.ofSeconds(6))));
  }
}
