package io.recado.connector.whatsapp;

import static io.recado.connector.whatsapp.WhatsAppFixture.SETTINGS;
import static io.recado.connector.whatsapp.WhatsAppFixture.settings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.CallbackReceiver;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who calls: the signature and the handshake. The signatures were made with `openssl dgst -sha256
/// -hmac app-secret`.
class WhatsAppSignatureTest {

  private static final String BODY = "{\"object\":\"whatsapp_business_account\",\"entry\":[]}";
  private static final String SIGNATURE =
      "d3e4f9da0ce6c71ab3dba55929b8eeeee2455349e534924ead19f98d143e904f";

  // As Meta escapes it; read and written again it would be other bytes.
  private static final String ESCAPED = "{\"t\":\"\\u00a1Hola! \\ud83d\\udc4d https:\\/\\/x.co\"}";
  private static final String ESCAPED_SIGNATURE =
      "0a2eadb73af71e5740699f734f819c75d8bc26459054a9e64251f781a01aa2ff";

  private final CallbackReceiver receiver =
      new WhatsAppConnector("http://localhost").callbacks().orElseThrow();

  @Test
  void aBodySignedWithTheAppSecretIsAuthentic() {
    assertThat(isAuthentic("sha256=" + SIGNATURE, BODY)).isTrue();
  }

  @Test
  void theBytesAreSignedAsTheyCame() {
    assertThat(isAuthentic("sha256=" + ESCAPED_SIGNATURE, ESCAPED)).isTrue();
    assertThat(isAuthentic("sha256=" + ESCAPED_SIGNATURE, ESCAPED.replace("\\/", "/"))).isFalse();
  }

  @Test
  void theHexMayBeInCapitals() {
    assertThat(isAuthentic("sha256=" + SIGNATURE.toUpperCase(Locale.ROOT), BODY)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "''",
        "sha256=",
        "sha256=00",
        "sha256=zz",
        "sha256=0a2eadb73af71e5740699f734f819c75d8bc26459054a9e64251f781a01aa2ff",
        "d3e4f9da0ce6c71ab3dba55929b8eeeee2455349e534924ead19f98d143e904f",
        "sha1=d3e4f9da0ce6c71ab3dba55929b8eeeee2455349e534924ead19f98d143e904f",
        "sha256=d3e4f9da0ce6c71ab3dba55929b8eeeee2455349e534924ead19f98d143e904f0",
        "sha256=d3e4f9da0ce6c71ab3dba55929b8eeeee2455349e534924ead19f98d143e904f00",
        "sha256= d3e4f9da0ce6c71ab3dba55929b8eeeee2455349e534924ead19f98d143e904f",
        "sha256=0000000000000000000000000000000000000000000000000000000000000000"
      })
  void anyOtherSignatureIsNot(String signature) {
    assertThat(isAuthentic(signature, BODY)).isFalse();
  }

  @Test
  void aMissingSignatureIsNot() {
    assertThat(receiver.isAuthentic(SETTINGS, name -> Optional.empty(), BODY.getBytes(UTF_8)))
        .isFalse();
  }

  @Test
  void anotherBodyOrAnotherSecretIsNot() {
    assertThat(isAuthentic("sha256=" + SIGNATURE, BODY + " ")).isFalse();
    for (String secret : new String[] {"other", "", " "}) {
      assertThat(
              receiver.isAuthentic(
                  settings(Map.of("appSecret", secret)),
                  name -> Optional.of("sha256=" + SIGNATURE),
                  BODY.getBytes(UTF_8)))
          .isFalse();
    }
    assertThat(
            receiver.isAuthentic(
                settings(Map.of()),
                name -> Optional.of("sha256=" + SIGNATURE),
                BODY.getBytes(UTF_8)))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          subscribe   | verify me  | 730114992 | 730114992
          subscribe   | verify you | 730114992 | -
          subscribe   | -          | 730114992 | -
          unsubscribe | verify me  | 730114992 | -
          -           | verify me  | 730114992 | -
          subscribe   | verify me  | -         | -
          """)
  void theHandshakeIsAnsweredWithTheChallengeWhenTheTokenIsOurs(
      String mode, String token, String challenge, String answer) {
    assertThat(receiver.handshake(SETTINGS, query(mode, token, challenge)))
        .isEqualTo(Optional.ofNullable(answer));
  }

  @Test
  void withoutAVerifyTokenNoHandshakeIsOurs() {
    assertThat(receiver.handshake(settings(Map.of()), query("subscribe", "", "1"))).isEmpty();
    assertThat(receiver.handshake(settings(Map.of("verifyToken", "")), query("subscribe", "", "1")))
        .isEmpty();
  }

  private static Function<String, Optional<String>> query(
      String mode, String token, String challenge) {
    return name ->
        Optional.ofNullable(
            switch (name) {
              case "hub.mode" -> mode;
              case "hub.verify_token" -> token;
              case "hub.challenge" -> challenge;
              default -> null;
            });
  }

  private boolean isAuthentic(String signature, String body) {
    return receiver.isAuthentic(
        SETTINGS,
        name -> name.equals("X-Hub-Signature-256") ? Optional.of(signature) : Optional.empty(),
        body.getBytes(UTF_8));
  }
}
