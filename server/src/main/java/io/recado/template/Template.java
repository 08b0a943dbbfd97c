package io.recado.template;

import io.recado.connector.ProviderTemplate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A template in one language: what the provider lists, and how the API names its variables.
///
/// @param definition in the provider's spelling
/// @param parameters the body's variables, in order of first appearance
/// @param headerVariable null when the header has none
/// @param updateTime when a sync last found it changed
public record Template(
    ProviderTemplate definition,
    List<Variable> parameters,
    @Nullable Variable headerVariable,
    Instant updateTime) {

  /// The only status in which a template may be sent.
  public static final String APPROVED = "APPROVED";

  /// Copies the list.
  public Template {
    parameters = List.copyOf(parameters);
  }

  /// A template that a sync has found; gives its variables their names.
  public static Template of(ProviderTemplate definition, Instant now) {
    List<ProviderTemplate.Variable> variables = definition.parameters();
    List<String> names =
        ParameterNames.of(variables.stream().map(ProviderTemplate.Variable::name).toList());
    List<Variable> parameters = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      parameters.add(variable(names.get(i), variables.get(i)));
    }
    ProviderTemplate.Header header = definition.header();
    ProviderTemplate.Variable inHeader = header == null ? null : header.variable();
    return new Template(
        definition,
        parameters,
        inHeader == null
            ? null
            : variable(ParameterNames.of(List.of(inHeader.name())).getFirst(), inHeader),
        now);
  }

  /// The provider's name of it, shared by all of its languages.
  public String name() {
    return definition.name();
  }

  /// The language in the provider's spelling, such as `en_US`.
  public String language() {
    return definition.language();
  }

  /// Whether it may be sent now.
  public boolean isApproved() {
    return definition.status().equals(APPROVED);
  }

  /// The body's text with the API's names of the variables.
  public String bodyText() {
    return Placeholders.replace(definition.body(), names(parameters));
  }

  /// The header's text with the API's name of the variable; null unless it has a text header.
  public @Nullable String headerText() {
    ProviderTemplate.Header header = definition.header();
    if (header == null || header.text() == null) {
      return null;
    }
    return Placeholders.replace(
        header.text(), names(headerVariable == null ? List.of() : List.of(headerVariable)));
  }

  private static Function<String, String> names(List<Variable> variables) {
    Map<String, String> names =
        variables.stream().collect(Collectors.toMap(Variable::providerName, Variable::name));
    return providerName -> "{{" + names.getOrDefault(providerName, providerName) + "}}";
  }

  private static Variable variable(String name, ProviderTemplate.Variable variable) {
    return new Variable(name, variable.name(), variable.example());
  }

  /// A variable.
  ///
  /// @param name as the API shows it, such as `orderNumber` or `1`
  /// @param providerName as the provider spells it, such as `order_number` or `1`
  /// @param example that the approval was asked with; null when there is none
  public record Variable(String name, String providerName, @Nullable String example) {

    /// Whether a caller means this variable; both spellings are understood.
    boolean isNamed(String given) {
      return name.equals(given) || providerName.equals(given);
    }
  }
}
