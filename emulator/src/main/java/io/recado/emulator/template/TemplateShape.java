package io.recado.emulator.template;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// Which parameters a template takes: the variables of its texts, its header's format, its buttons,
/// its cards.
public record TemplateShape(
    boolean named, Header header, Text body, List<Button> buttons, List<TemplateShape> cards) {
  public static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([A-Za-z0-9_]+)\\s*}}");

  /// A text and the names of its variables, each once, in order.
  public record Text(String text, List<String> variables) {
    static final Text NONE = new Text("", List.of());

    static Text of(String text) {
      LinkedHashSet<String> variables = new LinkedHashSet<>();
      Matcher matcher = VARIABLE.matcher(text);
      while (matcher.find()) {
        variables.add(matcher.group(1));
      }
      return new Text(text, List.copyOf(variables));
    }

    /// How long the text is without its placeholders.
    int fixedLength() {
      return VARIABLE.matcher(text).replaceAll("").length();
    }
  }

  /// `format` is TEXT, IMAGE and so on, or NONE.
  public record Header(String format, Text text) {}

  /// `type` is QUICK_REPLY, URL and so on; `variable` when a send must fill it in.
  public record Button(String type, boolean variable) {}

  static TemplateShape of(ArrayNode components, boolean named) {
    Header header = new Header("NONE", Text.NONE);
    Text body = Text.NONE;
    List<Button> buttons = new ArrayList<>();
    List<TemplateShape> cards = new ArrayList<>();
    for (JsonNode component : components) {
      switch (upper(component, "type")) {
        case "HEADER" -> header = header(component);
        case "BODY" -> body = body(component);
        case "BUTTONS" -> component.path("buttons").forEach(button -> buttons.add(button(button)));
        case "CAROUSEL" ->
            component
                .path("cards")
                .forEach(card -> cards.add(of(card.withArray("/components"), named)));
        default -> {
          // A footer or a limited-time offer takes no parameter that must be there.
        }
      }
    }
    return new TemplateShape(named, header, body, List.copyOf(buttons), List.copyOf(cards));
  }

  private static Header header(JsonNode component) {
    String format = upper(component, "format");
    return new Header(format.isEmpty() ? "TEXT" : format, Text.of(text(component)));
  }

  private static Text body(JsonNode component) {
    // Meta fixes the text of an authentication template; its one variable is the code.
    boolean fixed = component.has("add_security_recommendation") || text(component).isEmpty();
    return fixed ? new Text("{{1}}", List.of("1")) : Text.of(text(component));
  }

  private static Button button(JsonNode button) {
    String type = upper(button, "type");
    boolean variable =
        switch (type) {
          case "URL" -> VARIABLE.matcher(button.path("url").asString("")).find();
          case "COPY_CODE", "OTP" -> true;
          default -> false;
        };
    return new Button(type, variable);
  }

  static String upper(JsonNode node, String key) {
    return node.path(key).asString("").toUpperCase(Locale.ROOT);
  }

  static String text(JsonNode node) {
    return node.path("text").asString("");
  }
}
