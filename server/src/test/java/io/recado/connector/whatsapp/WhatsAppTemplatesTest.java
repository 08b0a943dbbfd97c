package io.recado.connector.whatsapp;

import static io.recado.connector.whatsapp.WhatsAppFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.ConnectorSession.TemplateListing;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderHttp;
import io.recado.connector.ProviderTemplate;
import io.recado.connector.ProviderTemplate.Button;
import io.recado.connector.ProviderTemplate.Header;
import io.recado.connector.ProviderTemplate.Variable;
import io.recado.connector.Reason;
import io.recado.connector.ScriptedProvider;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppTemplatesTest {

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
  void aNamedTemplateIsReadWhole() {
    page(
        """
        {"name": "order_status", "language": "es_CO", "category": "UTILITY", "status": "APPROVED",
         "parameter_format": "NAMED", "quality_score": {"score": "GREEN", "date": 1790000000},
         "components": [
          {"type": "HEADER", "format": "TEXT", "text": "Pedido {{order_number}}",
           "example": {"header_text_named_params": [{"param_name": "order_number", "example": "A-1"}]}},
          {"type": "BODY", "text": "Hola {{name}}, {{order_number}} está {{ status }}. {{name}}!",
           "example": {"body_text_named_params": [{"param_name": "name", "example": "Ana"},
             {"param_name": "status", "example": "listo"}]}},
          {"type": "FOOTER", "text": "Every"},
          {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Ver"},
            {"type": "URL", "text": "Abrir", "url": "https://x.co/{{1}}", "example": ["https://x.co/1"]},
            {"type": "URL", "text": "Casa", "url": "https://x.co/"},
            {"type": "PHONE_NUMBER", "text": "Llamar", "phone_number": "+571"},
            {"type": "COPY_CODE", "text": "Copiar", "example": "SAVE"},
            {"type": "FLOW", "text": "Empezar", "flow_id": "1"}]}]}
        """);

    assertThat(listed())
        .containsExactly(
            new ProviderTemplate(
                "order_status",
                "es_CO",
                "UTILITY",
                "APPROVED",
                "GREEN",
                new Header("TEXT", "Pedido {{order_number}}", new Variable("order_number", "A-1")),
                "Hola {{name}}, {{order_number}} está {{ status }}. {{name}}!",
                List.of(
                    new Variable("name", "Ana"),
                    new Variable("order_number", null),
                    new Variable("status", "listo")),
                "Every",
                List.of(
                    new Button("QUICK_REPLY", "Ver", false),
                    new Button("URL", "Abrir", true),
                    new Button("URL", "Casa", false),
                    new Button("PHONE_NUMBER", "Llamar", false),
                    new Button("COPY_CODE", "Copiar", true),
                    new Button("FLOW", "Empezar", false))));
  }

  @Test
  void aNumberedTemplateHasItsExamplesByPlace() {
    page(
        """
        {"name": "order_confirmed", "language": "en", "category": "UTILITY", "status": "PAUSED",
         "quality_score": {"score": "UNKNOWN"},
         "components": [
          {"type": "HEADER", "format": "TEXT", "text": "Order {{1}}", "example": {"header_text": ["A-1"]}},
          {"type": "BODY", "text": "{{2}} for {{1}} and {{3}}", "example": {"body_text": [["x", "y"]]}}]}
        """);

    assertThat(listed())
        .containsExactly(
            new ProviderTemplate(
                "order_confirmed",
                "en",
                "UTILITY",
                "PAUSED",
                null,
                new Header("TEXT", "Order {{1}}", new Variable("1", "A-1")),
                "{{2}} for {{1}} and {{3}}",
                List.of(new Variable("2", "y"), new Variable("1", "x"), new Variable("3", null)),
                null,
                List.of()));
  }

  @ParameterizedTest
  @CsvSource({"IMAGE", "VIDEO", "DOCUMENT", "LOCATION", "GIF"})
  void aHeaderOfAnotherFormatHasNoText(String format) {
    page(
        "{\"name\":\"a\",\"language\":\"en\",\"components\":[{\"type\":\"HEADER\",\"format\":\""
            + format
            + "\",\"example\":{\"header_handle\":[\"https://x.co/h\"]}}]}");

    assertThat(listed().getFirst().header()).isEqualTo(new Header(format, null, null));
  }

  @Test
  void theButtonOfAOneTimePasswordTakesTheCodeAsAUrlDoes() {
    page(
        """
        {"name": "otp", "language": "en", "category": "AUTHENTICATION", "status": "APPROVED",
         "components": [{"type": "BODY", "text": "*{{1}}* is your code."},
          {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy"}]}]}
        """);

    assertThat(listed().getFirst().buttons()).containsExactly(new Button("URL", "Copy", true));
  }

  @Test
  void aRowThatCouldNotBeSentIsLeftOutAndHarmsNoOther() {
    page(
        "{\"language\":\"en\"},{\"name\":\"nowhere\"},7,null,"
            + "{\"name\":\"bare\",\"language\":\"en\",\"components\":[null,{\"type\":\"BUTTONS\"}]}");

    assertThat(listed())
        .containsExactly(
            new ProviderTemplate("bare", "en", "", "", null, null, "", List.of(), null, List.of()));
  }

  @Test
  void allPagesAreReadByTheirCursors() {
    provider
        .answers(
            200, page("a", "\"cursors\":{\"after\":\"Mj=&\"},\"next\":\"https://evil.example/\""))
        .answers(
            200, page("b", "\"cursors\":{\"after\":\"Mz\"},\"next\":\"https://evil.example/\""))
        .answers(200, page("c", "\"cursors\":{\"before\":\"x\",\"after\":\"last\"}"));

    assertThat(listed()).extracting(ProviderTemplate::name).containsExactly("a", "b", "c");

    String first =
        "/v25.0/200100200100200/message_templates"
            + "?fields=name%2Clanguage%2Ccategory%2Cstatus%2Cquality_score%2Ccomponents&limit=100";
    assertThat(provider.asked())
        .extracting(ScriptedProvider.Asked::path)
        .containsExactly(first, first + "&after=Mj%3D%26", first + "&after=Mz");
  }

  @Test
  void aListWithoutEndIsGivenUp() {
    for (int i = 0; i < 101; i++) {
      provider.answers(
          200, page("a", "\"cursors\":{\"after\":\"same\"},\"next\":\"https://x.co/\""));
    }

    assertThat(templates())
        .isEqualTo(
            new TemplateListing.Failed(
                Reason.PROVIDER_UNAVAILABLE,
                new ProviderAnswer(200, null, "more than 100 pages of templates")));
    assertThat(provider.asked()).hasSize(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          401 | {'error':{'code':190}}                    | CREDENTIALS_INVALID
          403 | {'error':{'code':10}}                     | PERMISSION_MISSING
          404 | {'error':{'code':803}}                    | TEMPLATE_ACCOUNT_MISSING
          400 | {'error':{'code':100,'error_subcode':33}} | TEMPLATE_ACCOUNT_MISSING
          429 | {'error':{'code':80008}}                  | THROTTLED
          400 | {'error':{'code':131009}}                 | CONTENT_REFUSED
          500 | {'error':{'code':2}}                      | PROVIDER_UNAVAILABLE
          502 | <html>oops</html>                         | PROVIDER_UNAVAILABLE
          200 | {}                                        | PROVIDER_UNAVAILABLE
          200 | {'data':{}}                               | PROVIDER_UNAVAILABLE
          200 | {'data':[],'paging':{'next':'https://x'}} | PROVIDER_UNAVAILABLE
          """)
  void aListThatIsNotWholeIsNoList(int status, String body, Reason reason) {
    provider
        .answers(200, page("a", "\"cursors\":{\"after\":\"b\"},\"next\":\"https://x.co/\""))
        .answers(status, body.replace('\'', '"'));

    assertThat(((TemplateListing.Failed) templates()).reason()).isEqualTo(reason);
  }

  @Test
  void withoutTheAccountNobodyIsAsked() {
    var session =
        WhatsAppFixture.session(
            http,
            provider.url(),
            settings(Map.of("phoneNumberId", "1", "accessToken", "x", "businessAccountId", " ")));

    assertThat(session.templates())
        .isEqualTo(
            new TemplateListing.Failed(
                Reason.TEMPLATE_ACCOUNT_MISSING, ProviderAnswer.ofStatus(0)));
    assertThat(provider.asked()).isEmpty();
  }

  private void page(String rows) {
    provider.answers(200, "{\"data\":[" + rows + "],\"paging\":{\"cursors\":{\"after\":\"x\"}}}");
  }

  private static String page(String name, String paging) {
    return "{\"data\":[{\"name\":\"%s\",\"language\":\"en\"}],\"paging\":{%s}}"
        .formatted(name, paging);
  }

  private List<ProviderTemplate> listed() {
    return ((TemplateListing.Listed) templates()).templates();
  }

  private TemplateListing templates() {
    return WhatsAppFixture.session(http, provider.url()).templates();
  }
}
