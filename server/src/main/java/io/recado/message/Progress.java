package io.recado.message;

import io.recado.connector.Reason;
import io.recado.event.EventType;
import io.recado.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message's status with the time of each step, by our clock. Pure: the only place where a status
/// is changed.
///
/// The status only moves up this ladder: SENDING, FAILED as `OUTCOME_UNKNOWN`, SENT, FAILED for any
/// other reason, DELIVERED, READ. So a late, repeated or disordered receipt changes nothing, and
/// proof of delivery corrects a failure.
///
/// @param updateTime when anything here last changed
/// @param failure null unless the status is FAILED
/// @param failedTime stays when a failure is corrected
public record Progress(
    MessageStatus status,
    @Nullable Failure failure,
    Instant updateTime,
    @Nullable Instant sentTime,
    @Nullable Instant deliveredTime,
    @Nullable Instant readTime,
    @Nullable Instant failedTime) {

  /// How a message begins.
  public static Progress begin(MessageStatus status, Instant now) {
    Instant delivered = status == MessageStatus.DELIVERED ? now : null;
    return new Progress(status, null, now, null, delivered, null, null);
  }

  /// The steps that lead to what is reported, each with the state after it; none when the message
  /// is there or further already.
  ///
  /// A report that proves skipped steps brings them first, in order. No step is told twice, and
  /// none is earlier than the one before it, whatever the clock says.
  ///
  /// @param reported anything but SENDING
  /// @param cause why it failed; null unless FAILED is reported
  public List<Step> report(MessageStatus reported, @Nullable Failure cause, Instant now) {
    if (rank(reported, cause) <= rank(status, failure)) {
      return List.of();
    }
    Instant time = now.isBefore(updateTime) ? updateTime : now;
    return reported == MessageStatus.FAILED
        ? List.of(new Step(EventType.MESSAGE_FAILED, failed(cause, time)))
        : succeed(reported, time);
  }

  private Progress failed(@Nullable Failure cause, Instant time) {
    Instant first = failedTime == null ? time : failedTime;
    return new Progress(
        MessageStatus.FAILED, cause, time, sentTime, deliveredTime, readTime, first);
  }

  private List<Step> succeed(MessageStatus reported, Instant time) {
    List<Step> steps = new ArrayList<>(3);
    Progress progress = this;
    if (sentTime == null) {
      progress = progress.with(MessageStatus.SENT, time);
      steps.add(new Step(EventType.MESSAGE_SENT, progress));
    }
    if (reported != MessageStatus.SENT && deliveredTime == null) {
      progress = progress.with(MessageStatus.DELIVERED, time);
      steps.add(new Step(EventType.MESSAGE_DELIVERED, progress));
    }
    if (reported == MessageStatus.READ) {
      progress = progress.with(MessageStatus.READ, time);
      steps.add(new Step(EventType.MESSAGE_READ, progress));
    }
    return steps;
  }

  /// The fields of the API that tell the progress.
  public JsonObject.Builder addTo(JsonObject.Builder json) {
    return json.with("status", status.name())
        .with("updateTime", updateTime.toString())
        .with("sentTime", text(sentTime))
        .with("deliveredTime", text(deliveredTime))
        .with("readTime", text(readTime))
        .with("failedTime", text(failedTime))
        .with("error", failure == null ? null : failure.toJson());
  }

  private Progress with(MessageStatus next, Instant now) {
    return new Progress(
        next,
        null,
        now,
        next == MessageStatus.SENT ? now : sentTime,
        next == MessageStatus.DELIVERED ? now : deliveredTime,
        next == MessageStatus.READ ? now : readTime,
        failedTime);
  }

  private static int rank(MessageStatus status, @Nullable Failure failure) {
    return switch (status) {
      case SENDING -> 0;
      case FAILED -> failure != null && failure.reason() == Reason.OUTCOME_UNKNOWN ? 1 : 3;
      case SENT -> 2;
      case DELIVERED -> 4;
      case READ -> 5;
    };
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  /// One step: what is told, and the state after it.
  public record Step(EventType type, Progress progress) {}
}
