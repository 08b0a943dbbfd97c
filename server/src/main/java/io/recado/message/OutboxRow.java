package io.recado.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The durable mark that a message is still to be handed over.
///
/// @param previousSeq the outbound message before it in its conversation; 0 when it is the first
/// @param attempt the number of the last attempt started; 0 when none was. The fence: what an older
///   attempt learns is evidence, not a status
/// @param spent how many attempts count against the retry schedule
/// @param throttled how often in a row it was throttled
/// @param dueTime when it may next be tried, or when its doubt is decided
/// @param attemptTime when the attempt in flight was started; null when none is
/// @param expireTime when it is given up
/// @param waitReason why it waits, for its timeline; null when it only waits for its turn
/// @param priority as it was accepted, but for a fallback that is sent after all
/// @param piece of those that its content needs, the first that is not known to be sent; from 0
public record OutboxRow(
    long previousSeq,
    State state,
    int attempt,
    int spent,
    int throttled,
    Instant dueTime,
    @Nullable Instant attemptTime,
    Instant expireTime,
    @Nullable String waitReason,
    Priority priority,
    int piece) {

  /// A row for a message that was just accepted.
  public static OutboxRow first(
      long previousSeq, Instant now, Instant expireTime, Priority priority) {
    return new OutboxRow(
        previousSeq, State.WAITING, 0, 0, 0, now, null, expireTime, null, priority, 0);
  }

  /// A row for a message whose time has not come.
  public static OutboxRow scheduled(Instant sendTime, Instant expireTime, Priority priority) {
    return new OutboxRow(
        0, State.SCHEDULED, 0, 0, 0, sendTime, null, expireTime, null, priority, 0);
  }

  /// The time of a scheduled message has come: it waits behind what was accepted before.
  OutboxRow released(long previous, Instant now) {
    return new OutboxRow(
        previous,
        State.WAITING,
        attempt,
        spent,
        throttled,
        now,
        null,
        expireTime,
        null,
        priority,
        piece);
  }

  /// A row for a message that had left the outbox and is sent once more, with other content. Waits
  /// for nobody; urgent, so that a restart finds it before whatever was accepted after it.
  public static OutboxRow again(int lastAttempt, Instant now, Instant expireTime) {
    return new OutboxRow(
        0, State.WAITING, lastAttempt, 0, 0, now, null, expireTime, null, Priority.HIGH, 0);
  }

  /// The next attempt has started.
  public OutboxRow started(Instant now) {
    return new OutboxRow(
        previousSeq,
        State.IN_FLIGHT,
        attempt + 1,
        spent,
        throttled,
        now,
        now,
        expireTime,
        null,
        priority,
        piece);
  }

  /// Waits for its next attempt.
  public OutboxRow waiting(int nowSpent, int nowThrottled, Instant due, @Nullable String reason) {
    return new OutboxRow(
        previousSeq,
        State.WAITING,
        attempt,
        nowSpent,
        nowThrottled,
        due,
        null,
        expireTime,
        reason,
        priority,
        piece);
  }

  /// The same with another due time.
  public OutboxRow due(Instant due) {
    return due.equals(dueTime)
        ? this
        : new OutboxRow(
            previousSeq,
            state,
            attempt,
            spent,
            throttled,
            due,
            attemptTime,
            expireTime,
            waitReason,
            priority,
            piece);
  }

  /// A piece is with the provider; the next is due at once.
  public OutboxRow nextPiece(Instant now) {
    return new OutboxRow(
        previousSeq,
        State.WAITING,
        attempt,
        0,
        0,
        now,
        null,
        expireTime,
        null,
        priority,
        piece + 1);
  }

  /// Waits for a receipt, at the latest until `decision`.
  public OutboxRow awaitingReceipt(State state, Instant decision) {
    return new OutboxRow(
        previousSeq,
        state,
        attempt,
        spent,
        throttled,
        decision,
        attemptTime,
        expireTime,
        null,
        priority,
        piece);
  }

  /// What the row stands for.
  public enum State {
    /// To be sent, in its turn.
    WAITING,
    /// To be sent once its time has come; nobody waits for it before.
    SCHEDULED,
    /// An attempt was started and nothing is known of it yet.
    IN_FLIGHT,
    /// It may have been accepted: the answer was lost.
    IN_DOUBT,
    /// Accepted, but the provider holds it back for now.
    HELD
  }
}
