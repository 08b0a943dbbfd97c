package io.recado.connector.whatsapp;

import static io.recado.connector.whatsapp.WhatsAppFixture.ECHO;
import static io.recado.connector.whatsapp.WhatsAppFixture.HELLO;
import static io.recado.connector.whatsapp.WhatsAppFixture.json;
import static io.recado.connector.whatsapp.WhatsAppFixture.settings;
import static io.recado.connector.whatsapp.WhatsAppFixture.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.Address;
import io.recado.connector.ConnectorSession.OutboundMessage;
import io.recado.connector.Content;
import io.recado.connector.Content.Button;
import io.recado.connector.Content.ButtonKind;
import io.recado.connector.Content.Header;
import io.recado.connector.Content.MediaKind;
import io.recado.connector.Content.Parameter;
import io.recado.connector.Content.Template;
import io.recado.connector.Content.Text;
import io.recado.connector.Identifier;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderHttp;
import io.recado.connector.Reason;
import io.recado.connector.ScriptedProvider;
import io.recado.connector.SendOutcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Message in, exact request out.
class WhatsAppRequestTest {

  private static final Address PHONE = to(Identifier.phone("+573193210329"));
  private static final String ACCEPTED = "{\"messages\":[{\"id\":\"wamid.1\"}]}";

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

