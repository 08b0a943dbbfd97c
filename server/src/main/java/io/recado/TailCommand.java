package io.recado;

import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `tail`: prints events as they happen, a line each.
final class TailCommand {

  private static final int MOST_TEXT = 60;

  /// Holds emoji together; other invisible characters may turn the line around.
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private final EventFollower follower;
  private final PrintStream out;
  private final boolean isJson;
  private final DateTimeFormatter times;

  /// @param isJson prints events as the API gives them
  /// @param zone of the times that people read
  TailCommand(EventFollower follower, PrintStream out, boolean isJson, ZoneId zone) {
    this.follower = follower;
    this.out = out;
    this.isJson = isJson;
    this.times = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(zone);
  }

  /// Prints until the process ends.
  ///
  /// @throws CommandFailed when the server is not there or refuses
  void run() throws InterruptedException {
    follower.follow(
        event -> {
          out.println(
              isJson
                  ? event.json()
                  : line(Json.readObject(event.json().getBytes(StandardCharsets.UTF_8))));
          out.flush();
        });
  }

  private String line(JsonObject event) {
    String time = times.format(Instant.parse(event.string("timestamp").orElseThrow()));
    String type = event.string("type").orElseThrow();
    JsonObject data = event.object("data").orElseThrow();
    // Exactly one of these.
    String told =
        Stream.of(
                data.object("message").map(TailCommand::message),
                data.object("conversation").map(TailCommand::conversation),
                data.object("channel").map(TailCommand::channel),
                data.object("template").map(TailCommand::template),
                data.object("webhookEndpoint").map(endpoint -> shown(endpoint, "name")))
            .flatMap(Optional::stream)
            .findFirst()
            .orElse("");
    return "%s  %-21s  %s".formatted(time, type, told);
  }

  private static String message(JsonObject message) {
    String arrow = message.string("direction").orElse("").equals("INBOUND") ? "←" : "→";
    return words(
        arrow,
        shown(message, "status"),
        content(message),
        message.object("error").map(error -> shown(error, "reason")).orElse(""),
        shown(message, "name"));
  }

  private static String content(JsonObject message) {
    return message
        .string("text")
        .map(TailCommand::quoted)
        .or(() -> message.object("template").map(template -> "template " + shown(template, "name")))
        .orElse("");
  }

  private static String conversation(JsonObject conversation) {
    JsonObject contact = conversation.object("contact").orElse(JsonObject.empty());
    return words(
        shown(conversation, "state"),
        contact.string("displayName").map(TailCommand::quoted).orElse(""),
        shown(contact, "phoneNumber"),
        shown(conversation, "name"));
  }

  private static String channel(JsonObject channel) {
    return words(
        channel.string("deleteTime").isPresent() ? "DELETED" : shown(channel, "state"),
        channel.object("health").map(health -> shown(health, "status")).orElse(""),
        channel.string("displayName").map(TailCommand::quoted).orElse(""),
        shown(channel, "name"));
  }

  private static String template(JsonObject template) {
    return words(
        shown(template, "status"),
        shown(template, "name"),
        shown(template, "language"),
        shown(template, "channel"));
  }

  private static String words(String... words) {
    return Stream.of(words).filter(word -> !word.isEmpty()).collect(Collectors.joining(" "));
  }

  private static String shown(JsonObject json, String field) {
    return printable(json.string(field).orElse(""));
  }

  private static String quoted(String text) {
    int end =
        text.offsetByCodePoints(0, Math.min(MOST_TEXT, text.codePointCount(0, text.length())));
    return "\"" + printable(text.substring(0, end)) + (end < text.length() ? "…\"" : "\"");
  }

  /// What a stranger wrote must not speak to the terminal.
  private static String printable(String text) {
    return text.codePoints()
        .mapToObj(c -> Character.isISOControl(c) || isFormat(c) ? "·" : Character.toString(c))
        .collect(Collectors.joining());
  }

  private static boolean isFormat(int c) {
    return Character.getType(c) == Character.FORMAT && c != ZERO_WIDTH_JOINER;
  }
}
