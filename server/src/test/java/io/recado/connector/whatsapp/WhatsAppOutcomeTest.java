package io.recado.connector.whatsapp;

import static io.recado.connector.whatsapp.WhatsAppFixture.HELLO;
import static io.recado.connector.whatsapp.WhatsAppFixture.NOW;
import static io.recado.connector.whatsapp.WhatsAppFixture.brief;
import static io.recado.connector.whatsapp.WhatsAppFixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.Identifier;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderHttp;
import io.recado.connector.Reason;
import io.recado.connector.ScriptedProvider;
import io.recado.connector.SendOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Reply in, outcome out.
class WhatsAppOutcomeTest {

  private final ProviderHttp http = new ProviderHttp();
  private ScriptedProvider provider;

  @BeforeEach
  void start() throws IOException {
    provider = new ScriptedProvider();
  }

  @AfterEach
  void stop() {
    provider.close();
    http.closeIdle();
  }

  @ParameterizedTest
  @CsvSource(
      useHeadersInDisplayName = true,
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          status | body | outcome
          400 | {'error':{'code':999999}} | Refused PROVIDER_REFUSED
          400 | {'error':{'code':'131026'}} | Refused RECIPIENT_UNREACHABLE
          400 | {'error':{'code':999999,'is_transient':true}} | RetryLater PROVIDER_UNAVAILABLE 0
          502 | {'error':{'code':999999}} | RetryLater PROVIDER_UNAVAILABLE 0
          401 | {'error':{'code':999999}} | ChannelBroken CREDENTIALS_INVALID
          429 | {'error':{'code':999999}} | Throttled CHANNEL
          200 | {'error':{'code':131026}} | Refused RECIPIENT_UNREACHABLE
          400 | {'error':{'code':100,'error_subcode':33}} | ChannelBroken ACCOUNT_UNREGISTERED
          400 | {'error':{'code':100,'error_subcode':2494010}} | Refused CONTENT_REFUSED
          401 | {'error':'invalid_token'} | ChannelBroken CREDENTIALS_INVALID
          401 | <html>no</html> | ChannelBroken CREDENTIALS_INVALID
          429 | <html>slow down</html> | Throttled CHANNEL
          429 | {} | Throttled CHANNEL
          400 | {'error':{'message':'no code'}} | InDoubt HTTP 400 without an error code.
          403 | <html>a firewall</html> | InDoubt HTTP 403 without an error code.
          404 | {} | InDoubt HTTP 404 without an error code.
          302 | {'messages':[{'id':'wamid.1'}]} | InDoubt HTTP 302 without an error code.
          500 | <html>oops</html> | InDoubt HTTP 500 without an error code.
          500 | [] | InDoubt HTTP 500 without an error code.
          502 | {'messages':[{'id':'wamid.1'}]} | InDoubt HTTP 502 without an error code.
          503 | {'error':null} | InDoubt HTTP 503 without an error code.
          503 | "" | InDoubt HTTP 503 without an error code.
          200 | "" | InDoubt HTTP 200 without a message id.
          200 | {} | InDoubt HTTP 200 without a message id.
          200 | <html>hello</html> | InDoubt HTTP 200 without a message id.
          200 | {'messages':[]} | InDoubt HTTP 200 without a message id.
          200 | {'messages':[{}]} | InDoubt HTTP 200 without a message id.
          200 | {'messages':[{'id':''}]} | InDoubt HTTP 200 without a message id.
          200 | {'messages':[{'id':7}]} | InDoubt HTTP 200 without a message id.
          200 | {'messages':'wamid.1'} | InDoubt HTTP 200 without a message id.
          200 | {'messages':[{'id':'wamid.1'}]}} | InDoubt HTTP 200 without a message id.
          """)
  void anAnswerIsJudgedByItsHttpStatusOnlyWithoutAKnownCode(
      int status, String body, String outcome) {
    provider.answers(status, body.replace('\'', '"'));

    SendOutcome sent = send();

    assertThat(brief(sent)).isEqualTo(outcome);
    assertThat(sent.answer().httpStatus()).isEqualTo(status);
    assertThat(provider.asked()).hasSize(1);
  }

  @Test
  void anAcceptedMessageHasTheIdAndTheRecipientAsMetaNamesThem() {
    provider.answers(
        200,
        "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"5215512345678\","
            + "\"wa_id\":\"525512345678\",\"user_id\":\"MX.1\"}],"
            + "\"messages\":[{\"id\":\"wamid.HBgM\",\"message_status\":\"accepted\"}]}");

    assertThat(send())
        .isEqualTo(
            new SendOutcome.Accepted(
                "wamid.HBgM",
                new Identifier("wa_id", "525512345678"),
                false,
                ProviderAnswer.ofStatus(200)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          accepted                    | {'user_id':'CO.1'} | wa_user_id | false
          held_for_quality_assessment | {'wa_id':'57300'}  | wa_id      | true
          paused                      | {}                 |            | true
          something_new               | {}                 |            | false
          """)
  void aMessageMayBeHeldAndItsRecipientUnnamed(
      String status, String contact, String scheme, boolean held) {
    provider.answers(
        200,
        ("{'contacts':[" + contact + "],'messages':[{'id':'w','message_status':'" + status + "'}]}")
            .replace('\'', '"'));

    SendOutcome.Accepted accepted = (SendOutcome.Accepted) send();

    assertThat(accepted.held()).isEqualTo(held);
    assertThat(accepted.recipientId() == null ? null : accepted.recipientId().scheme())
        .isEqualTo(scheme);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0                             | 2026-11-22T10:00:00Z
          120                           | 2026-11-22T10:02:00Z
          Sun, 22 Nov 2026 10:05:00 GMT | 2026-11-22T10:05:00Z
          soon                          |
          -1                            |
          99999999999                   |
          """)
  void aTimeGivenByTheProviderIsKept(String retryAfter, Instant expected) {
    for (String code : new String[] {"130429", "131056", "999999"}) {
      provider.answers(429, error("'code':" + code), Map.of("Retry-After", retryAfter));
      assertThat(((SendOutcome.Throttled) send()).notBefore()).isEqualTo(expected);
    }
    for (String code : new String[] {"131000", "2", "999999"}) {
      provider.answers(503, error("'code':" + code), Map.of("Retry-After", retryAfter));
      assertThat(((SendOutcome.RetryLater) send()).notBefore()).isEqualTo(expected);
    }
  }

  @Test
  void aTimeGivenByTheProviderGoesBeforeTheDocumentedOne() {
    provider.answers(500, error("'code':131057"), Map.of("Retry-After", "5"));

    assertThat(((SendOutcome.Throttled) send()).notBefore()).isEqualTo(NOW.plusSeconds(5));
  }

  @Test
  void aSendIsNotRepeatedWhenTheProviderAsksForItAtOnce() {
    provider.answers(503, "", Map.of("Retry-After", "0"));

    assertThat(send()).isInstanceOf(SendOutcome.InDoubt.class);
    assertThat(provider.asked()).hasSize(1);
  }

  @Test
  void aRedirectIsNotFollowed() {
    provider.answers(307, "", Map.of("Location", provider.url() + "/elsewhere"));

    assertThat(send()).isInstanceOf(SendOutcome.InDoubt.class);
    assertThat(provider.asked()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'message':'No','error_data':{'details':'Because.'} | No: Because.
          'message':'No: Because.','error_data':{'details':'Because.'} | No: Because.
          'error_data':{'details':'Because.'} | Because.
          'title':'No' | No
          'fbtrace_id':'A1' | ""
          """)
  void theProvidersWordsAreKeptWithTheirDetails(String fields, String words) {
    provider.answers(400, ("{'error':{'code':131009," + fields + "}}").replace('\'', '"'));

    assertThat(send().answer())
        .isEqualTo(new ProviderAnswer(400, "131009", words.isEmpty() ? null : words));
  }

  @Test
  void aProviderThatIsNotThereIsAskedAgainLater() throws IOException {
    int port;
    try (var once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = once.getLocalPort();
    }

    assertThat(WhatsAppFixture.session(http, "http://127.0.0.1:" + port).send(HELLO))
        .isEqualTo(
            new SendOutcome.RetryLater(
                Reason.PROVIDER_UNAVAILABLE,
                new ProviderAnswer(0, null, "ConnectException"),
                null,
                0));
  }

  private SendOutcome send() {
    return WhatsAppFixture.session(http, provider.url()).send(HELLO);
  }
}
