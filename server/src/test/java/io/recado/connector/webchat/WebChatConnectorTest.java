package io.recado.connector.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.Address;
import io.recado.connector.Connector.ChannelSettings;
import io.recado.connector.Connector.Pace;
import io.recado.connector.Connector.SessionContext;
import io.recado.connector.Connector.Setting;
import io.recado.connector.ConnectorSession;
import io.recado.connector.ConnectorSession.OutboundMessage;
import io.recado.connector.ConnectorSession.TemplateListing;
import io.recado.connector.Content;
import io.recado.connector.Echo;
import io.recado.connector.Identifier;
import io.recado.connector.ProviderHttp;
import io.recado.connector.Reason;
import io.recado.connector.SendOutcome;
import io.recado.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebChatConnectorTest {

  private static final String CHANNEL = "6633a1b2c4d5e6f7a8b9c0d2";
  private static final Address VISITOR =
      new Address(List.of(new Identifier(Identifier.VISITOR, "664fa2b3c4d5e6f7a8b9c0d2")));
  private static final ChannelSettings SETTINGS =
      new ChannelSettings(
          JsonObject.builder()
              .with("allowedOrigins", "https://shop.example http://localhost:8080")
              .with("identitySecret", "a secret of the page")
              .build());

  private final List<String> shown = new ArrayList<>();
  private final WebChatConnector connector =
      new WebChatConnector((channel, to) -> shown.add(channel + " " + to.equals(VISITOR)));
  private final ConnectorSession session =
      connector.open(
          CHANNEL, SETTINGS, new SessionContext(new ProviderHttp(), InstantSource.system()));

  @Test
  void thereIsNoWindowNoTemplateNoRateAndNoDoubt() {
    var capabilities = connector.capabilities();
    assertThat(connector.type()).isEqualTo("WEBCHAT");
    assertThat(capabilities.serviceWindow()).isZero();
    assertThat(capabilities.hasTemplates()).isFalse();
    assertThat(capabilities.canBegin()).isFalse();
    assertThat(capabilities.isRepeatable()).isTrue();
    assertThat(capabilities.pace()).isEqualTo(Pace.FREE);
    assertThat(connector.callbacks()).isEmpty();
    assertThat(session.check()).isEmpty();
    assertThat(session.templates()).isEqualTo(new TemplateListing.Listed(List.of()));
  }

  @Test
  void aTextIsAcceptedUnderOurOwnIdHoweverOftenItIsSent() {
    for (int attempt = 1; attempt <= 3; attempt++) {
      var echo = new Echo("665ab3c4d5e6f7a8b9c0d3e4", 0, attempt);
      SendOutcome outcome =
          session.send(new OutboundMessage(echo, VISITOR, new Content.Text("hola"), null));
      assertThat(outcome)
          .isInstanceOfSatisfying(
              SendOutcome.Accepted.class,
              accepted -> {
                assertThat(accepted.providerMessageId()).isEqualTo("665ab3c4d5e6f7a8b9c0d3e4");
                assertThat(accepted.held()).isFalse();
              });
    }
  }

  @Test
  void whoeverIsNoVisitorAndWhateverIsNoTextIsRefusedForGood() {
    var phone = new Address(List.of(Identifier.phone("+573193210329")));
    var template = new Content.Template("hello", "en", null, List.of(), List.of());
    assertThat(reason(phone, new Content.Text("x"))).isEqualTo(Reason.RECIPIENT_INVALID);
    assertThat(reason(VISITOR, template)).isEqualTo(Reason.CONTENT_UNSUPPORTED);
  }

  @Test
  void typingIsShownToTheVisitorAndReadingIsNobodysBusiness() {
    session.showTyping(VISITOR, null);
    session.markRead("664fa2b3c4d5e6f7a8b9c0d2:m-1");
    assertThat(shown).containsExactly(CHANNEL + " true");
  }

  @Test
  void theOriginsAreAListAndTheSecretIsOne() {
    assertThat(connector.settings())
        .extracting(Setting::name, Setting::secret, Setting::required, s -> s.form().isList())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("allowedOrigins", false, true, true),
            org.assertj.core.groups.Tuple.tuple("identitySecret", true, false, false));
    assertThat(WebChatConnector.allowedOrigins(SETTINGS))
        .containsExactly("https://shop.example", "http://localhost:8080");
    assertThat(WebChatConnector.identitySecret(SETTINGS)).contains("a secret of the page");
    assertThat(WebChatConnector.allowedOrigins(new ChannelSettings(JsonObject.empty()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.example",
        "http://localhost:8080",
        "https://[2001:db8::1]:8443",
        "http://127.0.0.1"
      })
  void anOriginIsSchemeHostAndPort(String origin) {
    assertThat(fault(origin)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.example",
        "https://shop.example/",
        "https://shop.example/page",
        "https://Shop.example",
        "https://user@shop.example",
        "https://shop.example?x",
        "ftp://shop.example",
        "https://",
        "https://a b.example",
        "null",
        "*"
      })
  void whatABrowserNeverSendsAsAnOriginIsRefusedWithAnExample(String text) {
    assertThat(fault(text)).hasValueSatisfying(f -> assertThat(f).contains("https://shop.example"));
  }

  private java.util.Optional<String> fault(String origin) {
    return connector.settings().getFirst().form().fault().apply(origin);
  }

  private Reason reason(Address to, Content content) {
    SendOutcome outcome =
        session.send(
            new OutboundMessage(new Echo("665ab3c4d5e6f7a8b9c0d3e4", 0, 1), to, content, null));
    return ((SendOutcome.Refused) outcome).reason();
  }
}
