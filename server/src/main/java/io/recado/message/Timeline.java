package io.recado.message;

import io.recado.access.AuditEntry;
import io.recado.access.AuditStore;
import io.recado.channel.Channel;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.journal.Reads;
import io.recado.json.JsonObject;
import io.recado.message.Attempts.Attempt;
import io.recado.message.Receipts.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A message explains itself: what happened to it, in order, and why it waits, in plain sentences.
final class Timeline {

  private static final int MOST_ACTIONS = 100;

  private final List<Step> steps = new ArrayList<>();

  private Timeline() {}

  /// @param name the message's resource name
  /// @param more steps that others know of
  static JsonObject of(
      Reads reads,
      Message message,
      String name,
      Channel channel,
      Instant now,
      List<JsonObject> more) {
    var timeline = new Timeline();
    timeline.begin(message, resent(reads, message, name));
    List<AuditEntry> actions = AuditStore.of(reads, message.workspace(), name, MOST_ACTIONS);
    actions.forEach(timeline::action);
    Attempts.of(reads, message.workspace(), message.id()).forEach(timeline::attempt);
    List<Receipt> receipts = Receipts.of(reads, message.workspace(), message.id());
    receipts.forEach(timeline::receipt);
    timeline.failure(message, receipts);
    more.forEach(
        step ->
            timeline.steps.add(new Step(Instant.parse(step.string("time").orElseThrow()), step)));
    Outbox.find(reads, message.workspace(), message.channel(), message.id())
        .ifPresent(
            row -> timeline.waiting(message, row, Waiting.of(reads, message, row, channel, now)));
    return timeline.toJson();
  }

  /// Which message it sends again, and for whom; empty when none.
  private static String resent(Reads reads, Message message, String name) {
    if (message.resendOf() == null) {
      return "";
    }
    String old = name.substring(0, name.lastIndexOf('/') + 1) + message.resendOf();
    return AuditStore.of(reads, message.workspace(), old, MOST_ACTIONS).stream()
        .filter(entry -> entry.details().string("message").filter(name::equals).isPresent())
        .map(entry -> " It sends %s again, for %s.".formatted(old, entry.actor()))
        .findFirst()
        .orElse(" It sends " + old + " again.");
  }

  private void begin(Message message, String resent) {
    if (message.direction() == Message.Direction.INBOUND) {
      add(message.createTime(), "RECEIVED", "Received from the person and stored.");
      if (message.progress().readTime() != null) {
        add(message.progress().readTime(), "STATUS", "Marked read by us.", "status", "READ");
      }
      return;
    }
    add(
        message.createTime(),
        "ACCEPTED",
        "Accepted: it is on disk and will be handed over"
            + (message.sendTime() == null ? "" : " from " + message.sendTime() + " on")
            + ", or fail with a reason by "
            + message.expireTime()
            + "."
            + resent);
  }

  private void attempt(Attempt attempt) {
    ProviderAnswer answer = attempt.answer();
    long millis = Duration.between(attempt.startTime(), attempt.endTime()).toMillis();
    JsonObject.Builder json =
        step(attempt.startTime(), "ATTEMPT", sentence(attempt))
            .with("attempt", attempt.number())
            .with("piece", attempt.piece())
            .with("outcome", attempt.outcome().name())
            .with("reason", attempt.reason() == null ? null : attempt.reason().name())
            .with("providerStatus", answer.httpStatus() == 0 ? null : answer.httpStatus())
            .with("providerCode", answer.code())
            .with("providerMessage", answer.message())
            .with("latencyMillis", millis);
    steps.add(new Step(attempt.startTime(), json.build()));
  }

  private static String sentence(Attempt attempt) {
    String what =
        switch (attempt.outcome()) {
          case ACCEPTED -> "the provider accepted it.";
          case HELD -> "the provider took it, but holds it back for now.";
          case REFUSED -> "the provider refused it for good: " + words(attempt.reason());
          case RETRY_LATER -> "it was not accepted: " + words(attempt.reason());
          case THROTTLED -> "the provider wants fewer messages for now.";
          case CHANNEL_BROKEN -> "the channel cannot send: " + words(attempt.reason());
          case IN_DOUBT ->
              "its answer was lost, so it may have been accepted; it is not repeated blindly.";
        };
    return "Attempt " + attempt.number() + ": " + what;
  }

