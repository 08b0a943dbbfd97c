package io.recado.emulator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.emulator.testing.Http;
import io.recado.emulator.testing.Scene;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlTest {
  private Scene scene;

  @BeforeAll
  void open() {
    scene = Scene.open();
  }

  @AfterAll
  void close() {
    scene.close();
  }

  static Stream<Arguments> refused() {
    String config =
        "{\"businessAccountId\":\"9\",\"accessToken\":\"t\",\"appSecret\":\"s\",\"phoneNumberId\":\"91\"}";
    return Stream.of(
        Arguments.of("PUT", "behaviour", "{\"latency\": [1, 2]}", "no field \"latency\""),
        Arguments.of("PUT", "behaviour", "{\"latencyMillis\": [2, 1]}", "latencyMillis must be"),
        Arguments.of("PUT", "behaviour", "{\"latencyMillis\": 5}", "latencyMillis must be"),
        Arguments.of(
            "PUT", "behaviour", "{\"receiptDelayMillis\": [0, 1e9]}", "receiptDelayMillis must be"),
        Arguments.of("PUT", "behaviour", "{\"duplicateReceipts\": 1.1}", "from 0 to 1"),
        Arguments.of("PUT", "behaviour", "{\"loseAnswers\": \"1\"}", "from 0 to 1"),
        Arguments.of("PUT", "behaviour", "{\"shuffleReceipts\": 1}", "true or false"),
        Arguments.of("PUT", "behaviour", "{\"failWith\": {\"code\": 1}}", "code and rate"),
        Arguments.of("PUT", "behaviour", "{\"batchCallbacks\": 0}", "from 1 to 1000"),
        Arguments.of("PUT", "behaviour", "{\"messagesPerSecond\": -1}", "whole number"),
        Arguments.of(
            "PUT",
            "behaviour",
            "{\"recipientLimit\": {\"burst\": 1, \"interval\": \"x\"}}",
            "interval must be"),
        Arguments.of("PUT", "behaviour", "[]", "JSON object"),
        Arguments.of("POST", "clock", "{\"advance\": \"25h\"}", "PT25H"),
        Arguments.of("POST", "clock", "{\"advance\": \"PT-1S\"}", "forward only"),
        Arguments.of("POST", "clock", "{\"advance\": \"P99999999999D\"}", "3650 days"),
        Arguments.of("POST", "clock", "{}", "advance"),
        Arguments.of("POST", "inbound", "{\"from\": \"ana\", \"text\": \"x\"}", "from must be"),
        Arguments.of("POST", "inbound", "{\"from\": \"573000000001\"}", "\"text\" or \"message\""),
        Arguments.of("POST", "inbound", "{\"from\": \"573000000001\", \"message\": {}}", "type"),
        Arguments.of(
            "POST", "inbound", "{\"from\": \"573000000001\", \"message\": 5}", "must be an object"),
        Arguments.of(
            "POST",
            "inbound",
            "{\"phoneNumberId\": \"1\", \"from\": \"573000000001\", \"text\": \"x\"}",
            "phoneNumberId"),
        Arguments.of("POST", "inbound", "{\"form\": \"573000000001\"}", "no field \"form\""),
        Arguments.of("PUT", "config", "{}", "businessAccountId"),
        Arguments.of(
            "PUT", "config", config.replace("phoneNumberId", "number"), "no field \"number\""),
        Arguments.of(
            "PUT", "config", config.replace("\"91\"", "\"" + Scene.NUMBER + "\""), "named twice"),
        Arguments.of("PUT", "config", config.replace("\"t\"", "\"a b\""), "spaces"),
        Arguments.of(
            "PUT", "config", config.replace("\"s\"", "\"s\",\"callbackUrl\":\"x\""), "callbackUrl"),
        Arguments.of(
            "PUT",
            "config",
            config.replace("\"s\"", "\"s\",\"callbackUrl\":\"http://x\""),
            "verifyToken"),
        Arguments.of("PUT", "config", config.replace("\"s\"", "\"s\",\"templates\":[{}]"), "name"),
        Arguments.of(
            "PUT",
            "config",
            config.replace(
                "\"s\"",
                "\"s\",\"templates\":[{\"name\":\"a\",\"language\":\"es\",\"components\":5}]"),
            "components"),
        Arguments.of("GET", "messages?after=x", "", "after must be"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void wrongInputIsRefusedWithASentence(String method, String path, String body, String part) {
    Http.Answer answer = scene.http.call(method, "/_emulator/" + path, body);

    assertThat(answer.status()).as(new String(answer.bytes())).isEqualTo(400);
    assertThat(answer.json().path("error").asString()).contains(part).endsWith(".");
  }

  @Test
  void unknownPathsAndMethodsAreTold() {
    assertThat(scene.http.get("/_emulator/nothing").status()).isEqualTo(404);
    assertThat(scene.http.get("/_emulator").status()).isEqualTo(404);
    assertThat(scene.http.get("/_emulator/clock").status()).isEqualTo(405);
  }

  @Test
  void aBehaviourIsChangedInPartAndShown() {
    String all =
        """
        {"latencyMillis": [0, 1], "receiptDelayMillis": [50, 500], "duplicateReceipts": 0.1, "shuffleReceipts": true,
         "loseAnswers": 0.05, "failWith": {"code": 131000, "rate": 0.01}, "batchCallbacks": 50,
         "messagesPerSecond": 80, "recipientLimit": {"burst": 45, "interval": "6s"}, "sendRead": true}
        """;
    assertThat(scene.http.put("/_emulator/behaviour", all).status()).isEqualTo(200);
    scene.http.put(
        "/_emulator/behaviour",
        "{\"failWith\": null, \"messagesPerSecond\": null, \"loseAnswers\": null}");

    JsonNode now = scene.http.get("/_emulator/behaviour").json();
    assertThat(now.path("failWith").isNull()).isTrue();
    assertThat(now.path("messagesPerSecond").isNull()).isTrue();
    assertThat(now.path("loseAnswers").asDouble()).isZero();
    assertThat(now.path("duplicateReceipts").asDouble()).isEqualTo(0.1);
    assertThat(now.at("/recipientLimit/interval").asString()).isEqualTo("6000ms");
    scene.http.put(
        "/_emulator/behaviour", "{\"duplicateReceipts\": 0, \"shuffleReceipts\": false}");
  }

  @Test
  void aConfigurationSaysWhetherTheCallbackAddressVerified() {
    JsonNode good = scene.http.put("/_emulator/config", scene.config("[]")).json();
    assertThat(good.path("verified").asBoolean()).isTrue();
    assertThat(scene.business.lastHandshake()).contains("hub.mode=subscribe", "hub.challenge=");

    scene.business.expectToken("another");
    JsonNode bad = scene.http.put("/_emulator/config", scene.config("[]")).json();
    assertThat(bad.path("verified").asBoolean()).isFalse();
    assertThat(bad.path("problem").asString()).contains("403");
    String wamid =
        scene.emulator.receiveInbound("{\"from\": \"573193210329\", \"text\": \"all the same\"}");
    assertThat(scene.business.items("messages", 1).getFirst().path("id").asString())
        .isEqualTo(wamid);

    String shown = new String(scene.http.get("/_emulator/config").bytes());
    assertThat(shown).contains(Scene.NUMBER).doesNotContain(Scene.TOKEN, Scene.SECRET, "verify-me");
  }

  @Test
  void aPersonWritesAnyMessageAsMetaSendsIt() {
    String body =
        """
        {"phoneNumberId": "%s", "from": "+57 319 321 0329", "message": {"type": "button", "id": "wamid.MINE",
         "button": {"payload": "p", "text": "Ver"}, "context": {"id": "wamid.A"}}}
        """;
    JsonNode answer =
        scene.http.post("/_emulator/inbound", body.formatted(Scene.OTHER_NUMBER)).json();
    assertThat(answer.path("wamid").asString()).isEqualTo("wamid.MINE");

    JsonNode message = scene.business.items("messages", 1).getFirst();
    assertThat(message.path("id").asString()).isEqualTo("wamid.MINE");
    assertThat(message.at("/button/payload").asString()).isEqualTo("p");
    assertThat(message.path("from").asString()).isEqualTo("573193210329");
  }

  @Test
  void theControlPathsAnswerOnlyTheirOwnMachine() throws Exception {
    Optional<InetAddress> outside =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(
                address -> !address.isLoopbackAddress() && address instanceof java.net.Inet4Address)
            .findFirst();
    Assumptions.assumeTrue(outside.isPresent(), "this machine has loopback only");
    var options = io.recado.emulator.EmulatorOptions.standard().withHost("0.0.0.0");
    try (var open = io.recado.emulator.Emulator.start(options)) {
      String url = "http://" + outside.orElseThrow().getHostAddress() + ":" + open.port();

      assertThat(new Http(url, "").get("/_emulator/messages").status()).isEqualTo(403);
      assertThat(
              new Http("http://127.0.0.1:" + open.port(), "").get("/_emulator/messages").status())
          .isEqualTo(200);
    }
  }
}
