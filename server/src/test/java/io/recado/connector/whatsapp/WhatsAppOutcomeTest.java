package io.recado.connector.whatsapp;

import static io.recado.connector.whatsapp.WhatsAppFixture.HELLO;
import static io.recado.connector.whatsapp.WhatsAppFixture.NOW;
import static io.recado.connector.whatsapp.WhatsAppFixture.TOKEN;
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
import java.time.Duration;
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
      textBlock =
          """
          code    | outcome
          0       | ChannelBroken CREDENTIALS_INVALID
          1       | RetryLater PROVIDER_UNAVAILABLE 3
          2       | RetryLater PROVIDER_UNAVAILABLE 0
          3       | ChannelBroken PERMISSION_MISSING
          4       | Throttled PORTFOLIO
          10      | ChannelBroken PERMISSION_MISSING
          17      | Throttled PORTFOLIO
          33      | ChannelBroken ACCOUNT_UNREGISTERED
          100     | Refused CONTENT_REFUSED
          104     | ChannelBroken CREDENTIALS_INVALID
          190     | ChannelBroken CREDENTIALS_INVALID
          192     | Refused RECIPIENT_INVALID
          199     | unknown
          200     | ChannelBroken PERMISSION_MISSING
          230     | ChannelBroken PERMISSION_MISSING
          299     | ChannelBroken PERMISSION_MISSING
          300     | unknown
          368     | ChannelBroken ACCOUNT_RESTRICTED
          470     | Refused SERVICE_WINDOW_CLOSED
          803     | ChannelBroken ACCOUNT_UNREGISTERED
          80007   | Throttled PORTFOLIO
          80008   | Throttled PORTFOLIO
          130429  | Throttled CHANNEL
          130472  | Refused RECIPIENT_WITHHELD
          130497  | Refused ACCOUNT_RESTRICTED
          131000  | RetryLater PROVIDER_UNAVAILABLE 0
          131005  | ChannelBroken PERMISSION_MISSING
          131008  | Refused CONTENT_REFUSED
          131009  | Refused CONTENT_REFUSED
          131014  | Refused CONTENT_REFUSED
          131016  | RetryLater PROVIDER_UNAVAILABLE 0
          131020  | Refused CONTENT_UNSUPPORTED
          131021  | Refused RECIPIENT_INVALID
          131026  | Refused RECIPIENT_UNREACHABLE
          131030  | Refused RECIPIENT_INVALID
          131031  | ChannelBroken ACCOUNT_RESTRICTED
          131037  | ChannelBroken ACCOUNT_RESTRICTED
          131041  | Refused CONTENT_UNSUPPORTED
          131042  | ChannelBroken PAYMENT_REQUIRED
          131044  | Refused PAYMENT_REQUIRED
          131045  | ChannelBroken ACCOUNT_UNREGISTERED
          131047  | Refused SERVICE_WINDOW_CLOSED
          131048  | Throttled CHANNEL
          131049  | Refused RECIPIENT_WITHHELD
          131050  | Refused RECIPIENT_OPTED_OUT
          131051  | Refused CONTENT_UNSUPPORTED
          131052  | RetryLater CONTENT_REFUSED 2
          131053  | RetryLater CONTENT_REFUSED 3
          131055  | Refused CONTENT_UNSUPPORTED
          131056  | Throttled RECIPIENT
          131057  | Throttled CHANNEL PT1M
          131059  | Refused CONTENT_UNSUPPORTED
          131060  | Refused CONTENT_UNSUPPORTED
          131062  | Refused CONTENT_UNSUPPORTED
          131063  | Refused TEMPLATE_DISABLED
          131064  | Throttled TEMPLATE
          131200  | Refused CONTENT_UNSUPPORTED
          131299  | Refused CONTENT_UNSUPPORTED
          132000  | Refused TEMPLATE_PARAMETERS_INVALID
          132001  | Refused TEMPLATE_NOT_FOUND
          132005  | Refused TEMPLATE_PARAMETERS_INVALID
          132007  | Refused CONTENT_REFUSED
          132008  | Refused TEMPLATE_PARAMETERS_INVALID
          132012  | Refused TEMPLATE_PARAMETERS_INVALID
          132015  | Refused TEMPLATE_PAUSED
          132016  | Refused TEMPLATE_DISABLED
          132018  | Refused TEMPLATE_PARAMETERS_INVALID
          132068  | Refused TEMPLATE_DISABLED
          132069  | RetryLater THROTTLED 0 PT1H
          133000  | ChannelBroken ACCOUNT_UNREGISTERED
          133004  | RetryLater PROVIDER_UNAVAILABLE 0
          133005  | ChannelBroken ACCOUNT_UNREGISTERED
          133006  | ChannelBroken ACCOUNT_UNREGISTERED
          133008  | ChannelBroken ACCOUNT_UNREGISTERED
          133009  | ChannelBroken ACCOUNT_UNREGISTERED
          133010  | ChannelBroken ACCOUNT_UNREGISTERED
          133015  | ChannelBroken ACCOUNT_UNREGISTERED
          133016  | ChannelBroken ACCOUNT_UNREGISTERED
          134011  | Refused PAYMENT_REQUIRED
          134100  | Refused CONTENT_UNSUPPORTED
          134101  | RetryLater PROVIDER_UNAVAILABLE 0
          134102  | RetryLater PROVIDER_UNAVAILABLE 0
          135000  | Refused CONTENT_REFUSED
          137000  | Refused RECIPIENT_INVALID
          138000  | Refused PROVIDER_REFUSED
          138999  | Refused PROVIDER_REFUSED
          139000  | Refused PROVIDER_REFUSED
          139004  | Refused PROVIDER_REFUSED
          139100  | Refused PROVIDER_REFUSED
          139103  | Refused PROVIDER_REFUSED
          147001  | Refused PROVIDER_REFUSED
          147005  | Refused PROVIDER_REFUSED
          2388019 | Refused CONTENT_REFUSED
          2388040 | Refused CONTENT_REFUSED
          2388047 | Refused CONTENT_REFUSED
          2388072 | Refused CONTENT_REFUSED
          2388073 | Refused CONTENT_REFUSED
          2388293 | Refused CONTENT_REFUSED
          2388299 | Refused CONTENT_REFUSED
          """)
  void anErrorIsJudgedByItsCodeWhateverTheHttpStatus(long code, String outcome) {
    boolean isKnown = !outcome.equals("unknown");
    for (int status : new int[] {400, 403, 500}) {
      provider.answers(status, error("'code':" + code));

      SendOutcome sent = send();

      String expected =
          status == 500 ? "RetryLater PROVIDER_UNAVAILABLE 0" : "Refused PROVIDER_REFUSED";
      assertThat(brief(sent)).isEqualTo(isKnown ? outcome : expected);
      assertThat(sent.answer())
          .isEqualTo(new ProviderAnswer(status, Long.toString(code), "(#" + code + ") No"));
      assertThat(sent.toString()).doesNotContain(TOKEN).doesNotContain("hola");
    }
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

  private static String error(String code) {
    String number = code.replaceAll("\\D", "");
    return ("{'error':{'message':'(#" + number + ") No','type':'OAuthException'," + code + "}}")
        .replace('\'', '"');
  }

  private static String brief(SendOutcome outcome) {
    return switch (outcome) {
      case SendOutcome.Accepted accepted -> "Accepted " + accepted.providerMessageId();
      case SendOutcome.Refused refused -> "Refused " + refused.reason();
      case SendOutcome.ChannelBroken broken -> "ChannelBroken " + broken.reason();
      case SendOutcome.InDoubt doubt -> "InDoubt " + doubt.cause();
      case SendOutcome.RetryLater later ->
          "RetryLater " + later.reason() + " " + later.maxAttempts() + wait(later.notBefore());
      case SendOutcome.Throttled throttled ->
          "Throttled " + throttled.scope() + wait(throttled.notBefore());
    };
  }

  private static String wait(Instant notBefore) {
    return notBefore == null ? "" : " " + Duration.between(NOW, notBefore);
  }
}
