package io.recado.emulator.behaviour;

import io.recado.emulator.graph.Json;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A behaviour as JSON, and changes to it. Every refusal is an [IllegalArgumentException] with a
/// sentence.
public final class BehaviourJson {
  private static final Set<String> LIFTED_BY_NULL =
      Set.of("failWith", "messagesPerSecond", "recipientLimit");
  private static final long MAX_MILLIS = 3_600_000;
  private static final int MAX_BATCH = 1_000;
  private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");

  private BehaviourJson() {}

  /// `current` with the fields of `change` in place of its own. A null lifts a limit or brings back
  /// the default.
  public static Behaviour change(Behaviour current, ObjectNode change) {
    ObjectNode all = write(current);
    ObjectNode standard = write(Behaviour.standard());
    for (var field : change.properties()) {
      String name = field.getKey();
      if (!all.has(name)) {
        throw new IllegalArgumentException(
            "behaviour has no field \""
                + name
                + "\"; it has "
                + String.join(", ", all.propertyNames())
                + ".");
      }
      boolean reset = field.getValue().isNull() && !LIFTED_BY_NULL.contains(name);
      all.set(name, reset ? standard.get(name) : field.getValue());
    }
    return read(all);
  }

  public static ObjectNode write(Behaviour behaviour) {
    ObjectNode json = Json.object();
    writeRange(json, "latencyMillis", behaviour.answers().latency());
    writeRange(json, "receiptDelayMillis", behaviour.receipts().delay());
    json.put("duplicateReceipts", behaviour.receipts().duplicates());
    json.put("shuffleReceipts", behaviour.receipts().shuffled());
    json.put("loseAnswers", behaviour.answers().loseAnswers());
    Behaviour.Failure failure = behaviour.answers().failWith();
    json.set(
        "failWith",
        failure == null
            ? null
            : Json.object().put("code", failure.code()).put("rate", failure.rate()));
    json.put("batchCallbacks", behaviour.receipts().batch());
    json.put("messagesPerSecond", behaviour.limits().messagesPerSecond());
    Behaviour.RecipientLimit limit = behaviour.limits().recipient();
    json.set(
        "recipientLimit",
        limit == null
            ? null
            : Json.object()
                .put("burst", limit.burst())
                .put("interval", limit.interval().toMillis() + "ms"));
    json.put("sendRead", behaviour.receipts().read());
    return json;
  }

  private static void writeRange(ObjectNode json, String name, Range range) {
    json.putArray(name).add(range.min()).add(range.max());
  }

  private static Behaviour read(ObjectNode json) {
    return new Behaviour(
        new Behaviour.Answers(
            range(json, "latencyMillis"), rate(json, "loseAnswers"), failure(json.get("failWith"))),
        new Behaviour.Receipts(
            range(json, "receiptDelayMillis"),
            rate(json, "duplicateReceipts"),
            bool(json, "shuffleReceipts"),
            bool(json, "sendRead"),
            whole(json, "batchCallbacks", 1, MAX_BATCH)),
        new Behaviour.Limits(
            json.get("messagesPerSecond").isNull()
                ? null
                : whole(json, "messagesPerSecond", 1, 1_000_000),
            recipientLimit(json.get("recipientLimit"))));
  }

  private static Range range(ObjectNode json, String name) {
    JsonNode node = json.get(name);
    boolean pair =
        node.isArray()
            && node.size() == 2
            && node.get(0).isIntegralNumber()
            && node.get(1).isIntegralNumber();
    if (pair && node.get(0).canConvertToLong() && node.get(1).canConvertToLong()) {
      Range range = new Range(node.get(0).longValue(), node.get(1).longValue());
      if (range.min() >= 0 && range.min() <= range.max() && range.max() <= MAX_MILLIS) {
        return range;
      }
    }
    throw wrong(name, "two whole numbers of milliseconds, [min, max], from 0 to " + MAX_MILLIS);
  }

  private static double rate(JsonNode json, String name) {
    JsonNode node = json.path(name);
    if (!node.isNumber() || !(node.doubleValue() >= 0 && node.doubleValue() <= 1)) {
      throw wrong(name, "a number from 0 to 1");
    }
    return node.doubleValue();
  }

  private static boolean bool(ObjectNode json, String name) {
    if (!json.get(name).isBoolean()) {
      throw wrong(name, "true or false");
    }
    return json.get(name).booleanValue();
  }

  private static int whole(JsonNode json, String name, int min, int max) {
    JsonNode node = json.path(name);
    if (!node.isIntegralNumber()
        || !node.canConvertToInt()
        || node.intValue() < min
        || node.intValue() > max) {
      throw wrong(name, "a whole number from " + min + " to " + max);
    }
    return node.intValue();
  }

  private static Behaviour.@Nullable Failure failure(JsonNode node) {
    if (node.isNull()) {
      return null;
    }
    requireFields(node, "failWith", Set.of("code", "rate"));
    return new Behaviour.Failure(whole(node, "code", 0, 9_999_999), rate(node, "rate"));
  }

  private static Behaviour.@Nullable RecipientLimit recipientLimit(JsonNode node) {
    if (node.isNull()) {
      return null;
    }
    requireFields(node, "recipientLimit", Set.of("burst", "interval"));
    return new Behaviour.RecipientLimit(
        whole(node, "burst", 1, 1_000_000), interval(node.path("interval").asString("")));
  }

  private static void requireFields(JsonNode node, String name, Set<String> fields) {
    if (!node.isObject() || !Set.copyOf(node.propertyNames()).equals(fields)) {
      throw wrong(
          name,
          "null or an object with " + String.join(" and ", fields.stream().sorted().toList()));
    }
  }

  private static Duration interval(String text) {
    try {
      Matcher match = SHORT_DURATION.matcher(text);
      Duration interval = match.matches() ? shortDuration(match) : Duration.parse(text);
      if (interval.toMillis() >= 1 && interval.toDays() <= 1) {
        return interval;
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      // Answered below with what is right.
    }
    throw wrong("interval", "a duration such as \"6s\", \"500ms\" or \"PT6S\", at most a day");
  }

  private static Duration shortDuration(Matcher match) {
    long amount = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMinutes(amount);
    };
  }

  private static IllegalArgumentException wrong(String name, String right) {
    return new IllegalArgumentException(name + " must be " + right + ".");
  }
}
