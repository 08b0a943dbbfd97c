package io.recado.template;

import io.recado.connector.ProviderTemplate;
import io.recado.connector.ProviderTemplate.Button;
import io.recado.connector.ProviderTemplate.Header;
import io.recado.connector.ProviderTemplate.Variable;
import java.util.List;

/// Templates as a provider lists them, for the tests of this package.
final class TestTemplates {

  private TestTemplates() {}

  /// Named variables, a footer, a button without a variable.
  static ProviderTemplate order(String language, String status) {
    return new ProviderTemplate(
        "order_status_update",
        language,
        "UTILITY",
        status,
        "GREEN",
        null,
        "Tu pedido {{order_number}} está {{status}}.",
        List.of(new Variable("order_number", "4012"), new Variable("status", "en camino")),
        "GoEvery",
        List.of(new Button("URL", "Ver pedido", false)));
  }

  static ProviderTemplate order(String language) {
    return order(language, Template.APPROVED);
  }

  /// Positional variables.
  static ProviderTemplate numbered() {
    return simple("numbered", "Hi {{1}}, {{2}}, {{1}}.", "1", "2");
  }

  /// Without anything to fill in.
  static ProviderTemplate plain() {
    return simple("plain", "Hello.");
  }

  static ProviderTemplate simple(String name, String body, String... variables) {
    return with(name, null, body, List.of(), variables);
  }

  static ProviderTemplate withHeader(String format, String text, String variable) {
    Variable inText = variable == null ? null : new Variable(variable, "x");
    return with("headed", new Header(format, text, inText), "Hello.", List.of());
  }

  static ProviderTemplate withButtons(Button... buttons) {
    return with("buttoned", null, "Hello.", List.of(buttons));
  }

  private static ProviderTemplate with(
      String name, Header header, String body, List<Button> buttons, String... variables) {
    return new ProviderTemplate(
        name,
        "es",
        "UTILITY",
        Template.APPROVED,
        null,
        header,
        body,
        List.of(variables).stream().map(variable -> new Variable(variable, null)).toList(),
        null,
        buttons);
  }
}
