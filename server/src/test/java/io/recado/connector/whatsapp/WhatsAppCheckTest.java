package io.recado.connector.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.ConnectorSession.Problem;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderHttp;
import io.recado.connector.Reason;
import io.recado.connector.ScriptedProvider;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppCheckTest {

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

  @Test
  void theNumberIsAskedFor() {
    provider.answers(200, "{\"id\":\"300100300100300\"}");

    assertThat(check()).isEmpty();

    ScriptedProvider.Asked asked = provider.onlyAsked();
    assertThat(asked.method()).isEqualTo("GET");
    assertThat(asked.path())
        .isEqualTo(
            "/v25.0/300100300100300"
                + "?fields=id%2Cdisplay_phone_number%2Cquality_rating%2Cstatus%2Chealth_status");
    assertThat(asked.header("Authorization")).isEqualTo("Bearer EAAB-token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          400 | {'error':{'code':190}}                      | CREDENTIALS_INVALID
          401 | ""                                          | CREDENTIALS_INVALID
          403 | {'error':{'code':200}}                      | PERMISSION_MISSING
          404 | {'error':{'code':803}}                      | ACCOUNT_UNREGISTERED
          400 | {'error':{'code':100,'error_subcode':33}}   | ACCOUNT_UNREGISTERED
          400 | {'error':{'code':33}}                       | ACCOUNT_UNREGISTERED
          400 | {'error':{'code':368}}                      | ACCOUNT_RESTRICTED
          400 | {'error':{'code':131031}}                   | ACCOUNT_RESTRICTED
          429 | {'error':{'code':80008}}                    | THROTTLED
          429 | ""                                          | THROTTLED
          400 | {'error':{'code':987654}}                   | PROVIDER_REFUSED
          500 | {'error':{'code':2}}                        | PROVIDER_UNAVAILABLE
          500 | <html>oops</html>                           | PROVIDER_UNAVAILABLE
          200 | <html>a portal</html>                       | PROVIDER_UNAVAILABLE
          200 | {'status':'CONNECTED'}                      |
          200 | {'status':'FLAGGED','quality_rating':'RED'} |
          200 | {'status':'SOMETHING_NEW'}                  |
          200 | {'status':'BANNED'}                         | ACCOUNT_RESTRICTED
          200 | {'status':'RESTRICTED'}                     | ACCOUNT_RESTRICTED
          200 | {'status':'DISCONNECTED'}                   | ACCOUNT_UNREGISTERED
          200 | {'status':'PENDING'}                        | ACCOUNT_UNREGISTERED
          200 | {'status':'UNVERIFIED'}                     | ACCOUNT_UNREGISTERED
          200 | {'status':'DELETED'}                        | ACCOUNT_UNREGISTERED
          200 | {'status':'MIGRATED'}                       | ACCOUNT_UNREGISTERED
          200 | {'status':'RATE_LIMITED'}                   | THROTTLED
          200 | {'id':'1','health_status':{'can_send_message':'AVAILABLE','entities':[]}} |
          200 | {'id':'1','health_status':{'can_send_message':'BLOCKED'}} | ACCOUNT_RESTRICTED
          200 | {'health_status':{'entities':[{'can_send_message':'LIMITED','errors':[{'error_code':1}]}]}} |
          """)
  void whatKeepsTheNumberFromSendingIsNamed(int status, String body, Reason problem) {
    provider.answers(status, body.replace('\'', '"'));

    assertThat(check())
        .extracting(Problem::reason)
        .isEqualTo(problem == null ? List.of() : List.of(problem));
  }

  @Test
  void everyBlockedPartOfTheAccountIsNamedWithMetasWords() {
    provider.answers(
        200,
        """
        {"health_status": {"can_send_message": "BLOCKED", "entities": [
          {"entity_type": "PHONE_NUMBER", "can_send_message": "AVAILABLE"},
          {"entity_type": "WABA", "can_send_message": "BLOCKED", "errors": [
            {"error_code": 131042, "error_description": "No payment method"},
            {"error_code": 141006, "error_description": "Something else"}]}]}}
        """);

    assertThat(check())
        .containsExactly(
            new Problem(
                Reason.PAYMENT_REQUIRED, new ProviderAnswer(200, "131042", "No payment method")),
            new Problem(
                Reason.ACCOUNT_RESTRICTED, new ProviderAnswer(200, "141006", "Something else")));
  }

  @Test
  void aProviderThatIsNotThereIsAProblemToo() {
    provider.close();

    assertThat(check()).extracting(Problem::reason).containsExactly(Reason.PROVIDER_UNAVAILABLE);
  }

  private List<Problem> check() {
    return WhatsAppFixture.session(http, provider.url()).check();
  }
}
