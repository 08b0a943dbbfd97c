package io.recado.connector.whatsapp;

import static io.recado.connector.whatsapp.WhatsAppFixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.CallbackReceiver;
import io.recado.connector.Content;
import io.recado.connector.Identifier;
import io.recado.connector.ProviderEvent;
import io.recado.connector.ProviderEvent.MessageReceived;
import io.recado.connector.ProviderEvent.Unreadable;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What people write: callback in, messages out.
class WhatsAppInboundTest {

  private static final String NUMBER = "300100300100300";
  private static final Identifier WA_ID = new Identifier("wa_id", "573000000001");
  private static final Identifier USER_ID = new Identifier("wa_user_id", "CO.20415099318877123456");
  private static final Identifier PHONE = Identifier.phone("+573000000001");

  private final CallbackReceiver receiver =
      new WhatsAppConnector("http://localhost").callbacks().orElseThrow();

  @Test
  void aTextIsReadWithItsSenderNameAndTime() {
    String message =
        "{'from':'573000000001','from_user_id':'CO.20415099318877123456','id':'wamid.AAAA0001',"
            + "'timestamp':'1790000000','type':'text','text':{'body':'hola'}}";

    assertThat(
            parse(
                "'contacts':[{'profile':{'name':'Ana R'},'wa_id':'573000000001',"
                    + "'user_id':'CO.20415099318877123456'}],'messages':["
                    + message
                    + "]"))
        .containsExactly(
            new MessageReceived(
                NUMBER,
                "wamid.AAAA0001",
                List.of(WA_ID, USER_ID, PHONE),
                "Ana R",
                new Content.Text("hola"),
                null,
                Instant.ofEpochSecond(1790000000),
                json(message)));
  }

