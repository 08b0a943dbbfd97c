package io.recado.http.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.recado.http.Requests;
import io.recado.http.TestApi;
import io.recado.journal.IdempotencyKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyTest {

  private static final String BODY =
      "{\"to\": \"+1\", \"text\": \"x\", \"n\": {\"a\": 1, \"b\": [1.50]}}";

  private static IdempotencyKey key(String header, String body) {
    return key(1, TestApi.CHANNEL, Map.of(), List.of(header), body);
  }

  private static IdempotencyKey key(
      long workspace,
      String channel,
      Map<String, String> query,
      List<String> headers,
      String body) {
    return Idempotency.keyOf(Requests.post(workspace, channel, query, headers, body)).orElseThrow();
  }

  @Test
  void aRequestWithoutAKeyHasNone() {
    assertThat(Idempotency.keyOf(Requests.post(1, TestApi.CHANNEL, Map.of(), List.of(), BODY)))
        .isEmpty();
  }

  @Test
  void quotedAndBareAndTheParameterAreOneKey() {
    IdempotencyKey bare = key("abc-1", BODY);
    assertThat(key("\"abc-1\"", BODY)).isEqualTo(bare).hasSameHashCodeAs(bare);
    assertThat(key(1, TestApi.CHANNEL, Map.of("requestId", "abc-1"), List.of(), BODY))
        .isEqualTo(bare);
    assertThat(key(1, TestApi.CHANNEL, Map.of("requestId", "abc-1"), List.of("abc-1"), BODY))
        .isEqualTo(bare);
    assertThat(key("\"a\\\\b\"", BODY)).isEqualTo(key("a\\b", BODY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\"\"",
        "a b",
        "é",
        "\"abc",
        "\"a\"b",
        "\"a\"; p=1",
        "\"a\\x\"",
        "\"",
        "a\tb"
      })
  void aKeyOfAnotherFormIsRefused(String header) {
    assertInvalid(Map.of(), List.of(header));
  }

  @Test
  void aKeyHasOneTo255Characters() {
    key("x".repeat(255), BODY);
    assertInvalid(Map.of(), List.of("x".repeat(256)));
    assertInvalid(Map.of("requestId", "x".repeat(256)), List.of());
  }

  @Test
  void twoKeysAreRefused() {
    assertInvalid(Map.of(), List.of("a", "a"));
    assertInvalid(Map.of("requestId", "a"), List.of("b"));
  }

  private static void assertInvalid(Map<String, String> query, List<String> headers) {
    assertThatThrownBy(() -> key(1, TestApi.CHANNEL, query, headers, BODY))
        .asInstanceOf(type(ApiError.class))
        .extracting(ApiError::reason)
        .isEqualTo(ErrorReason.IDEMPOTENCY_KEY_INVALID);
  }

  @Test
  void aKeyHoldsWithinWorkspaceAndPath() {
    IdempotencyKey key = key("a", BODY);
    assertThat(key.isSameKey(key("b", BODY))).isFalse();
    assertThat(key.isSameKey(key(2, TestApi.CHANNEL, Map.of(), List.of("a"), BODY))).isFalse();
    assertThat(key.isSameKey(key(1, TestApi.OTHER_CHANNEL, Map.of(), List.of("a"), BODY)))
        .isFalse();
    assertThat(key.hash()).hasSize(16);
    assertThat(key.fingerprint()).hasSize(32);
  }

  @Test
  void equalRequestsHaveEqualPrintsHoweverTheyAreSpelt() {
    assertThat(
            key("a", "{ \"n\": {\"b\":[1.5],\"a\":1.0e0}, \"text\":\"\\u0078\",\n\"to\":\"+1\"}"))
        .isEqualTo(key("a", BODY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"to\": \"+1\", \"text\": \"y\", \"n\": {\"a\": 1, \"b\": [1.5]}}",
        "{\"to\": \"+1\", \"text\": \"x\", \"n\": {\"a\": \"1\", \"b\": [1.5]}}",
        "{\"to\": \"+1\", \"text\": \"x\", \"n\": {\"a\": 1, \"b\": [1.5, 1.5]}}",
        "{\"to\": \"+1\", \"text\": \"x\", \"n\": {\"a\": 1, \"b\": 1.5}}",
        "{\"to\": \"+1\", \"text\": \"x\", \"n\": {\"a\": 1}}",
        "{\"to\": \"+1\", \"text\": \"x\", \"n\": {\"a\": 1, \"b\": [1.5]}, \"m\": null}",
        ""
      })
  void anotherBodyHasTheSameKeyAndAnotherPrint(String body) {
    IdempotencyKey other = key("a", body);
    assertThat(other.isSameKey(key("a", BODY))).isTrue();
    assertThat(other).isNotEqualTo(key("a", BODY));
  }

  @Test
  void anotherQueryHasAnotherPrint() {
    IdempotencyKey other =
        key(1, TestApi.CHANNEL, Map.of("validateOnly", "true"), List.of("a"), BODY);
    assertThat(other.isSameKey(key("a", BODY))).isTrue();
    assertThat(other).isNotEqualTo(key("a", BODY));
  }

  @Test
  void theCallersNameIsNotKept() {
    assertThat(key("my-own-name", BODY).toString()).doesNotContain("my-own-name");
  }
}
