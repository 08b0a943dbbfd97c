package io.recado.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.recado.connector.Content;
import io.recado.connector.Content.ButtonKind;
import io.recado.connector.Content.Header;
import io.recado.connector.Content.MediaKind;
import io.recado.connector.Content.Parameter;
import io.recado.connector.ProviderTemplate;
import io.recado.connector.ProviderTemplate.Button;
import io.recado.http.request.ApiError;
import io.recado.http.request.Fields;
import io.recado.http.request.Violation;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateChoiceTest {

  private static final Instant NOW = Instant.parse("2026-04-03T10:00:00Z");
  private static final String VALUES = "'parameters':{'orderNumber':'4012','status':'en camino'}";

  private static ChannelTemplates templates(ProviderTemplate... definitions) {
    return new ChannelTemplates(
        Arrays.stream(definitions).map(definition -> Template.of(definition, NOW)).toList());
  }

  private static Content.Template choose(
      ChannelTemplates templates, String defaultLanguage, String text) {
    Fields body = new Fields(json("{'template':" + text + "}"));
    Optional<Content.Template> content =
        TemplateChoice.read(body.object("template").orElseThrow(), templates, defaultLanguage);
    body.check();
    return content.orElseThrow();
  }

  private static Content.Template choose(ProviderTemplate definition, String text) {
    return choose(templates(definition), null, text);
  }

  private static List<Violation> violations(
      ChannelTemplates templates, String defaultLanguage, String text) {
    return catchThrowableOfType(ApiError.class, () -> choose(templates, defaultLanguage, text))
        .violations();
  }

  private static List<String> faults(ProviderTemplate definition, String text) {
    return violations(templates(definition), null, text).stream()
        .map(violation -> violation.field().replace("template.", "") + " " + violation.reason())
        .toList();
  }

  private static JsonObject json(String text) {
    return Json.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void parametersAreTakenInTheOrderOfTheTemplateUnderBothNames() {
    Content.Template content =
        choose(
            TestTemplates.order("es"),
            "{'name':'order_status_update','language':'es',"
                + "'parameters':{'status':'en camino','orderNumber':'4012'}}");
    assertThat(content.parameters())
        .containsExactly(
            new Parameter("orderNumber", "order_number", "4012"),
            new Parameter("status", "status", "en camino"));
    assertThat(content.language()).isEqualTo("es");
    assertThat(content.header()).isNull();
    assertThat(content.buttons()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'order_number':'4012','status':'x'}
          [{'name':'orderNumber','value':'4012'},{'name':'status','value':'x'}]
          [{'name':'status','value':'x'},{'name':'order_number','value':'4012'}]
          """)
  void theProvidersSpellingAndAListAreUnderstood(String parameters) {
    Content.Template content =
        choose(
            TestTemplates.order("es"),
            "{'name':'order_status_update','parameters':" + parameters + "}");
    assertThat(content.parameters())
        .extracting(Parameter::name, Parameter::value)
        .containsExactly(tuple("orderNumber", "4012"), tuple("status", "x"));
  }

  @Test
  void positionalParametersAreNamedByTheirNumbers() {
    Content.Template content =
        choose(TestTemplates.numbered(), "{'name':'numbered','parameters':{'2':'b','1':'a'}}");
    assertThat(content.parameters())
        .containsExactly(new Parameter("1", "1", "a"), new Parameter("2", "2", "b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'status':'x'} | parameters.orderNumber REQUIRED
          {} | parameters.orderNumber REQUIRED,parameters.status REQUIRED
          null | parameters.orderNumber REQUIRED,parameters.status REQUIRED
          {'orderNumber':'1','status':'x','color':'red'} | parameters.color UNKNOWN_FIELD
          {'orderNumbr':'1','status':'x'} | parameters.orderNumbr UNKNOWN_FIELD,parameters.orderNumber REQUIRED
          {'orderNumber':4012,'status':'x'} | parameters.orderNumber WRONG_TYPE
          {'orderNumber':null,'status':'x'} | parameters.orderNumber REQUIRED
          {'orderNumber':'','status':' '} | parameters.orderNumber REQUIRED,parameters.status REQUIRED
          {'orderNumber':'a\\nb','status':'a\\tb'} | parameters.orderNumber INVALID_VALUE,parameters.status INVALID_VALUE
          {'orderNumber':'a\\rb','status':'a     b'} | parameters.orderNumber INVALID_VALUE,parameters.status INVALID_VALUE
          {'orderNumber':'1','order_number':'2','status':'x'} | parameters.order_number CONFLICTING_FIELDS
          'text' | parameters WRONG_TYPE,parameters.orderNumber REQUIRED,parameters.status REQUIRED
          [{'name':'orderNumber','value':'1'}] | parameters.status REQUIRED
          [{'name':'orderNumber'},{'name':'status','value':'x'}] | parameters.orderNumber REQUIRED
          [{'name':'orderNumber','value':1},{'name':'status','value':'x'}] | parameters[0].value WRONG_TYPE
          [{'name':'orderNumber','value':'1'},{'name':'status','value':''}] | parameters[1].value REQUIRED
          [{'name':'orderNumber','value':'1'},{'name':'status','value':'x'},{'name':'status','value':'y'}] | parameters[2].name CONFLICTING_FIELDS
          [{'name':'orderNumber','value':'1'},{'name':'status','value':'x'},{'name':'tail','value':'y'}] | parameters[2].name UNKNOWN_FIELD
          [{'name':'orderNumber','value':'1'},{'name':'status','value':'x','type':'text'}] | parameters[1].type UNKNOWN_FIELD
          ['1','2'] | parameters[0] WRONG_TYPE,parameters[1] WRONG_TYPE,parameters.orderNumber REQUIRED,parameters.status REQUIRED
          """)
  void everyWrongParameterIsNamed(String parameters, String expected) {
    assertThat(
            faults(
                TestTemplates.order("es"),
                "{'name':'order_status_update','parameters':" + parameters + "}"))
        .containsExactlyInAnyOrder(expected.split(","));
  }

  @Test
  void fourSpacesAreAllowed() {
    choose(TestTemplates.numbered(), "{'name':'numbered','parameters':{'1':'a    b','2':'b'}}");
  }

  @Test
  void aSuperfluousParameterOfATemplateWithoutAnyIsNamed() {
    assertThat(
            violations(
                templates(TestTemplates.plain()), null, "{'name':'plain','parameters':{'x':'1'}}"))
        .containsExactly(
            new Violation(
                "template.parameters.x",
                "UNKNOWN_FIELD",
                "The template has no variables; leave it out."));
  }

  @Test
  void theBodyHasAtMost1024CharactersWithItsValues() {
    String fixed = "Hi , , .";
    int left = 1_024 - fixed.length() - 1;
    String fits = "{'name':'numbered','parameters':{'1':'" + "a".repeat(left / 2) + "','2':'%s'}}";
    String rest = "b".repeat(1 + left - left / 2 * 2);
    choose(TestTemplates.numbered(), fits.formatted(rest));
    assertThat(faults(TestTemplates.numbered(), fits.formatted(rest + "b")))
        .containsExactly("parameters TOO_LONG");
    assertThat(faults(TestTemplates.numbered(), fits.formatted("b".repeat(1_025))))
        .containsExactly("parameters.2 TOO_LONG");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          es | - | es
          en-US | - | en_US
          EN_us | - | en_US
          - | en-US | en_US
          - | es | es
          en_US | es | en_US
          """)
  void theLanguageIsTheOneGivenOrTheChannels(String given, String ofChannel, String chosen) {
    ChannelTemplates both = templates(TestTemplates.order("es"), TestTemplates.order("en_US"));
    String language = given == null ? "" : "'language':'" + given + "',";
    Content.Template content =
        choose(both, ofChannel, "{'name':'order_status_update'," + language + VALUES + "}");
    assertThat(content.language()).isEqualTo(chosen);
  }

  @Test
  void theOnlyApprovedLanguageNeedsNotBeGiven() {
    ChannelTemplates templates =
        templates(TestTemplates.order("es"), TestTemplates.order("en_US", "PENDING"));
    assertThat(choose(templates, "fr", "{'name':'order_status_update'," + VALUES + "}").language())
        .isEqualTo("es");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          {} | - | name REQUIRED Must be given.
          {'name':7} | - | name WRONG_TYPE Must be a string.
          {'name':'order_status_updat'} | - | name INVALID_VALUE Did you mean order_status_update?
          {'name':'zzz','parameters':{'a':'b'},'header':{},'buttons':[]} | - | name INVALID_VALUE no such template
          {'name':'order_status_update'} | - | language REQUIRED give one of: en_US, es.
          {'name':'order_status_update'} | fr | language REQUIRED give one of: en_US, es.
          {'name':'order_status_update','language':'fr'} | es | language INVALID_VALUE it does in: en_US, es, pt_BR.
          {'name':'order_status_update','language':'es_CO'} | - | language INVALID_VALUE it does in: en_US, es, pt_BR.
          {'name':'order_status_update','language':7} | - | language WRONG_TYPE Must be a string.
          {'name':'order_status_update','language':'pt_BR'} | - | name INVALID_VALUE it is PAUSED; approved: en_US, es.
          {'name':'rejected'} | - | name INVALID_VALUE it is REJECTED in es.
          {'name':'rejected','language':'es'} | - | name INVALID_VALUE it is REJECTED.
          {'name':'order_status_update','language':'es','parameters':{'orderNumber':'1','status':'x'},'color':1} | - | color UNKNOWN_FIELD no such field
          """)
  void aTemplateThatCannotBeSentIsRefusedWithTheReason(
      String text, String defaultLanguage, String expected) {
    ProviderTemplate rejected = TestTemplates.simple("rejected", "x");
    ChannelTemplates templates =
        templates(
            TestTemplates.order("es"),
            TestTemplates.order("en_US"),
            TestTemplates.order("pt_BR", "PAUSED"),
            new ProviderTemplate(
                rejected.name(),
                "es",
                "UTILITY",
                "REJECTED",
                null,
                null,
                "x",
                List.of(),
                null,
                List.of()));
    String[] parts = expected.split(" ", 3);
    assertThat(violations(templates, defaultLanguage, text))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.field()).isEqualTo("template." + parts[0]);
              assertThat(violation.reason()).isEqualTo(parts[1]);
              assertThat(violation.description()).contains(parts[2]);
            });
  }

  @Test
  void aChannelWithoutTemplatesIsToldToSync() {
    assertThat(violations(templates(), null, "{'name':'x'}").getFirst().description())
        .contains("templates:sync");
  }

  @Test
  void theValuesOfAllKindsOfHeaderAreTaken() {
    assertThat(
            choose(
                    TestTemplates.withHeader("TEXT", "Pedido {{order_number}}", "order_number"),
                    "{'name':'headed','header':{'text':'4012'}}")
                .header())
        .isEqualTo(new Header.TextValue(new Parameter("orderNumber", "order_number", "4012")));
    assertThat(
            choose(
                    TestTemplates.withHeader("IMAGE", null, null),
                    "{'name':'headed','header':{'image':{'url':'https://x.example/a.png'}}}")
                .header())
        .isEqualTo(new Header.Media(MediaKind.IMAGE, "https://x.example/a.png", null));
    assertThat(
            choose(
                    TestTemplates.withHeader("DOCUMENT", null, null),
                    "{'name':'headed','header':{'document':"
                        + "{'url':'https://x.example/a.pdf','filename':'a.pdf'}}}")
                .header())
        .isEqualTo(new Header.Media(MediaKind.DOCUMENT, "https://x.example/a.pdf", "a.pdf"));
    assertThat(
            choose(
                    TestTemplates.withHeader("LOCATION", null, null),
                    "{'name':'headed','header':{'location':"
                        + "{'latitude':4.65,'longitude':-74,'name':'Shop'}}}")
                .header())
        .isEqualTo(new Header.Location(4.65, -74, "Shop", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          - | - | 'header':{'text':'x'} | header INVALID_VALUE
          TEXT | Fixed | 'header':{'text':'x'} | header INVALID_VALUE
          TEXT | A {{1}} | - | header.text REQUIRED
          TEXT | A {{1}} | 'header':{} | header.text REQUIRED
          TEXT | A {{1}} | 'header':7 | header WRONG_TYPE
          TEXT | A {{1}} | 'header':{'text':'a\\nb'} | header.text INVALID_VALUE
          TEXT | A {{1}} | 'header':{'text':' '} | header.text REQUIRED
          TEXT | A {{1}} | 'header':{'text':'123456789012345678901234567890123456789012345678901234567890'} | header.text TOO_LONG
          TEXT | A {{1}} | 'header':{'image':{'url':'https://x.example'}} | header.image INVALID_VALUE,header.text REQUIRED
          IMAGE | - | - | header.image REQUIRED
          IMAGE | - | 'header':{'image':{}} | header.image.url REQUIRED
          IMAGE | - | 'header':{'image':{'url':'ftp://x.example/a'}} | header.image.url INVALID_VALUE
          IMAGE | - | 'header':{'image':{'url':'a.png'}} | header.image.url INVALID_VALUE
          IMAGE | - | 'header':{'image':{'url':'https://x y/a'}} | header.image.url INVALID_VALUE
          IMAGE | - | 'header':{'image':{'url':'https://x.example/a','filename':'a'}} | header.image.filename UNKNOWN_FIELD
          VIDEO | - | 'header':{'image':{'url':'https://x.example/a'}} | header.image INVALID_VALUE,header.video REQUIRED
          DOCUMENT | - | 'header':{'document':{'url':'https://x.example/a','filename':''}} | header.document.filename REQUIRED
          LOCATION | - | 'header':{'location':{'latitude':4}} | header.location.longitude REQUIRED
          LOCATION | - | 'header':{'location':{'latitude':91,'longitude':0}} | header.location.latitude TOO_LARGE
          LOCATION | - | 'header':{'location':{'latitude':0,'longitude':-181}} | header.location.longitude TOO_SMALL
          LOCATION | - | 'header':{'location':{'latitude':'0','longitude':0}} | header.location.latitude WRONG_TYPE
          PRODUCT | - | - | header INVALID_VALUE
          """)
  void aHeaderValueThatDoesNotFitIsNamed(
      String format, String text, String header, String expected) {
    ProviderTemplate definition =
        format == null
            ? TestTemplates.withButtons()
            : TestTemplates.withHeader(
                format, text, text != null && text.contains("{{") ? "1" : null);
    String name = "'name':'" + definition.name() + "'";
    assertThat(faults(definition, "{" + name + (header == null ? "" : "," + header) + "}"))
        .containsExactlyInAnyOrder(expected.split(","));
  }

  private static ProviderTemplate buttons() {
    return TestTemplates.withButtons(
        new Button("QUICK_REPLY", "Yes", false),
        new Button("URL", "Track", true),
        new Button("URL", "Shop", false),
        new Button("COPY_CODE", "Copy", true),
        new Button("PHONE_NUMBER", "Call", false));
  }

  @Test
  void buttonValuesAreTakenByPlaceAndKind() {
    Content.Template content =
        choose(
            buttons(),
            "{'name':'buttoned','buttons':[{'index':3,'value':'SAVE10'},"
                + "{'index':1,'value':'4012'},{'index':0,'value':'yes-4012'}]}");
    assertThat(content.buttons())
        .containsExactly(
            new Content.Button(0, ButtonKind.QUICK_REPLY, "yes-4012"),
            new Content.Button(1, ButtonKind.URL, "4012"),
            new Content.Button(3, ButtonKind.COPY_CODE, "SAVE10"));
  }

  @Test
  void aQuickReplyNeedsNoValue() {
    Content.Template content =
        choose(
            buttons(),
            "{'name':'buttoned','buttons':[{'index':3,'value':'A'},{'index':1,'value':'B'}]}");
    assertThat(content.buttons()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [] | buttons REQUIRED,buttons REQUIRED
          [{'index':1,'value':'x'}] | buttons REQUIRED
          [OK,{'index':5,'value':'x'}] | buttons[2].index INVALID_VALUE
          [OK,{'index':-1,'value':'x'}] | buttons[2].index TOO_SMALL
          [OK,{'index':'0','value':'x'}] | buttons[2].index WRONG_TYPE
          [OK,{'value':'x'}] | buttons[2].index REQUIRED
          [OK,{'index':0}] | buttons[2].value REQUIRED
          [OK,{'index':0,'value':''}] | buttons[2].value REQUIRED
          [OK,{'index':2,'value':'x'}] | buttons[2].index INVALID_VALUE
          [OK,{'index':4,'value':'x'}] | buttons[2].index INVALID_VALUE
          [OK,{'index':1,'value':'y'}] | buttons[2].index CONFLICTING_FIELDS
          [OK,{'index':0,'value':'x','text':'y'}] | buttons[2].text UNKNOWN_FIELD
          [{'index':3,'value':'x'},{'index':1,'value':'a b'}] | buttons[1].value INVALID_VALUE
          {'1':'x'} | buttons WRONG_TYPE,buttons REQUIRED,buttons REQUIRED
          ['x'] | buttons[0] WRONG_TYPE,buttons REQUIRED,buttons REQUIRED
          """)
  void aButtonValueThatDoesNotFitIsNamed(String values, String expected) {
    String given = values.replace("OK", "{'index':1,'value':'x'},{'index':3,'value':'x'}");
    assertThat(faults(buttons(), "{'name':'buttoned','buttons':" + given + "}"))
        .containsExactlyInAnyOrder(expected.split(","));
  }

  @Test
  void allFaultsAreToldAtOnce() {
    assertThat(
            faults(
                TestTemplates.order("es"),
                "{'name':'order_status_update','parameters':{'status':''},'header':{'text':'x'},"
                    + "'buttons':[{'index':0,'value':'x'}]}"))
        .containsExactlyInAnyOrder(
            "parameters.status REQUIRED",
            "parameters.orderNumber REQUIRED",
            "header INVALID_VALUE",
            "buttons[0].index INVALID_VALUE");
  }

  @Test
  void whatWasChosenIsAnsweredInTheSameForm() {
    Content.Template content =
        choose(
            TestTemplates.order("es"),
            "{'name':'order_status_update','parameters':{'order_number':'4012','status':'x'}}");
    assertThat(TemplateJson.content(content))
        .isEqualTo(
            json(
                "{'name':'order_status_update','language':'es',"
                    + "'parameters':{'orderNumber':'4012','status':'x'}}"));
    assertThat(content.toString()).doesNotContain("4012");
  }

  @Test
  void everyKindOfValueIsAnsweredAsItWasGiven() {
    for (String value :
        List.of(
            "{'image':{'url':'https://x.example/a.png'}}",
            "{'document':{'url':'https://x.example/a.pdf','filename':'a.pdf'}}",
            "{'location':{'latitude':4.65,'longitude':-74.5,'name':'Shop','address':'Calle 1'}}")) {
      String format = value.substring(2, value.indexOf('\'', 2)).toUpperCase(Locale.ROOT);
      Content.Template content =
          choose(
              TestTemplates.withHeader(format, null, null),
              "{'name':'headed','header':" + value + "}");
      assertThat(Json.text(TemplateJson.content(content).value("header")))
          .isEqualTo(value.replace('\'', '"'));
    }
    Content.Template content =
        choose(
            buttons(),
            "{'name':'buttoned','buttons':[{'index':1,'value':'a'},{'index':3,'value':'b'}]}");
    assertThat(Json.text(TemplateJson.content(content)))
        .isEqualTo(
            "{\"name\":\"buttoned\",\"language\":\"es\",\"parameters\":{},"
                + "\"buttons\":[{\"index\":1,\"value\":\"a\"},{\"index\":3,\"value\":\"b\"}]}");
  }
}
