package io.recado.channel;

import io.recado.channel.Channel.InDoubt;
import io.recado.channel.Channel.Limits;
import io.recado.channel.Channel.Problem;
import io.recado.channel.Channel.RecipientLimit;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The JSON columns of a channel's row; durations and times in milliseconds.
final class StoredJson {

  private StoredJson() {}

  static JsonObject read(String text) {
    return Json.readStored(text);
  }

  static String of(Limits limits) {
    RecipientLimit recipient = limits.recipient();
    return Json.text(
        JsonObject.builder()
            .with("messagesPerSecond", limits.messagesPerSecond())
            .with("recipientBurst", recipient == null ? null : recipient.burst())
            .with("recipientInterval", recipient == null ? null : recipient.interval().toMillis())
            .build());
  }

  static Limits limits(String text) {
    JsonObject json = read(text);
    return new Limits(
        json.number("messagesPerSecond").map(Long::intValue).orElse(null),
        json.number("recipientBurst")
            .map(burst -> new RecipientLimit(burst.intValue(), millis(json, "recipientInterval")))
            .orElse(null));
  }

  static String of(InDoubt inDoubt) {
    return Json.text(
        JsonObject.builder()
            .with("policy", inDoubt.policy().name())
            .with("window", inDoubt.window().toMillis())
            .with("laneHold", inDoubt.laneHold().toMillis())
            .build());
  }

  static InDoubt inDoubt(String text) {
    JsonObject json = read(text);
    return new InDoubt(
        json.string("policy").map(InDoubt.Policy::valueOf).orElse(InDoubt.Policy.FAIL),
        millis(json, "window"),
        millis(json, "laneHold"));
  }

  static String of(List<Problem> problems) {
    return Json.text(
        JsonObject.builder()
            .with("problems", problems.stream().map(StoredJson::problem).toList())
            .build());
  }

  static List<Problem> problems(String text) {
    return read(text).objects("problems").stream().map(StoredJson::problem).toList();
  }

  private static JsonObject problem(Problem problem) {
    return JsonObject.builder()
        .with("reason", problem.reason().name())
        .with("httpStatus", problem.answer().httpStatus())
        .with("code", problem.answer().code())
        .with("message", problem.answer().message())
        .with("sinceTime", problem.sinceTime().toEpochMilli())
        .with("stopsSending", problem.stopsSending())
        .build();
  }

  private static Problem problem(JsonObject json) {
    return new Problem(
        json.string("reason").map(Reason::valueOf).orElse(Reason.INTERNAL_FAULT),
        new ProviderAnswer(
            json.number("httpStatus").orElse(0L).intValue(),
            json.string("code").orElse(null),
            json.string("message").orElse(null)),
        Instant.ofEpochMilli(json.number("sinceTime").orElse(0L)),
        json.isTrue("stopsSending"));
  }

  private static Duration millis(JsonObject json, String name) {
    return Duration.ofMillis(json.number(name).orElse(0L));
  }
}
