package io.recado.connector.whatsapp;

import static io.recado.connector.whatsapp.WhatsAppFixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.CallbackReceiver;
import io.recado.connector.Echo;
import io.recado.connector.Identifier;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderEvent;
import io.recado.connector.ProviderEvent.Failure;
import io.recado.connector.ProviderEvent.Ignored;
import io.recado.connector.ProviderEvent.Receipt;
import io.recado.connector.ProviderEvent.ReceiptStatus;
import io.recado.connector.ProviderEvent.Unreadable;
import io.recado.connector.Reason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What became of our messages: callback in, receipts out.
class WhatsAppReceiptTest {

  private static final String NUMBER = "300100300100300";

  private final CallbackReceiver receiver =
      new WhatsAppConnector("http://localhost").callbacks().orElseThrow();

  @Test
  void aReceiptHasTheEchoTheTimeAndTheRecipient() {
    assertThat(
            parse(
                "'contacts':[{'profile':{'name':'Ana R'},'wa_id':'573000000001'}],"
                    + "'statuses':[{'id':'wamid.BBBB0001','status':'delivered','timestamp':'1790000007',"
                    + "'recipient_id':'573000000001','recipient_user_id':'CO.20415099318877123456',"
                    + "'biz_opaque_callback_data':'665ab3c4d5e6f7a8b9c0d3e4:1:12',"
                    + "'pricing':{'billable':true,'pricing_model':'PMP','type':'regular','category':'utility'}}]"))
        .containsExactly(
            new Receipt(
                NUMBER,
                "wamid.BBBB0001",
                new Echo("665ab3c4d5e6f7a8b9c0d3e4", 1, 12),
                ReceiptStatus.DELIVERED,
                Instant.ofEpochSecond(1790000007),
                List.of(
                    new Identifier("wa_id", "573000000001"),
                    new Identifier("wa_user_id", "CO.20415099318877123456")),
                null));
  }

  @Test
  void aFailureSaysWhyInOurWordsAndInMetas() {
    assertThat(
            parse(
                "'statuses':[{'id':'wamid.BBBB0002','status':'failed','timestamp':'1790000009','recipient_id':'573000000002','errors':[{'code':131026,'title':'Message"
                    + " undeliverable','message':'Message"
                    + " undeliverable','error_data':{'details':'Not on WhatsApp.'},"
                    + "'href':'https://developers.facebook.com/'}]}]"))
        .containsExactly(
            new Receipt(
                NUMBER,
                "wamid.BBBB0002",
                null,
                ReceiptStatus.FAILED,
                Instant.ofEpochSecond(1790000009),
                List.of(new Identifier("wa_id", "573000000002")),
                new Failure(
                    Reason.RECIPIENT_UNREACHABLE,
                    new ProviderAnswer(0, "131026", "Message undeliverable: Not on WhatsApp."))));
  }

  @ParameterizedTest
  @CsvSource({"sent, SENT", "delivered, DELIVERED", "read, READ", "played, READ", "failed, FAILED"})
  void aStatusOfMetaIsOneOfOurs(String theirs, ReceiptStatus ours) {
    Receipt receipt = one("'status':'" + theirs + "','errors':[{'code':131047}]");

    assertThat(receipt.status()).isEqualTo(ours);
    assertThat(receipt.failure() != null).isEqualTo(ours == ReceiptStatus.FAILED);
  }

  @ParameterizedTest
  @CsvSource({"deleted", "warning", "SENT", "of_the_year_2030"})
  void aStatusThatIsNotKnownIsIgnored(String status) {
    assertThat(parse("'statuses':[{'id':'w','status':'" + status + "'}]"))
        .containsExactly(new Ignored(NUMBER, "status " + status));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'errors':[{'code':131047}]              | SERVICE_WINDOW_CLOSED  | 131047
          'errors':[{'code':'131049'}]            | RECIPIENT_WITHHELD     | 131049
          'errors':[{'code':131050}]              | RECIPIENT_OPTED_OUT    | 131050
          'errors':[{'code':131000}]              | PROVIDER_UNAVAILABLE   | 131000
          'errors':[{'code':131053}]              | CONTENT_REFUSED        | 131053
          'errors':[{'code':131056}]              | RECIPIENT_BUSY         | 131056
          'errors':[{'code':130429}]              | THROTTLED              | 130429
          'errors':[{'code':131042}]              | PAYMENT_REQUIRED       | 131042
          'errors':[{'code':132015}]              | TEMPLATE_PAUSED        | 132015
          'errors':[{'code':999999}]              | PROVIDER_REFUSED       | 999999
          'errors':[{},{'code':131047}]           | SERVICE_WINDOW_CLOSED  | 131047
          'errors':[{'title':'no code'}]          | PROVIDER_REFUSED       |
          'errors':[]                             | PROVIDER_REFUSED       |
          'errors':'131047'                       | PROVIDER_REFUSED       |
          'x':0                                   | PROVIDER_REFUSED       |
          """)
  void aFailureIsJudgedByTheSameTableAsAnAnswer(String errors, Reason reason, String code) {
    Failure failure = one("'status':'failed'," + errors).failure();

    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.answer().code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'biz_opaque_callback_data':'665ab3c4d5e6f7a8b9c0d3e4:0:1'   | 665ab3c4d5e6f7a8b9c0d3e4:0:1
          'biz_opaque_callback_data':'m:01J9:1'                       |
          'biz_opaque_callback_data':''                               |
          'biz_opaque_callback_data':null                             |
          'biz_opaque_callback_data':{}                               |
          """)
  void onlyAnEchoOfOurMakingIsOne(String field, String echo) {
    Receipt receipt = one("'status':'sent'," + field);

    assertThat(receipt.echo() == null ? null : receipt.echo().toString()).isEqualTo(echo);
  }

  @Test
  void aReceiptNeedsNeitherRecipientNorConversationNorPrice() {
    Receipt receipt = one("'status':'read'");

    assertThat(receipt.recipient()).isEmpty();
    assertThat(receipt.status()).isEqualTo(ReceiptStatus.READ);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'status':'sent'}          | The status has no id.
          {'id':'','status':'sent'}  | The status has no id.
          {'id':'w'}                 | The status says nothing.
          {'id':'w','status':{}}     | The status says nothing.
          """)
  void aStatusWithoutIdOrWordIsParkedWithItsReason(String status, String why) {
    assertThat(parse("'statuses':[" + status + "]"))
        .containsExactly(new Unreadable(NUMBER, why, json(status)));
  }

  private Receipt one(String fields) {
    List<ProviderEvent> events = parse("'statuses':[{'id':'w','timestamp':1," + fields + "}]");
    assertThat(events).hasSize(1);
    return (Receipt) events.getFirst();
  }

  private List<ProviderEvent> parse(String content) {
    return receiver.parse(
        ("{'object':'whatsapp_business_account','entry':[{'id':'200','changes':[{'field':'messages',"
             + "'value':{'messaging_product':'whatsapp','metadata':{'phone_number_id':'"
                + NUMBER
                + "'},"
                + content
                + "}}]}]}")
            .replace('\'', '"')
            .getBytes(UTF_8));
  }
}