  /// What somebody did about it.
  private void action(AuditEntry entry) {
    MessageAction action = MessageAction.of(entry.action()).orElse(null);
    if (action == null) {
      return;
    }
    String other = entry.details().string("message").orElse(null);
    String what =
        switch (action) {
          case CANCEL -> "Taken back by %s, before it had left.".formatted(entry.actor());
          case GIVE_UP -> "Given up by %s, %s.".formatted(entry.actor(), stateWords(entry));
          case RESEND -> "Sent again by %s, as %s.".formatted(entry.actor(), other);
        };
    steps.add(
        new Step(
            entry.time(),
            step(entry.time(), "ACTION", what)
                .with("action", entry.action())
                .with("actor", entry.actor())
                .with("message", other)
                .build()));
  }

  private static String stateWords(AuditEntry entry) {
    return switch (entry.details().string("queueState").orElse("")) {
      case "IN_DOUBT" -> "while it was in doubt";
      case "HELD" -> "while the provider held it back";
      case "SCHEDULED" -> "before its time had come";
      default -> "while it waited";
    };
  }

  private void receipt(Receipt receipt) {
    String what =
        switch (receipt.status()) {
          case SENT -> "The provider reports that it left its servers.";
          case DELIVERED -> "The provider reports that it is on the person's device.";
          case READ -> "The provider reports that the person has seen it.";
          case FAILED ->
              "The provider reports that it failed: "
                  + words(receipt.failure() == null ? null : receipt.failure().reason());
        };
    JsonObject.Builder json =
        step(receipt.time(), "RECEIPT", what)
            .with("status", receipt.status().name())
            .with("providerTime", receipt.providerTime().toString());
    if (receipt.failure() != null) {
      json.with("providerCode", receipt.failure().answer().code())
          .with("providerMessage", receipt.failure().answer().message());
    }
    steps.add(new Step(receipt.time(), json.build()));
  }

  /// A failure that no receipt told.
  private void failure(Message message, List<Receipt> receipts) {
    Failure failure = message.progress().failure();
    boolean isTold = receipts.stream().anyMatch(receipt -> receipt.failure() != null);
    boolean isAction = failure != null && failure.reason() == Reason.CANCELLED;
    if (failure != null && !isTold && !isAction) {
      add(
          message.progress().updateTime(),
          "STATUS",
          "Given up: " + words(failure.reason()) + " " + failure.reason().remedy(),
          "status",
          "FAILED");
    }
  }

  private void waiting(Message message, OutboxRow row, Waiting waiting) {
    Instant time = row.attemptTime() == null ? message.progress().updateTime() : row.attemptTime();
    steps.add(
        new Step(
            Instant.MAX,
            step(time, "WAITING", waiting.sentence())
                .with("expireTime", row.expireTime().toString())
                .build()));
  }

  private static String words(Reason reason) {
    return reason == null ? "it did not say why." : reason.sentence();
  }

  private void add(Instant time, String kind, String text, String... more) {
    JsonObject.Builder json = step(time, kind, text);
    for (int i = 0; i < more.length; i += 2) {
      json.with(more[i], more[i + 1]);
    }
    steps.add(new Step(time, json.build()));
  }

  private static JsonObject.Builder step(Instant time, String kind, String text) {
    return JsonObject.builder().with("time", time.toString()).with("kind", kind).with("text", text);
  }

  private JsonObject toJson() {
    List<JsonObject> inOrder =
        steps.stream().sorted(Comparator.comparing(Step::time)).map(Step::json).toList();
    return JsonObject.builder().with("steps", inOrder).build();
  }

  private record Step(Instant time, JsonObject json) {}
}
