package io.recado.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.ProviderTemplate;
import io.recado.json.Json;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateTest {

  private static final Instant NOW = Instant.parse("2026-04-03T10:00:00Z");

  static List<ProviderTemplate> definitions() {
    return List.of(
        TestTemplates.order("es"),
        TestTemplates.numbered(),
        TestTemplates.plain(),
        TestTemplates.withHeader("TEXT", "Pedido {{order_number}}", "order_number"),
        TestTemplates.withHeader("TEXT", "Pedido", null),
        TestTemplates.withHeader("IMAGE", null, null),
        TestTemplates.withButtons(new ProviderTemplate.Button("COPY_CODE", "Copy", true)));
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void whatIsStoredIsReadBackTheSame(ProviderTemplate definition) {
    Template template = Template.of(definition, NOW);
    assertThat(StoredTemplate.of(template).template()).isEqualTo(template);
    assertThat(template.definition()).isEqualTo(definition);
  }

  @Test
  void theListShowsOurNamesAlsoInsideTheText() {
    assertThat(Json.text(TemplateJson.of(Template.of(TestTemplates.order("es"), NOW))))
        .isEqualTo(
            """
            {"name":"order_status_update","language":"es","category":"UTILITY",\
            "status":"APPROVED","quality":"GREEN",\
            "body":{"text":"Tu pedido {{orderNumber}} está {{status}}.",\
            "parameters":[{"name":"orderNumber","example":"4012"},\
            {"name":"status","example":"en camino"}]},\
            "buttons":["Ver pedido"],"footer":"GoEvery","updateTime":"2026-04-03T10:00:00Z"}\
            """);
  }

  @Test
  void aHeaderIsShownWithItsVariable() {
    ProviderTemplate definition =
        TestTemplates.withHeader("TEXT", "Pedido {{ order_number }}", "order_number");
    assertThat(Json.text(TemplateJson.of(Template.of(definition, NOW)).value("header")))
        .isEqualTo(
            """
            {"format":"TEXT","text":"Pedido {{orderNumber}}",\
            "parameters":[{"name":"orderNumber","example":"x"}]}\
            """);
    assertThat(
            Json.text(
                TemplateJson.of(Template.of(TestTemplates.withHeader("IMAGE", null, null), NOW))
                    .value("header")))
        .isEqualTo("{\"format\":\"IMAGE\"}");
  }

  @Test
  void onlyApprovedOnesMayBeSent() {
    assertThat(Template.of(TestTemplates.order("es", "APPROVED"), NOW).isApproved()).isTrue();
    assertThat(Template.of(TestTemplates.order("es", "PAUSED"), NOW).isApproved()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "en_US, en-US, true",
    "en_US, EN-us, true",
    "es, es_CO, false",
    "es, es, true",
    "zh_CN, zh-TW, false",
  })
  void languagesAreTheSameInEitherSpelling(String one, String other, boolean same) {
    assertThat(Language.isSame(one, other)).isEqualTo(same);
  }

  @Test
  void templatesAreSortedByNameAndLanguageEvenWithNamesTooLongForAToken() {
    String name = "n".repeat(512);
    var templates =
        new ChannelTemplates(
            List.of(
                Template.of(TestTemplates.simple(name, "x"), NOW),
                Template.of(TestTemplates.order("pt"), NOW),
                Template.of(TestTemplates.order("es"), NOW),
                Template.of(TestTemplates.simple(name.replaceFirst("n$", "m"), "x"), NOW)));
    assertThat(templates.all())
        .extracting(Template::language)
        .containsExactly("es", "es", "es", "pt");
    assertThat(templates.all())
        .extracting(ChannelTemplates::sortKey)
        .isSorted()
        .doesNotHaveDuplicates()
        .allSatisfy(key -> assertThat(key.length()).isLessThanOrEqualTo(120));
  }
}
