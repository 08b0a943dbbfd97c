package io.recado.flow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes requests worse: values of other types, at and beyond limits, missing, unknown, and text
/// that no parser likes. Everything comes from the generator that it is given.
final class RequestMutator {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-1",
          "1",
          "1e400",
          "-1e-400",
          "9223372036854775808",
          "1.5",
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "{\"\": null}",
          "\"\"",
          "\" \"",
          "\"0\"",
          "\"null\"",
          "\"0s\"",
          "\"-1s\"",
          "\"999999999s\"",
          "\"2126-13-01T00:00:00Z\"",
          "\"+999999999-01-01T00:00:00Z\"",
          "\"0000-01-01T00:00:00Z\"",
          "\"+573193210329\"",
          "\"+0\"",
          "\"channels/0123456789abcdef01234567\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\u202e\\u2066\\ufeff\"",
          "\"' OR 1=1 --\"",
          "\"{{1}}\"",
          "\"%00%ff\"",
          "\"a\\nb\\tc\"",
          "\"😀👩‍👩‍👧‍👦ñ漢\"",
          "\"../../etc\"",
          "\"<script>\"",
          "\"${jndi:x}\"",
          "\"ACTIVE\"",
          "\"OPERATOR\"");
  private static final List<String> QUERY =
      List.of(
          "",
          "null",
          "0",
          "1",
          "100",
          "101",
          "-1",
          "9999999999999999999999",
          "%00",
          "%ff",
          "%F0%9F%98%80",
          "a%22%20OR%20%22b",
          "%28%28%28%28%28%28%28",
          "x%20%3D%20%22y%22",
          "unread%20%3D%20true",
          "status%20%3D%20%22APPROVED%22",
          "*",
          "displayName",
          "a.b.c,",
          "state%20%3D%20%22OPEN%22%20AND%20NOT%20labels%20%3A%20%22vip%22",
          "updateTime%20%3E%20%222026-01-01T00%3A00%3A00Z%22",
          "-state%3A%2A",
          "name%20%3D%20%22x%2A%22");
  private static final List<String> IDS =
      List.of(
          "0123456789abcdef01234567",
          "0123456789ABCDEF01234567",
          "x",
          "%00",
          "%2e%2e",
          "%ff",
          "%2F",
          "ffffffffffffffffffffffff",
          "000000000000000000000000",
          "0123456789abcdef012345678");

  private final RandomGenerator random;

  RequestMutator(RandomGenerator random) {
    this.random = random;
  }

  /// A value of a query parameter, percent-encoded more or less.
  String query() {
    return random.nextInt(20) == 0 ? "x".repeat(random.nextInt(3_000)) : pick(QUERY);
  }

  /// Something in place of an id.
  String id() {
    return pick(IDS);
  }

  /// A body made from one that is right.
  byte[] body(JsonNode example) {
    JsonNode body = example.deepCopy();
    int changes = random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      change(body);
    }
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    return random.nextInt(12) == 0 ? damaged(bytes) : bytes;
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private void change(JsonNode body) {
    List<JsonNode> containers = new ArrayList<>();
    collect(body, containers);
    if (containers.isEmpty()) {
      return;
    }
    switch (pick(containers)) {
      case ObjectNode object -> change(object);
      case ArrayNode array -> change(array);
      default -> throw new AssertionError("no container");
    }
  }

  private void change(ObjectNode object) {
    List<String> names = List.copyOf(object.propertyNames());
    String name = names.isEmpty() || random.nextInt(6) == 0 ? pick(unknown()) : pick(names);
    switch (random.nextInt(4)) {
      case 0 -> object.remove(name);
      case 1 -> object.put(name, huge());
      default -> object.set(name, value());
    }
  }

  private void change(ArrayNode array) {
    switch (random.nextInt(3)) {
      case 0 -> array.removeAll();
      case 1 -> {
        for (int i = random.nextInt(200); i > 0; i--) {
          array.add(value());
        }
      }
      default -> array.add(array.isEmpty() ? value() : array.get(0).deepCopy());
    }
  }

  private static List<String> unknown() {
    return List.of(
        "name", "createTime", "state", "text", "template", "extra", "", "é", "__proto__");
  }

  private JsonNode value() {
    return JSON.readTree(pick(VALUES));
  }

  private String huge() {
    List<String> letters = List.of("x", "ñ", "😀", " ", "\\", "\"", "\u0007");
    return pick(letters)
        .repeat(pick(List.of(1, 39, 40, 41, 63, 64, 512, 513, 4_096, 4_097, 70_000)));
  }

  private byte[] damaged(byte[] bytes) {
    byte[] damaged = bytes.clone();
    for (int i = random.nextInt(3); i >= 0 && damaged.length > 0; i--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
    }
    return random.nextBoolean()
        ? damaged
        : Arrays.copyOf(damaged, random.nextInt(damaged.length + 1));
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainer()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }
}
