package io.recado.template;

import io.recado.connector.Content;
import io.recado.connector.Content.Parameter;
import io.recado.http.request.Fields;
import io.recado.http.request.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the API's `template` object: finds the template that it means and checks every value that
/// it gives, so that whatever the provider would refuse is refused before anything is stored.
///
/// Faults are noted on the fields, all of them at once, and thrown by the caller's [Fields#check].
/// Pure; used by many threads at once.
public final class TemplateChoice {

  private static final int MAX_NAME = 512;
  private static final int MAX_LANGUAGE = 35;

  private final Fields fields;
  private final ChannelTemplates templates;
  private final @Nullable String defaultLanguage;

  private TemplateChoice(
      Fields fields, ChannelTemplates templates, @Nullable String defaultLanguage) {
    this.fields = fields;
    this.templates = templates;
    this.defaultLanguage = defaultLanguage;
  }

  /// The content of a message that is to be sent.
  ///
  /// @param fields the `template` or `fallbackTemplate` object
  /// @param templates of the channel
  /// @param defaultLanguage the channel's; null when it has none
  /// @return empty when a fault was noted, here or before in the same body
  public static Optional<Content.Template> read(
      Fields fields, ChannelTemplates templates, @Nullable String defaultLanguage) {
    var choice = new TemplateChoice(fields, templates, defaultLanguage);
    return fields
        .requiredText("name", MAX_NAME)
        .flatMap(choice::named)
        .flatMap(chosen -> choice.values(chosen).map(Chosen::content));
  }

  /// As [#read], for a name that comes from elsewhere.
  static Optional<Chosen> read(
      Fields fields, ChannelTemplates templates, @Nullable String defaultLanguage, String name) {
    var choice = new TemplateChoice(fields, templates, defaultLanguage);
    return choice.named(name).flatMap(choice::values);
  }

  /// A template with the values that fit it.
  record Chosen(Template template, Content.Template content) {}

  private Optional<Template> named(String name) {
    // Asked for even when the template is not known: they are not unknown fields then.
    List.of("parameters", "header", "buttons").forEach(fields::has);
    Optional<String> language = fields.text("language", 1, MAX_LANGUAGE);
    List<Template> known = templates.named(name);
    if (known.isEmpty()) {
      fields.violate("name", "INVALID_VALUE", unknown());
      return Optional.empty();
    }
    List<Template> usable = known.stream().filter(Template::isApproved).toList();
    if (language.isPresent()) {
      return inLanguage(known, usable, language.get());
    }
    // A language that cannot be read has been noted already.
    return fields.value("language") == null ? withoutLanguage(known, usable) : Optional.empty();
  }

  private String unknown() {
    if (templates.all().isEmpty()) {
      return "The channel has no templates yet; sync them with POST …/templates:sync.";
    }
    String name = fields.value("name") instanceof String given ? given : "";
    String nearest =
        Nearest.to(name, templates.names()).map(near -> " Did you mean " + near + "?").orElse("");
    return "The channel has no such template."
        + nearest
        + " If it is new, sync the templates first with POST …/templates:sync.";
  }

  private Optional<Template> inLanguage(
      List<Template> known, List<Template> usable, String language) {
    Optional<Template> template = find(known, language);
    if (template.isEmpty()) {
      fields.violate(
          "language",
          "INVALID_VALUE",
          "The template does not exist in this language; it does in: " + languages(known) + ".");
    } else if (!usable.contains(template.get())) {
      fields.violate(
          "name",
          "INVALID_VALUE",
          "The template is not approved in this language: it is "
              + template.get().definition().status()
              + (usable.isEmpty() ? "." : "; approved: " + languages(usable) + "."));
      return Optional.empty();
    }
    return template;
  }

  private Optional<Template> withoutLanguage(List<Template> known, List<Template> usable) {
    if (usable.size() == 1) {
      return Optional.of(usable.getFirst());
    }
    if (usable.isEmpty()) {
      String statuses =
          known.stream()
              .map(template -> template.definition().status() + " in " + template.language())
              .collect(Collectors.joining(", "));
      fields.violate(
          "name", "INVALID_VALUE", "The template is not approved: it is " + statuses + ".");
      return Optional.empty();
    }
    Optional<Template> template =
        Optional.ofNullable(defaultLanguage).flatMap(language -> find(usable, language));
    if (template.isEmpty()) {
      fields.violate(
          "language",
          "REQUIRED",
          "The template exists in several languages and the channel's defaultLanguage is none of"
              + " them; give one of: "
              + languages(usable)
              + ".");
    }
    return template;
  }

  private Optional<Chosen> values(Template template) {
    List<Parameter> parameters = new GivenParameters(fields, template).read();
    Content.Header header = GivenHeader.read(fields, template).orElse(null);
    List<Content.Button> buttons = GivenButtons.read(fields, template);
    if (fields.isFaulty()) {
      return Optional.empty();
    }
    var content =
        new Content.Template(template.name(), template.language(), header, parameters, buttons);
    Rendering rendering = Rendering.of(template, content);
    if (rendering.body().length() > Rendering.MAX_BODY) {
      fields.violate(
          "parameters",
          "TOO_LONG",
          "With these values the body has %d characters; at most %d."
              .formatted(rendering.body().length(), Rendering.MAX_BODY));
      return Optional.empty();
    }
    return Optional.of(new Chosen(template, content));
  }

  private static Optional<Template> find(List<Template> templates, String language) {
    return templates.stream()
        .filter(template -> Language.isSame(template.language(), language))
        .findFirst();
  }

  private static String languages(List<Template> templates) {
    return templates.stream().map(Template::language).collect(Collectors.joining(", "));
  }
}
