package io.recado.message;

import io.recado.channel.Channel;
import io.recado.channel.Channel.InDoubt;
import io.recado.channel.Channel.InDoubt.Policy;
import io.recado.connector.Reason;
import io.recado.journal.Reads;
import io.recado.message.WaitStore.Ahead;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why a message is not settled yet, in a plain sentence.
///
/// @param throttled until when the provider wants fewer messages from the channel; null when it
///   does not say so
record Waiting(
    OutboxRow row, Channel channel, Ahead ahead, @Nullable Instant throttled, Instant now) {

  static Waiting of(Reads reads, Message message, OutboxRow row, Channel channel, Instant now) {
    return new Waiting(
        row,
        channel,
        WaitStore.ahead(reads, message),
        WaitStore.throttledUntil(reads, channel.workspace(), channel.key(), now),
        now);
  }

  String sentence() {
    return switch (row.state()) {
      case IN_FLIGHT -> "Attempt " + row.attempt() + " is under way.";
      case IN_DOUBT ->
          "In doubt until %s: waiting for a receipt. Without one it %s then."
              .formatted(
                  row.dueTime(),
                  channel.inDoubt().policy() == Policy.RESEND
                      ? "is sent again"
                      : "fails as OUTCOME_UNKNOWN");
      case HELD -> "The provider holds it back; waiting for a receipt until " + row.dueTime() + ".";
      case SCHEDULED -> "Scheduled for " + row.dueTime() + ".";
      case WAITING -> sentInPart() + toBeSent();
    };
  }

  private String sentInPart() {
    return switch (row.piece()) {
      case 0 -> "";
      case 1 -> "Its first piece is with the provider. ";
      default -> "Its first %d pieces are with the provider. ".formatted(row.piece());
    };
  }

  private String toBeSent() {
    if (channel.state() != Channel.State.ACTIVE) {
      return "The channel is %s; it is sent when the channel is resumed."
          .formatted(channel.state().name().toLowerCase(Locale.ROOT));
    }
    if (channel.broken().isPresent()) {
      Channel.Problem problem = channel.broken().get();
      return "The channel cannot send since %s: %s %s"
          .formatted(problem.sinceTime(), problem.reason().sentence(), problem.reason().remedy());
    }
    if (row.waitReason() != null && row.dueTime().isAfter(now)) {
      return until(Reason.valueOf(row.waitReason()));
    }
    if (ahead.messages() > 0) {
      return "Behind %d earlier message%s."
          .formatted(ahead.messages(), ahead.messages() == 1 ? "" : "s");
    }
    Instant held = heldUntil();
    if (held != null) {
      return held.equals(Instant.MAX)
          ? "Behind a message in doubt, which may have to be sent again first."
          : "Behind a message in doubt, which holds the conversation until " + held + ".";
    }
    return inTurn();
  }

  private String until(Reason reason) {
    return switch (reason) {
      case THROTTLED ->
          "The channel is throttled by the provider until %s; then it is tried again."
              .formatted(row.dueTime());
      case RECIPIENT_BUSY ->
          "Too many messages went to this person in a short time; it is sent at %s."
              .formatted(row.dueTime());
      default -> "Tried again at %s: %s".formatted(row.dueTime(), reason.sentence());
    };
  }

  private String inTurn() {
    if (throttled != null) {
      return "The provider wants fewer messages from this channel, at least until %s; it is sent in its turn."
          .formatted(throttled);
    }
    if (row.waitReason() != null) {
      return "Tried again in its turn: " + Reason.valueOf(row.waitReason()).sentence();
    }
    Integer rate = channel.limits().messagesPerSecond();
    return rate == null
        ? "Waits for its turn."
        : "Waits for its turn; the channel starts at most %d a second.".formatted(rate);
  }

  /// Until when a doubt before it holds the conversation; null when none does, [Instant#MAX] when
  /// that does not end by the passing of time.
  private @Nullable Instant heldUntil() {
    InDoubt policy = channel.inDoubt();
    if (ahead.doubt() == null) {
      return null;
    }
    if (policy.policy() == Policy.RESEND) {
      return Instant.MAX;
    }
    Instant until = ahead.doubt().minus(policy.window()).plus(policy.laneHold());
    return until.isAfter(now) ? until : null;
  }
}
