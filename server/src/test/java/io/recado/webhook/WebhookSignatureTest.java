package io.recado.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Our signatures, judged by the reference library of Standard Webhooks.
class WebhookSignatureTest {

  private static final WebhookSecret OURS =
      WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final Instant TIME = Instant.ofEpochSecond(1_614_265_330);
  private static final byte[] BODY = utf8("{\"test\": 2432232314}");

  private final Random random = new Random(7);

  @Test
  void theCheckValueOfTheSpecificationComesOut() {
    assertThat(new WebhookSignature(List.of(OURS)).headers(ID, TIME, BODY))
        .containsExactly(
            Map.entry("webhook-id", ID),
            Map.entry("webhook-timestamp", "1614265330"),
            Map.entry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
  }

  @Test
  void theReferenceLibraryAcceptsEveryBody() {
    Instant now = Instant.now();
    for (int i = 0; i < 200; i++) {
      WebhookSecret secret = WebhookSecret.create(random);
      String body = randomText(i);
      Map<String, String> headers =
          new WebhookSignature(List.of(secret)).headers("evt_" + i, now, utf8(body));
      assertThatNoException()
          .isThrownBy(() -> new Webhook(secret.reveal()).verify(body, http(headers)));
    }
  }

  @Test
  void whileASecretIsReplacedTheReferenceLibraryAcceptsEither() throws Exception {
    WebhookSecret old = WebhookSecret.create(random);
    WebhookSecret fresh = WebhookSecret.create(random);
    var headers = new WebhookSignature(List.of(fresh, old)).headers("evt_1", Instant.now(), BODY);
    String body = new String(BODY, StandardCharsets.UTF_8);
    new Webhook(old.reveal()).verify(body, http(headers));
    new Webhook(fresh.reveal()).verify(body, http(headers));
    assertThatThrownBy(
            () -> new Webhook(WebhookSecret.create(random).reveal()).verify(body, http(headers)))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void whatTheReferenceLibrarySignsVerifies() throws Exception {
    Instant now = Instant.now();
    String signature =
        new Webhook(OURS.reveal())
            .sign(ID, now.getEpochSecond(), new String(BODY, StandardCharsets.UTF_8));
    var headers = given(now, "v1,AAAA v1a,BBBB " + signature);
    assertThat(verifies(headers, now, BODY)).isTrue();
  }

  @Test
  void whatWasChangedOnTheWayDoesNotVerify() {
    var headers = new WebhookSignature(List.of(OURS)).headers(ID, TIME, BODY);
    assertThat(verifies(headers, TIME, BODY)).isTrue();
    assertThat(verifies(headers, TIME, utf8("{\"test\": 2432232315}"))).isFalse();
    for (String name : headers.keySet()) {
      var changed = new HashMap<>(headers);
      changed.put(name, headers.get(name) + "0");
      assertThat(verifies(changed, TIME, BODY)).as(name).isFalse();
      changed.remove(name);
      assertThat(verifies(changed, TIME, BODY)).as("without " + name).isFalse();
    }
    assertThat(verifies(given(TIME, ""), TIME, BODY)).isFalse();
  }

  @Test
  void aTimestampTooFarOffDoesNotVerify() {
    var headers = new WebhookSignature(List.of(OURS)).headers(ID, TIME, BODY);
    Duration edge = WebhookSignature.TOLERANCE;
    assertThat(verifies(headers, TIME.plus(edge), BODY)).isTrue();
    assertThat(verifies(headers, TIME.minus(edge), BODY)).isTrue();
    assertThat(verifies(headers, TIME.plus(edge).plusSeconds(1), BODY)).isFalse();
    assertThat(verifies(headers, TIME.minus(edge).minusSeconds(1), BODY)).isFalse();
    for (String wrong : List.of("", "x", "-1", "9999999999999999999", "1614265330.5")) {
      var changed = new HashMap<>(headers);
      changed.put("webhook-timestamp", wrong);
      assertThat(verifies(changed, TIME, BODY)).as(wrong).isFalse();
    }
  }

  @Test
  void aNewSecretHas32BytesAndIsReadBackAsItWasShown() {
    WebhookSecret secret = WebhookSecret.create(random);
    assertThat(secret.reveal()).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(WebhookSecret.parse(secret.reveal()).sign(BODY)).isEqualTo(secret.sign(BODY));
    assertThat(WebhookSecret.parse(secret.reveal().substring("whsec_".length())).reveal())
        .isEqualTo(secret.reveal());
  }

  @Test
  void aSecretOfAnotherFormIsRefusedAndNoneIsEverPrinted() {
    for (String wrong : List.of("", "whsec_", "whsec_AAAA", "whsec_%%%", "A".repeat(92))) {
      assertThatIllegalArgumentException().isThrownBy(() -> WebhookSecret.parse(wrong));
    }
    assertThat(OURS).hasToString("WebhookSecret");
  }

  @Test
  void anIdThatWouldMoveTheDotsIsRefused() {
    var signature = new WebhookSignature(List.of(OURS));
    assertThatIllegalArgumentException().isThrownBy(() -> signature.headers("evt_1.2", TIME, BODY));
    assertThatIllegalArgumentException().isThrownBy(() -> new WebhookSignature(List.of()));
  }

  private static boolean verifies(Map<String, String> headers, Instant now, byte[] body) {
    return new WebhookSignature(List.of(OURS))
        .verifies(name -> Optional.ofNullable(headers.get(name)), now, body);
  }

  private static Map<String, String> given(Instant time, String signature) {
    return Map.of(
        "webhook-id",
        ID,
        "webhook-timestamp",
        Long.toString(time.getEpochSecond()),
        "webhook-signature",
        signature);
  }

  private static HttpHeaders http(Map<String, String> headers) {
    return HttpHeaders.of(
        headers.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> List.of(e.getValue()))),
        (_, _) -> true);
  }

  /// Text of every width: letters, accents, emoji, quotes.
  private String randomText(int length) {
    return random
        .ints(length, 0, 4)
        .mapToObj(kind -> List.of("a", "é", "🎉", "\"").get(kind))
        .collect(Collectors.joining());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
