package io.recado.emulator.template;

import io.recado.emulator.graph.GraphError;
import io.recado.emulator.graph.Params;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Refuses a template that Meta would not take, with Meta's subcodes.
///
/// Source: Meta's page of error codes (2388xxx) and its limits of template components, as read in
/// 2026.
final class TemplateRules {
  private static final Set<String> CATEGORIES = Set.of("MARKETING", "UTILITY", "AUTHENTICATION");
  private static final Set<String> TYPES =
      Set.of("HEADER", "BODY", "FOOTER", "BUTTONS", "CAROUSEL", "LIMITED_TIME_OFFER");
  private static final Set<String> FORMATS =
      Set.of("TEXT", "IMAGE", "VIDEO", "GIF", "DOCUMENT", "LOCATION", "PRODUCT");
  private static final Set<String> BUTTONS =
      Set.of(
          "QUICK_REPLY",
          "URL",
          "PHONE_NUMBER",
          "COPY_CODE",
          "OTP",
          "FLOW",
          "CATALOG",
          "MPM",
          "SPM",
          "VOICE_CALL",
          "APP",
          "CALL_PERMISSION_REQUEST",
          "REQUEST_CONTACT_INFO");
  private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,512}");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(_[A-Za-z]{2,4})?");
  private static final Pattern NAMED = Pattern.compile("[a-z][a-z0-9_]*");

  private TemplateRules() {}

  static void checkNew(ObjectNode body) {
    Params params = Params.graph(body);
    if (!NAME.matcher(params.text("name", 512)).matches()) {
      throw params.invalid("name", "may have lower-case letters, digits and underscores only");
    }
    if (!LANGUAGE.matcher(params.text("language", 20)).matches()) {
      throw params.invalid("language", "must be a language code such as es or en_US");
    }
    params.oneOf("category", CATEGORIES);
    checkContents(params);
  }

  /// Checks what may also be edited.
  static void checkContents(Params params) {
    if (params.has("category")) {
      params.oneOf("category", CATEGORIES);
    }
    if (params.has("parameter_format")) {
      params.oneOf("parameter_format", Set.of("NAMED", "POSITIONAL", "named", "positional"));
    }
    boolean named = params.node().path("parameter_format").asString("").equalsIgnoreCase("NAMED");
    boolean fixed = params.node().path("category").asString("").equals("AUTHENTICATION");
    boolean bodyFound = false;
    for (Params component : params.objects("components", 1, 10)) {
      component.oneOf("type", TYPES);
      switch (component.text("type", 50)) {
        case "HEADER" -> checkHeader(component, named);
        case "BODY" -> {
          bodyFound = true;
          if (!fixed) {
            checkBody(component, named);
          }
        }
        case "FOOTER" -> checkFooter(component, fixed);
        case "BUTTONS" -> checkButtons(component);
        default -> {
          // Cards and offers are taken as they are.
        }
      }
    }
    if (!bodyFound) {
      throw refuse(2388072, "Body format incorrect", "The template has no BODY component.");
    }
  }

  private static void checkHeader(Params header, boolean named) {
    if (!header.oneOf("format", FORMATS).equals("TEXT")) {
      return;
    }
    TemplateShape.Text text = TemplateShape.Text.of(text(header, 60));
    if (text.variables().size() > 1 || text.text().contains("\n")) {
      throw refuse(
          2388047, "Header format incorrect", "A header has one line and at most one variable.");
    }
    checkVariables(text, named, 2388047, "Header format incorrect");
    if (!text.variables().isEmpty() && !header.has("example")) {
      throw refuse(
          2388047, "Header format incorrect", "A header with a variable needs an example.");
    }
  }

  private static void checkBody(Params body, boolean named) {
    TemplateShape.Text text = TemplateShape.Text.of(text(body, 1_024));
    checkVariables(text, named, 2388072, "Body format incorrect");
    if (text.variables().isEmpty()) {
      return;
    }
    if (!body.has("example")) {
      throw refuse(2388072, "Body format incorrect", "A body with variables needs an example.");
    }
    String stripped = text.text().strip();
    if (stripped.startsWith("{{") || stripped.endsWith("}}")) {
      throw refuse(
          2388299,
          "Variables can't be at the start or end",
          "Write something before and after the variables.");
    }
    String words = TemplateShape.VARIABLE.matcher(stripped).replaceAll(" ").strip();
    // Meta names no figure; one word more than variables is the least that it was seen to take.
    if (words.split("\\s+").length <= text.variables().size()) {
      throw refuse(
          2388293, "Too many variables for the length", "Write more text or use fewer variables.");
    }
  }

  private static void checkVariables(
      TemplateShape.Text text, boolean named, int subcode, String title) {
    List<String> variables = text.variables();
    for (int i = 0; i < variables.size(); i++) {
      String name = variables.get(i);
      if (named ? !NAMED.matcher(name).matches() : !name.equals(Integer.toString(i + 1))) {
        String right =
            named
                ? "lower-case letters, digits and underscores"
                : "the numbers 1, 2 and so on in order";
        throw refuse(subcode, title, "Variables are named by " + right + ", not {{" + name + "}}.");
      }
    }
  }

  private static void checkFooter(Params footer, boolean fixed) {
    if (!fixed && TemplateShape.VARIABLE.matcher(text(footer, 60)).find()) {
      throw refuse(2388073, "Footer format incorrect", "A footer has no variables.");
    }
  }

  private static void checkButtons(Params component) {
    for (Params button : component.objects("buttons", 1, 10)) {
      String type = button.oneOf("type", BUTTONS);
      if (!Set.of("OTP", "COPY_CODE").contains(type)) {
        text(button, 25);
      }
      switch (type) {
        case "URL" -> {
          if (TemplateShape.VARIABLE.matcher(button.text("url", 2_000)).find()
              && !button.has("example")) {
            throw button.invalid("url", "has a variable and so needs an example");
          }
        }
        case "PHONE_NUMBER" -> button.text("phone_number", 20);
        default -> {
          // Nothing more that must be there.
        }
      }
    }
  }

  private static String text(Params component, int max) {
    String text = component.text("text", Integer.MAX_VALUE);
    int length = text.codePointCount(0, text.length());
    if (length > max) {
      throw refuse(
          2388040,
          "Character limit exceeded",
          "A text has " + length + " characters, at most " + max + " are allowed.");
    }
    return text;
  }

  static GraphError refuse(int subcode, String title, String details) {
    return GraphError.ofTemplate(subcode, title, details);
  }
}