  @Test
  void aTextIsKeptWholeWhateverItsLengthAndCharacters() {
    String text = "ñ👍\\n".repeat(20_000) + " ";

    assertThat(one(text("'text':{'body':'" + text + "'}")).content())
        .isEqualTo(new Content.Text(text.replace("\\n", "\n")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          image              | 'type':'image','image':{'id':'1','mime_type':'image/jpeg','caption':'mira'}
          video              | 'type':'video','video':{'id':'1'}
          audio              | 'type':'audio','audio':{'id':'1','voice':true}
          document           | 'type':'document','document':{'id':'1','filename':'a.pdf'}
          sticker            | 'type':'sticker','sticker':{'id':'1','animated':false}
          location           | 'type':'location','location':{'latitude':4.65,'longitude':-74.05}
          contacts           | 'type':'contacts','contacts':[{'name':{'formatted_name':'B'}}]
          interactive        | 'type':'interactive','interactive':{'type':'button_reply','button_reply':{'id':'1','title':'Sí'}}
          button             | 'type':'button','button':{'payload':'p','text':'Sí'}
          reaction           | 'type':'reaction','reaction':{'message_id':'wamid.1','emoji':'👍'}
          order              | 'type':'order','order':{'catalog_id':'1','product_items':[]}
          system             | 'type':'system','system':{'type':'user_changed_number','wa_id':'573000000009'}
          poll_creation      | 'type':'unsupported','unsupported':{'type':'poll_creation'},'errors':[{'code':131051}]
          unsupported        | 'type':'unsupported','errors':[{'code':131051}]
          unknown            | 'type':'unknown','errors':[{'code':131051}]
          edit               | 'type':'edit','edit':{'original_message_id':'wamid.1','message':{'type':'text'}}
          revoke             | 'type':'revoke','revoke':{'original_message_id':'wamid.1'}
          request_welcome    | 'type':'request_welcome'
          media_placeholder  | 'type':'media_placeholder'
          ephemeral          | 'type':'ephemeral'
          errors             | 'type':'errors','errors':[{'code':131060}]
          of_the_year_2030   | 'type':'of_the_year_2030','of_the_year_2030':[[[{}]]]
          unknown            | 'body':'no type'
          unknown            | 'type':7
          text               | 'type':'text'
          text               | 'type':'text','text':'hola'
          text               | 'type':'text','text':{'body':null}
          group              | 'type':'text','text':{'body':'hola'},'group_id':'120363'
          """)
  void everyOtherTypeIsKeptAsUnsupportedWithItsRawPayload(String kind, String fields) {
    String message = "{'from':'573000000001','id':'w','timestamp':'1790000000'," + fields + "}";

    MessageReceived received = one(message);

    assertThat(received.content()).isEqualTo(new Content.Unsupported(kind));
    assertThat(received.raw()).isEqualTo(json(message));
    assertThat(received.sender()).containsExactly(WA_ID, PHONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      nullValues = "-",
      textBlock =
          """
          'from':'573000000001'                          | wa_id=573000000001 phone=+573000000001
          'from':573000000001                            | wa_id=573000000001 phone=+573000000001
          'from':'5215512345678'                         | wa_id=5215512345678 phone=+5215512345678
          'from_user_id':'CO.1'                          | wa_user_id=CO.1
          'from':'573000000001','from_user_id':'CO.1'    | wa_id=573000000001 wa_user_id=CO.1 phone=+573000000001
          'from':'','from_user_id':'CO.1'                | wa_user_id=CO.1
          'from':null,'from_user_id':'CO.1'              | wa_user_id=CO.1
          'from':'0573000000001'                         | wa_id=0573000000001
          'from':'12345'                                 | wa_id=12345
          'from':'1234567890123456'                      | wa_id=1234567890123456
          'from':'+573000000001'                         | wa_id=+573000000001
          'from':'CO.ENT.7'                              | wa_id=CO.ENT.7
          'from_user_id':'CO.77'                         | wa_id=573000000077 wa_user_id=CO.77 phone=+573000000077
          'from':'573000000088'                          | wa_id=573000000088 wa_user_id=CO.88 phone=+573000000088
          """)
  void aSenderIsKnownByEveryIdGivenAndByTheNumberWhereItCanBeOne(String from, String expected) {
    List<ProviderEvent> events =
        parse(
            "'contacts':[{'wa_id':'573000000077','user_id':'CO.77'},"
                + "{'wa_id':'573000000088','user_id':'CO.88'}],"
                + "'messages':[{"
                + from
                + ",'id':'w','timestamp':'1','type':'text','text':{'body':'x'}}]");

    assertThat(((MessageReceived) events.getFirst()).sender())
        .extracting(identifier -> identifier.scheme() + "=" + identifier.value())
        .containsExactly(expected.split(" "));
  }

  @Test
  void aNameIsFoundByTheIdsAndNotByPlace() {
    assertThat(
            parse(
                "'contacts':["
                    + "{'wa_id':'573000000002','profile':{'name':'Beto'}},"
                    + "{'user_id':'CO.3','profile':{'name':'Caro'}},"
                    + "{'wa_id':'573000000001','profile':{'name':'Ana'}},"
                    + "{'wa_id':'573000000004','profile':{'name':' '}},"
                    + "{'wa_id':'573000000005'},{'profile':{'name':'Nadie'}}],"
                    + "'messages':["
                    + text("'from':'573000000001'")
                    + ","
                    + text("'from':'573000000002'")
                    + ","
                    + text("'from':null,'from_user_id':'CO.3'")
                    + ","
                    + text("'from':'573000000004'")
                    + ","
                    + text("'from':'573000000005'")
                    + ","
                    + text("'from':'573000000006'")
                    + "]"))
        .extracting(event -> ((MessageReceived) event).displayName())
        .containsExactly("Ana", "Beto", "Caro", null, null, null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          '1790000000'          | 2026-09-21T14:13:20Z
          1790000000            | 2026-09-21T14:13:20Z
          '1790000000123'       | 2026-09-21T14:13:20.123Z
          1790000000123         | 2026-09-21T14:13:20.123Z
          99999999999           | 5138-11-16T09:46:39Z
          100000000000          | 1973-03-03T09:46:40Z
          999999999999999999    | 1970-01-01T00:00:00Z
          -5                    | 1970-01-01T00:00:00Z
          0                     | 1970-01-01T00:00:00Z
          'today'               | 1970-01-01T00:00:00Z
          ''                    | 1970-01-01T00:00:00Z
          null                  | 1970-01-01T00:00:00Z
          1.5                   | 1970-01-01T00:00:00Z
          """)
  void aTimeMayBeTextOrNumberSecondsOrMilliseconds(String timestamp, Instant expected) {
    assertThat(one(text("'timestamp':" + timestamp)).providerTime()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      nullValues = "-",
      textBlock =
          """
          {'from':'57300','id':'wamid.Q'} | wamid.Q
          {'forwarded':true}              | -
          {'id':''}                       | -
          'wamid.Q'                       | -
          """)
  void anAnswerNamesTheMessageItQuotes(String context, String replyTo) {
    assertThat(one(text("'context':" + context)).replyTo()).isEqualTo(replyTo);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'from':'57300','type':'text'}             | The message has no id.
          {'id':'','from':'57300','type':'text'}     | The message has no id.
          {'id':7,'from':'57300','type':'text'}      | The message has no id.
          {'id':'w','type':'text'}                   | The message has no sender.
          {'id':'w','from':{},'from_user_id':' '}    | The message has no sender.
          {}                                         | The message has no id.
          """)
  void aMessageWithoutIdOrSenderIsParkedWithItsReason(String message, String why) {
    assertThat(parse("'messages':[" + message + "]"))
        .containsExactly(new Unreadable(NUMBER, why, json(message)));
  }

  @Test
  void oddCharactersInOneMessageHarmNoOther() {
    assertThat(
            receiver
                .parse(
                    callback(
                            "'messages':["
                                + text(
                                    "'text':{'body':'a\\u0000b \\ud83d c\\udc4d \\ud83d\\udc4d'}")
                                + ","
                                + text("'id':'w2','id':'w3'")
                                + "]")
                        .replace('\'', '"')
                        .getBytes(UTF_8))
                .stream()
                .map(event -> (MessageReceived) event)
                .map(
                    message ->
                        message.providerMessageId()
                            + " "
                            + ((Content.Text) message.content()).text())
                .toList())
        .containsExactly("w a\uFFFDb \uFFFD c\uFFFD 👍", "w3 hola");
  }

  private MessageReceived one(String message) {
    List<ProviderEvent> events = parse("'messages':[" + message + "]");
    assertThat(events).hasSize(1);
    return (MessageReceived) events.getFirst();
  }

  private List<ProviderEvent> parse(String content) {
    return receiver.parse(callback(content).replace('\'', '"').getBytes(UTF_8));
  }

  private static String callback(String content) {
    return "{'object':'whatsapp_business_account','entry':[{'id':'200','changes':[{'field':'messages',"
               + "'value':{'messaging_product':'whatsapp','metadata':{'display_phone_number':'15550001111',"
               + "'phone_number_id':'300100300100300'},"
        + content
        + "}}]}]}";
  }

  /// A text, with some of its fields given otherwise: of a field given twice the last counts.
  private static String text(String fields) {
    return "{'from':'573000000001','id':'w','timestamp':'1790000000','type':'text',"
        + "'text':{'body':'hola'},"
        + fields
        + "}";
  }
}
