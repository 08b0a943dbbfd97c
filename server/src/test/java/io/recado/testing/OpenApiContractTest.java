package io.recado.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class OpenApiContractTest {

  private static final OpenApiContract CONTRACT = OpenApiContract.load();
  private static final String CHANNEL = "/v1/channels/6633a1b2c4d5e6f7a8b9c0d1";
  private static final String MESSAGES =
      CHANNEL + "/conversations/664fa2b3c4d5e6f7a8b9c0d2/messages";
  private static final String MESSAGE =
      """
      {"name": "channels/6633a1b2c4d5e6f7a8b9c0d1/conversations/664fa2b3c4d5e6f7a8b9c0d2/messages/665ab3c4d5e6f7a8b9c0d3e4",
       "createTime": "2026-04-03T10:00:00Z", "status": "SENDING", "contentType": "TEXT",
       "text": "Your order has been confirmed."}\
      """;
  private static final String NOT_FOUND =
      """
      {"error": {"code": 404, "status": "NOT_FOUND", "message": "There is no such channel.", "details": [
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RESOURCE_NOT_FOUND", "domain": "recado"}]}}\
      """;

  @Test
  void anAnswerThatTheDocumentHasPasses() {
    assertThatCode(() -> check("POST", MESSAGES + "?x=1", 200, MESSAGE)).doesNotThrowAnyException();
    assertThatCode(() -> check("GET", CHANNEL, 404, NOT_FOUND)).doesNotThrowAnyException();
    assertThatCode(() -> check("DELETE", CHANNEL, 204, "", "")).doesNotThrowAnyException();
  }

  @Test
  void aFieldThatTheDocumentDoesNotKnowPasses() {
    String richer = MESSAGE.replace("\"status\"", "\"mood\": \"good\", \"status\"");
    assertThatCode(() -> check("POST", MESSAGES, 200, richer)).doesNotThrowAnyException();
  }

  @Test
  void aMissingFieldIsNamed() {
    refused(() -> check("POST", MESSAGES, 200, MESSAGE.replace("createTime", "created")))
        .hasMessageContaining("createTime")
        .hasMessageContaining("messages_create");
  }

  @Test
  void aNullIsRefused() {
    String withNull = MESSAGE.replace("\"status\"", "\"sentTime\": null, \"status\"");
    refused(() -> check("POST", MESSAGES, 200, withNull)).hasMessageContaining("/sentTime");
  }

  @Test
  void aTimeThatIsNoneIsRefused() {
    refused(() -> check("POST", MESSAGES, 200, MESSAGE.replace("04-03T10", "14-03T10")))
        .hasMessageContaining("/createTime");
  }

  @Test
  void aTextInAMessageWithoutTextIsRefused() {
    refused(() -> check("POST", MESSAGES, 200, MESSAGE.replace("\"TEXT\"", "\"TEMPLATE\"")))
        .hasMessageContaining("template");
  }

  @Test
  void anUnknownReasonIsRefused() {
    refused(() -> check("GET", CHANNEL, 404, NOT_FOUND.replace("RESOURCE_NOT", "THING_NOT")))
        .hasMessageContaining("reason");
  }

  @Test
  void aCodeThatIsNotTheStatusIsRefused() {
    refused(() -> check("GET", CHANNEL, 403, NOT_FOUND)).hasMessageContaining("error.code is 404");
  }

  @Test
  void aRouteThatTheDocumentDoesNotHaveIsRefused() {
    refused(() -> check("POST", CHANNEL + ":explode", 200, "{}"))
        .hasMessageContaining("has no such route");
  }

  @Test
  void aStatusThatTheDocumentDoesNotHaveIsRefusedAlthoughThereIsADefault() {
    refused(() -> check("GET", CHANNEL, 418, NOT_FOUND)).hasMessageContaining("does not have");
  }

  @Test
  void anotherMediaTypeIsRefused() {
    refused(() -> check("GET", CHANNEL, 404, "text/html", "<p>no</p>"))
        .hasMessageContaining("application/json");
  }

  @Test
  void aBodyWhereThereIsNoneIsRefused() {
    refused(() -> check("DELETE", CHANNEL, 204, "{}")).hasMessageContaining("has none");
  }

  @Test
  void aBodyThatIsNotJsonIsRefused() {
    refused(() -> check("GET", CHANNEL, 404, "{\"error\"")).hasMessageContaining("not JSON");
    refused(() -> check("GET", CHANNEL, 404, "")).hasMessageContaining("empty");
  }

  @Test
  void theVerbOfAPathChoosesTheOperation() {
    assertThat(CONTRACT.find("POST", CHANNEL + ":sendMessage"))
        .map(OpenApiOperation::id)
        .contains("channels_sendMessage");
    assertThat(CONTRACT.find("PATCH", CHANNEL + "?updateMask=state"))
        .map(OpenApiOperation::id)
        .contains("channels_patch");
    assertThat(CONTRACT.find("POST", CHANNEL + "/templates:sync"))
        .map(OpenApiOperation::id)
        .contains("templates_sync");
    assertThat(CONTRACT.find("GET", CHANNEL + ":sendMessage")).isEmpty();
  }

  @Test
  void aMethodThatAKnownPathDoesNotHaveMayBeAnswered405() {
    String body =
        NOT_FOUND
            .replace("404", "405")
            .replace("\"NOT_FOUND\"", "\"INVALID_ARGUMENT\"")
            .replace("RESOURCE_NOT_FOUND", "METHOD_NOT_ALLOWED");
    assertThatCode(() -> check("PUT", CHANNEL, 405, body)).doesNotThrowAnyException();
  }

  @Test
  void aRequestWithAnUnknownFieldIsRefused() {
    assertThatCode(() -> request("{\"text\": \"Hello\"}")).doesNotThrowAnyException();
    refused(() -> request("{\"txet\": \"Hello\"}")).hasMessageContaining("txet");
    refused(() -> request("{\"text\": \" \"}")).hasMessageContaining("/text");
    refused(
            () ->
                request(
                    "{\"text\": \"Hello\", \"ttl\": \"5s\", \"expireTime\":"
                        + " \"2026-04-03T10:00:00Z\"}"))
        .hasMessageContaining("not");
    refused(() -> request("{\"text\": \"Hello\", \"template\": {\"name\": \"hello_world\"}}"))
        .hasMessageContaining("one");
    refused(() -> request("")).hasMessageContaining("empty");
  }

  @Test
  void aThousandAnswersAreCheckedInAMoment() {
    check("POST", MESSAGES, 200, MESSAGE);
    long begin = System.nanoTime();
    for (int i = 0; i < 1000; i++) {
      check("POST", MESSAGES, 200, MESSAGE);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
  }

  private static void check(String method, String target, int status, String body) {
    check(method, target, status, "application/json; charset=utf-8", body);
  }

  private static void check(
      String method, String target, int status, String contentType, String body) {
    CONTRACT.checkResponse(
        method, target, status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void request(String body) {
    CONTRACT.checkRequest(
        "POST", MESSAGES, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(ThrowingCallable call) {
    return assertThatThrownBy(call).isInstanceOf(AssertionError.class);
  }
}