  static Stream<Arguments> contents() {
    return Stream.of(
        Arguments.of(
            "a text, with everything that JSON must escape",
            new Text("¡Hola \"Ana\"!\n\\o/ 👍"),
            "'type':'text','text':{'body':'¡Hola \\\"Ana\\\"!\\n\\\\o/ 👍'}"),
        Arguments.of(
            "a template without variables",
            template(null, List.of()),
            "'type':'template','template':{'name':'order_status','language':{'code':'es_CO'}}"),
        Arguments.of(
            "named variables",
            template(
                null, List.of(named("orderNumber", "order_number", "A-1"), named("x", "x", "y"))),
            template(
                "{'type':'body','parameters':["
                    + "{'type':'text','parameter_name':'order_number','text':'A-1'},"
                    + "{'type':'text','parameter_name':'x','text':'y'}]}")),
        Arguments.of(
            "numbered variables, in the order of their numbers",
            template(
                null, List.of(named("10", "10", "j"), named("2", "2", "b"), named("1", "1", "a"))),
            template(
                "{'type':'body','parameters':[{'type':'text','text':'a'},"
                    + "{'type':'text','text':'b'},{'type':'text','text':'j'}]}")),
        Arguments.of(
            "a named variable in the header",
            template(new Header.TextValue(named("city", "city", "Cali")), List.of()),
            template(
                "{'type':'header','parameters':[{'type':'text','parameter_name':'city','text':'Cali'}]}")),
        Arguments.of(
            "a numbered variable in the header",
            template(new Header.TextValue(named("1", "1", "Cali")), List.of()),
            template("{'type':'header','parameters':[{'type':'text','text':'Cali'}]}")),
        Arguments.of(
            "an image in the header",
            template(new Header.Media(MediaKind.IMAGE, "https://x.co/a.png", null), List.of()),
            template(
                "{'type':'header','parameters':[{'type':'image','image':{'link':'https://x.co/a.png'}}]}")),
        Arguments.of(
            "a video in the header, whose file has no name",
            template(new Header.Media(MediaKind.VIDEO, "https://x.co/a.mp4", "a.mp4"), List.of()),
            template(
                "{'type':'header','parameters':[{'type':'video','video':{'link':'https://x.co/a.mp4'}}]}")),
        Arguments.of(
            "a document in the header",
            template(new Header.Media(MediaKind.DOCUMENT, "https://x.co/a", "Guía.pdf"), List.of()),
            template(
                "{'type':'header','parameters':[{'type':'document',"
                    + "'document':{'link':'https://x.co/a','filename':'Guía.pdf'}}]}")),
        Arguments.of(
            "a location in the header",
            template(new Header.Location(4.65, -74.05, "Bodega", "Calle 1"), List.of()),
            template(
                "{'type':'header','parameters':[{'type':'location','location':{'latitude':4.65,'longitude':-74.05,'name':'Bodega','address':'Calle"
                    + " 1'}}]}")),
        Arguments.of(
            "a location without a name",
            template(new Header.Location(0, 12, null, null), List.of()),
            template(
                "{'type':'header','parameters':[{'type':'location','location':"
                    + "{'latitude':0.0,'longitude':12.0}}]}")),
        Arguments.of(
            "every kind of button",
            new Template(
                "order_status",
                "es_CO",
                null,
                List.of(named("1", "1", "a")),
                List.of(
                    new Button(0, ButtonKind.QUICK_REPLY, "yes"),
                    new Button(1, ButtonKind.URL, "4012"),
                    new Button(9, ButtonKind.COPY_CODE, "SAVE10"))),
            template(
                "{'type':'body','parameters':[{'type':'text','text':'a'}]},"
                    + "{'type':'button','parameters':[{'type':'payload','payload':'yes'}],"
                    + "'sub_type':'quick_reply','index':'0'},"
                    + "{'type':'button','parameters':[{'type':'text','text':'4012'}],"
                    + "'sub_type':'url','index':'1'},"
                    + "{'type':'button','parameters':[{'type':'coupon_code','coupon_code':'SAVE10'}],"
                    + "'sub_type':'copy_code','index':'9'}")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contents")
  void aMessageBecomesExactlyThisRequest(String name, Content content, String expected) {
    provider.answers(200, ACCEPTED);

    send(new OutboundMessage(ECHO, PHONE, content, null));

    ScriptedProvider.Asked asked = provider.onlyAsked();
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.path()).isEqualTo("/v25.0/300100300100300/messages");
    assertThat(asked.header("Authorization")).isEqualTo("Bearer EAAB-token");
    assertThat(asked.header("Content-Type")).isEqualTo("application/json");
    assertThat(json(asked.body()))
        .isEqualTo(
            json(
                "{'messaging_product':'whatsapp','recipient_type':'individual',"
                    + "'to':'573193210329','biz_opaque_callback_data':'665ab3c4d5e6f7a8b9c0d3e4:0:1',"
                    + expected
                    + "}"));
  }

  @Test
  void anAnswerToAMessageQuotesIt() {
    provider.answers(200, ACCEPTED);

    send(new OutboundMessage(ECHO, PHONE, new Text("sí"), "wamid.OTHER"));

    assertThat(json(provider.onlyAsked().body()).object("context"))
        .contains(json("{'message_id':'wamid.OTHER'}"));
  }

  static Stream<Arguments> addresses() {
    Identifier phone = Identifier.phone("+525512345678");
    Identifier waId = new Identifier("wa_id", "5215512345678");
    Identifier userId = new Identifier("wa_user_id", "MX.2041");
    return Stream.of(
        Arguments.of(to(phone, userId, waId), "to", "5215512345678"),
        Arguments.of(to(userId, phone), "to", "525512345678"),
        Arguments.of(to(userId), "recipient", "MX.2041"),
        Arguments.of(to(waId, new Identifier("wa_id", "525512345678")), "to", "525512345678"));
  }

  @ParameterizedTest
  @MethodSource("addresses")
  void aPersonIsNamedInTheWayWhatsAppKnowsBest(Address address, String field, String value) {
    provider.answers(200, ACCEPTED);

    send(new OutboundMessage(ECHO, address, new Text("hola"), null));

    assertThat(json(provider.onlyAsked().body()).string(field)).contains(value);
    assertThat(json(provider.onlyAsked().body()).fields())
        .doesNotContainKey(field.equals("to") ? "recipient" : "to");
  }

  @Test
  void aPersonWhomWhatsAppCannotNameIsRefusedWithoutACall() {
    var message =
        new OutboundMessage(ECHO, to(new Identifier("chat_id", "7")), new Text("hola"), null);

    assertThat(send(message))
        .isEqualTo(new SendOutcome.Refused(Reason.RECIPIENT_INVALID, ProviderAnswer.ofStatus(0)));
    assertThat(provider.asked()).isEmpty();
  }

  @Test
  void contentThatCannotBeSentIsRefusedWithoutACall() {
    var message = new OutboundMessage(ECHO, PHONE, new Content.Unsupported("poll"), null);

    assertThat(send(message))
        .isEqualTo(new SendOutcome.Refused(Reason.CONTENT_UNSUPPORTED, ProviderAnswer.ofStatus(0)));
    assertThat(provider.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "EAAB\nX-Evil: 1", "tokén", "two words"})
  void aTokenThatCannotStandInAHeaderBreaksTheChannelWithoutACall(String token) {
    var session =
        WhatsAppFixture.session(
            http,
            provider.url(),
            settings(Map.of("phoneNumberId", "1", "businessAccountId", "2", "accessToken", token)));

    assertThat(session.send(HELLO))
        .isEqualTo(
            new SendOutcome.ChannelBroken(Reason.CREDENTIALS_INVALID, ProviderAnswer.ofStatus(0)));
    assertThat(session.check().getFirst().reason()).isEqualTo(Reason.CREDENTIALS_INVALID);
    assertThat(session.templates().toString()).contains("CREDENTIALS_INVALID");
    session.markRead("wamid.1");
    assertThat(provider.asked()).isEmpty();
  }

  @Test
  void blanksAroundAPastedTokenAreNotPartOfIt() {
    provider.answers(200, ACCEPTED);

    WhatsAppFixture.session(
            http,
            provider.url() + "/",
            settings(Map.of("phoneNumberId", "a/../b?c", "accessToken", " EAAB\n")))
        .send(HELLO);

    assertThat(provider.onlyAsked().header("Authorization")).isEqualTo("Bearer EAAB");
    assertThat(provider.onlyAsked().path()).isEqualTo("/v25.0/a%2F..%2Fb%3Fc/messages");
  }

  @Test
  void aMessageIsMarkedReadByItsId() {
    provider.answers(200, "{\"success\":true}");

    WhatsAppFixture.session(http, provider.url()).markRead("wamid.IN");

    assertThat(provider.onlyAsked().path()).isEqualTo("/v25.0/300100300100300/messages");
    assertThat(json(provider.onlyAsked().body()))
        .isEqualTo(
            json("{'messaging_product':'whatsapp','status':'read','message_id':'wamid.IN'}"));
  }

  @Test
  void typingIsShownWithTheReadMarkOfTheLastMessageAndNeverWithoutOne() {
    provider.answers(200, "{\"success\":true}");
    var session = WhatsAppFixture.session(http, provider.url());

    session.showTyping(HELLO.to(), null);
    session.showTyping(HELLO.to(), "wamid.IN");

    assertThat(provider.onlyAsked().path()).isEqualTo("/v25.0/300100300100300/messages");
    assertThat(json(provider.onlyAsked().body()))
        .isEqualTo(
            json(
                "{'messaging_product':'whatsapp','status':'read','message_id':'wamid.IN',"
                    + "'typing_indicator':{'type':'text'}}"));
  }

  @Test
  void aMessageThatCannotBeMarkedReadIsNoError() {
    provider.answers(400, "{\"error\":{\"code\":131009}}");

    WhatsAppFixture.session(http, provider.url()).markRead("wamid.OLD");

    assertThat(provider.asked()).hasSize(1);
  }

  private SendOutcome send(OutboundMessage message) {
    return WhatsAppFixture.session(http, provider.url()).send(message);
  }

  private static Template template(Header header, List<Parameter> parameters) {
    return new Template("order_status", "es_CO", header, parameters, List.of());
  }

  private static String template(String components) {
    return "'type':'template','template':{'name':'order_status','language':{'code':'es_CO'},"
        + "'components':["
        + components
        + "]}";
  }

  private static Parameter named(String name, String providerName, String value) {
    return new Parameter(name, providerName, value);
  }
}
