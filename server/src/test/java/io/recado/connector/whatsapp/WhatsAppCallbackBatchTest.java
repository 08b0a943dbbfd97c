package io.recado.connector.whatsapp;

import static io.recado.connector.whatsapp.WhatsAppFixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recado.connector.CallbackReceiver;
import io.recado.connector.ConnectorSession.Problem;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderEvent;
import io.recado.connector.ProviderEvent.AccountChanged;
import io.recado.connector.ProviderEvent.Ignored;
import io.recado.connector.ProviderEvent.MessageReceived;
import io.recado.connector.ProviderEvent.Receipt;
import io.recado.connector.ProviderEvent.TemplatesChanged;
import io.recado.connector.ProviderEvent.Unreadable;
import io.recado.connector.Reason;
import io.recado.json.MalformedJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The envelope around what Meta tells: everything in it is read, and one bad item harms no other.
class WhatsAppCallbackBatchTest {

  private final CallbackReceiver receiver =
      new WhatsAppConnector("http://localhost").callbacks().orElseThrow();

  @Test
  void everyEntryChangeMessageAndStatusIsReadInOrder() {
    List<ProviderEvent> events =
        parse(
            entry("1", messages("n1", message("a") + "," + message("b")), statuses("n1", "c"))
                + ","
                + entry("2", messages("n2", message("d")))
                + ","
                + entry("3", change("message_template_status_update", "{}"), statuses("n3", "e")));

    assertThat(events)
        .extracting(WhatsAppCallbackBatchTest::brief)
        .containsExactly("n1 a", "n1 b", "n1 c", "n2 d", "3 templates", "n3 e");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "7",
        "'text'",
        "[]",
        "{}",
        "{'id':'x'}",
        "{'from':'57300'}",
        "{'id':{},'from':[]}"
      })
  void oneBadMessageHarmsNoOther(String bad) {
    List<ProviderEvent> events =
        parse(
            entry("1", messages("n", message("a") + "," + bad + "," + message("b")))
                + ","
                + entry("2", statuses("n", "c")));

    assertThat(events)
        .extracting(WhatsAppCallbackBatchTest::brief)
        .containsExactly("n a", "n unreadable", "n b", "n c");
  }

  @Test
  void aBadItemIsKeptAsItCame() {
    assertThat(parse(entry("1", messages("n", "[1,'x']"))))
        .containsExactly(
            new Unreadable("n", "An item of `messages` is no object.", json("{'value':[1,'x']}")));
    assertThat(parse(entry("1", messages("n", "null"))).getFirst().toString())
        .contains("An item of `messages` is no object.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          "{}"                                                       | "" | The callback has no `entry`.
          {'entry':{}}                                               | "" | The field `entry` is no array.
          {'entry':[7]}                                              | "" | An item of `entry` is no object.
          {'entry':[{'id':'1'}]}                                     | 1  | The entry has no `changes`.
          {'entry':[{'id':'1','changes':'x'}]}                       | 1  | The field `changes` is no array.
          {'entry':[{'id':1,'changes':[[]]}]}                        | 1  | An item of `changes` is no object.
          {'entry':[{'id':'1','changes':[{'value':{}}]}]}            | 1  | The change has no `field` or no `value`.
          {'entry':[{'id':'1','changes':[{'field':'messages'}]}]}    | 1  | The change has no `field` or no `value`.
          {'entry':[{'changes':[{'field':'messages','value':[]}]}]}  | "" | The change has no `field` or no `value`.
          {'entry':[{'changes':[{'field':'messages','value':{'messages':{}}}]}]} | "" | The field `messages` is no array.
          {'entry':[{'changes':[{'field':'messages','value':{'statuses':'x'}}]}]} | "" | The field `statuses` is no array.
          {'entry':[{'changes':[{'field':'messages','value':{'errors':[{'title':'x'}]}}]}]} | "" | The error has no code.
          """)
  void whateverIsNotUnderstoodIsParkedWithItsReason(String body, String account, String why) {
    List<ProviderEvent> events = receiver.parse(body.replace('\'', '"').getBytes(UTF_8));

    assertThat(events).hasSize(1);
    assertThat(events.getFirst()).isInstanceOf(Unreadable.class);
    assertThat(events.getFirst().account()).isEqualTo(account);
    assertThat(((Unreadable) events.getFirst()).why()).isEqualTo(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "[]", "7", "{\"entry\":[", "{\"entry\":[]} x"})
  void aBodyThatIsNoJsonObjectIsMalformed(String body) {
    assertThatThrownBy(() -> receiver.parse(body.getBytes(UTF_8)))
        .isInstanceOf(MalformedJson.class);
  }

  @Test
  void aThousandUpdatesInOneBodyAreAllRead() {
    String many = (message("a") + ",").repeat(9_999) + message("z");

    assertThat(parse(entry("1", messages("n", many)))).hasSize(10_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "message_template_status_update",
        "message_template_quality_update",
        "message_template_components_update",
        "template_category_update"
      })
  void aChangeOfATemplateIsOneOfTheBusinessAccount(String field) {
    String value =
        "{'event':'PAUSED','message_template_id':168000000000001,'message_template_name':'order_status',"
            + "'reason':'NONE','other_info':{'title':'FIRST_PAUSE'}}";

    assertThat(parse(entry("200100200100200", change(field, value))))
        .containsExactly(new TemplatesChanged("200100200100200"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'event':'DISABLED_UPDATE','ban_info':{'waba_ban_state':'DISABLE','waba_ban_date':'May 1'}} | DISABLE |
          {'event':'ACCOUNT_RESTRICTION','restriction_info':[{'restriction_type':'RESTRICTED_BIZ_INITIATED_MESSAGING','expiration':1790000000}]} | RESTRICTED_BIZ_INITIATED_MESSAGING | expires at 1790000000
          {'event':'ACCOUNT_RESTRICTION','restriction_info':[{'restriction_type':'RESTRICTED_BIZ_INITIATED_MESSAGING'},{'restriction_type':'RESTRICTED_CUSTOMER_INITIATED_MESSAGING'}]} | RESTRICTED_CUSTOMER_INITIATED_MESSAGING |
          """)
  void aBanOrARestrictionOfSendingIsAProblemOfTheAccount(
      String value, String code, String message) {
    assertThat(parse(entry("200", change("account_update", value))))
        .containsExactly(
            new AccountChanged(
                "200",
                new Problem(Reason.ACCOUNT_RESTRICTED, new ProviderAnswer(0, code, message))));
  }

  @Test
  void aBanThatIsLiftedEndsTheProblem() {
    String value = "{'event':'DISABLED_UPDATE','ban_info':{'waba_ban_state':'REINSTATE'}}";

    assertThat(parse(entry("200", change("account_update", value))))
        .containsExactly(new AccountChanged("200", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          account_update | {'event':'PARTNER_ADDED'} | account_update PARTNER_ADDED
          account_update | {'event':'DISABLED_UPDATE','ban_info':{'waba_ban_state':'SCHEDULE_FOR_DISABLE'}} | account_update DISABLED_UPDATE
          account_update | {'event':'ACCOUNT_RESTRICTION','restriction_info':[{'restriction_type':'RESTRICTED_ADD_PHONE_NUMBER_ACTION'}]} | account_update ACCOUNT_RESTRICTION
          account_update | {} | account_update without event
          phone_number_quality_update | {'event':'FLAGGED'} | phone_number_quality_update
          business_capability_update | {'max_daily_conversations_per_business':2000} | business_capability_update
          account_review_update | {'decision':'APPROVED'} | account_review_update
          account_alerts | {} | account_alerts
          security | {'event':'PIN_CHANGED'} | security
          user_preferences | {'user_preferences':[]} | user_preferences
          smb_message_echoes | {'message_echoes':[]} | smb_message_echoes
          of_the_year_2030 | {} | of_the_year_2030
          messages | {'contacts':[]} | messages without content
          messages | {'errors':[{'code':130429}]} | error 130429
          messages | {'errors':[{'code':999999}]} | error 999999
          """)
  void whateverConcernsNothingWeKeepIsIgnoredByName(String field, String value, String kind) {
    List<ProviderEvent> events = parse(entry("200", change(field, value)));

    assertThat(events).hasSize(1);
    assertThat(events.getFirst()).isInstanceOf(Ignored.class);
    assertThat(((Ignored) events.getFirst()).kind()).isEqualTo(kind);
  }

  @Test
  void anErrorThatKeepsTheNumberFromSendingIsAProblemOfTheNumber() {
    assertThat(
            parse(
                entry(
                    "200",
                    change(
                        "messages",
                        "{'metadata':{'phone_number_id':'300'},"
                            + "'errors':[{'code':131042,'title':'Payment'},{'code':130429}]}"))))
        .containsExactly(
            new AccountChanged(
                "300",
                new Problem(Reason.PAYMENT_REQUIRED, new ProviderAnswer(0, "131042", "Payment"))),
            new Ignored("300", "error 130429"));
  }

  private List<ProviderEvent> parse(String entries) {
    return receiver.parse(
        ("{'object':'whatsapp_business_account','entry':[" + entries + "]}")
            .replace('\'', '"')
            .getBytes(UTF_8));
  }

  private static String entry(String id, String... changes) {
    return "{'id':'" + id + "','time':1790000100,'changes':[" + String.join(",", changes) + "]}";
  }

  private static String change(String field, String value) {
    return "{'field':'" + field + "','value':" + value + "}";
  }

  private static String messages(String number, String messages) {
    return change(
        "messages",
        "{'metadata':{'phone_number_id':'" + number + "'},'messages':[" + messages + "]}");
  }

  private static String statuses(String number, String id) {
    return change(
        "messages",
        "{'metadata':{'phone_number_id':'"
            + number
            + "'},'statuses':[{'id':'"
            + id
            + "','status':'sent','timestamp':'1790000000'}]}");
  }

  private static String message(String id) {
    return "{'from':'573000000001','id':'"
        + id
        + "','timestamp':'1790000000','type':'text','text':{'body':'hola'}}";
  }

  private static String brief(ProviderEvent event) {
    return event.account()
        + " "
        + switch (event) {
          case MessageReceived message -> message.providerMessageId();
          case Receipt receipt -> receipt.providerMessageId();
          case TemplatesChanged _ -> "templates";
          case AccountChanged _ -> "account";
          case Ignored _ -> "ignored";
          case Unreadable _ -> "unreadable";
        };
  }
}
