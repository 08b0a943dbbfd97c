package io.recado.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.Content;
import io.recado.connector.Content.Header;
import io.recado.connector.Content.Parameter;
import io.recado.connector.ProviderTemplate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenderingTest {

  private static Rendering render(
      ProviderTemplate definition, Header header, Parameter... parameters) {
    Template template = Template.of(definition, Instant.EPOCH);
    return Rendering.of(
        template,
        new Content.Template(
            template.name(), template.language(), header, List.of(parameters), List.of()));
  }

  @Test
  void valuesStandInTheirPlaces() {
    Rendering rendering =
        render(
            TestTemplates.order("es"),
            null,
            new Parameter("orderNumber", "order_number", "4012"),
            new Parameter("status", "status", "en camino"));
    assertThat(rendering.body()).isEqualTo("Tu pedido 4012 está en camino.");
    assertThat(rendering.footer()).isEqualTo("GoEvery");
    assertThat(rendering.buttons()).containsExactly("Ver pedido");
    assertThat(rendering.header()).isNull();
  }

  @Test
  void aVariableUsedTwiceIsFilledTwice() {
    assertThat(
            render(
                    TestTemplates.numbered(),
                    null,
                    new Parameter("1", "1", "Ana"),
                    new Parameter("2", "2", "hi"))
                .body())
        .isEqualTo("Hi Ana, hi, Ana.");
  }

  @Test
  void aValueThatLooksLikeAPlaceholderIsText() {
    assertThat(
            render(
                    TestTemplates.numbered(),
                    null,
                    new Parameter("1", "1", "{{2}} $1 \\"),
                    new Parameter("2", "2", "b"))
                .body())
        .isEqualTo("Hi {{2}} $1 \\, b, {{2}} $1 \\.");
  }

  @Test
  void theHeadersTextIsFilledToo() {
    ProviderTemplate headed = TestTemplates.withHeader("TEXT", "Pedido {{ n }}", "n");
    assertThat(render(headed, new Header.TextValue(new Parameter("n", "n", "7"))).header())
        .isEqualTo("Pedido 7");
    assertThat(render(TestTemplates.withHeader("TEXT", "Fixed", null), null).header())
        .isEqualTo("Fixed");
    assertThat(render(TestTemplates.withHeader("IMAGE", null, null), null).header()).isNull();
  }

  @Test
  void itPrintsNothingOfWhatItHolds() {
    assertThat(render(TestTemplates.plain(), null)).hasToString("Rendering");
  }
}
