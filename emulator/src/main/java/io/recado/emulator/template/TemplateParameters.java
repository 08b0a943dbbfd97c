package io.recado.emulator.template;

import io.recado.emulator.graph.GraphError;
import io.recado.emulator.graph.Params;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Holds the parameters of a send against what its template takes.
///
/// Refuses with 132000 (their number), 132012 (their form), 132005 (too long when filled in),
/// 131008 (a button's parameter is missing), 100 (unknown component).
public final class TemplateParameters {
  private static final Pattern FORBIDDEN = Pattern.compile("[\\n\\r\\t]| {5}");
  private static final Set<String> COMPONENT_KEYS =
      Set.of("type", "sub_type", "index", "parameters", "cards");
  private static final int MAX_BODY = 1_024;
  private static final int MAX_HEADER = 60;

  private final TemplateShape shape;
  private final Set<String> seen = new HashSet<>();

  private TemplateParameters(TemplateShape shape) {
    this.shape = shape;
  }

  /// Checks the `components` of `owner`, a template object or a card of its carousel.
  public static void check(Params owner, TemplateShape shape) {
    new TemplateParameters(shape).checkAll(owner.findObjects("components", 30));
  }

  private void checkAll(List<Params> components) {
    for (Params component : components) {
      component.only(COMPONENT_KEYS);
      String type = component.text("type", 50).toLowerCase(Locale.ROOT);
      switch (type) {
        case "header" -> checkHeader(parameters(component, "header"));
        case "body" -> checkText("body", parameters(component, "body"), shape.body(), MAX_BODY);
        case "button" -> checkButton(component);
        case "carousel" -> checkCards(component);
        case "limited_time_offer" -> seen.add(type);
        default ->
            throw component.invalid(
                "type", "must be one of {header, body, button, carousel, limited_time_offer}");
      }
    }
    checkWhatIsMissing();
  }

  private List<Params> parameters(Params component, String place) {
    if (!seen.add(place)) {
      throw GraphError.of(100, "There are two " + place + " components.");
    }
    return component.findObjects("parameters", 100);
  }

  private void checkWhatIsMissing() {
    if (!seen.contains("body")) {
      checkText("body", List.of(), shape.body(), MAX_BODY);
    }
    if (!seen.contains("header")) {
      checkHeader(List.of());
    }
    for (int index = 0; index < shape.buttons().size(); index++) {
      if (shape.buttons().get(index).variable() && !seen.contains("button " + index)) {
        throw missingButton(index);
      }
    }
    if (!shape.cards().isEmpty() && !seen.contains("carousel")) {
      throw GraphError.of(132012, "carousel: the template's cards need their parameters");
    }
  }

  private void checkHeader(List<Params> parameters) {
    String format = shape.header().format();
    switch (format) {
      case "NONE" -> requireCount("header", parameters.size(), 0);
      case "TEXT" -> checkText("header", parameters, shape.header().text(), MAX_HEADER);
      default -> {
        String received =
            parameters.isEmpty()
                ? "UNKNOWN"
                : TemplateShape.upper(parameters.getFirst().node(), "type");
        if (!received.equals(format)) {
          throw GraphError.of(
              132012, "header: Format mismatch, expected " + format + ", received " + received);
        }
        requireCount("header", parameters.size(), 1);
        parameters.getFirst().object(format.toLowerCase(Locale.ROOT));
      }
    }
  }

  private void checkText(String place, List<Params> parameters, TemplateShape.Text text, int max) {
    requireCount(place, parameters.size(), text.variables().size());
    Set<String> names = new HashSet<>();
    int length = text.fixedLength();
    for (Params parameter : parameters) {
      if (shape.named()) {
        checkName(place, parameter, text.variables(), names);
      }
      length += value(place, parameter).length();
    }
    if (!parameters.isEmpty() && length > max) {
      throw GraphError.of(
          132005,
          place + ": the text is " + length + " characters long, at most " + max + " are allowed");
    }
  }

  private static void requireCount(String place, int received, int expected) {
    if (received != expected) {
      throw GraphError.of(
          132000,
          place
              + ": number of localizable_params ("
              + received
              + ") does not match the expected number of params ("
              + expected
              + ")");
    }
  }

  private static void checkName(
      String place, Params parameter, List<String> known, Set<String> names) {
    if (!parameter.has("parameter_name")) {
      throw GraphError.of(100, place + ": Parameter name is missing or empty");
    }
    String name = parameter.text("parameter_name", 512);
    if (!known.contains(name) || !names.add(name)) {
      throw GraphError.of(
          132012,
          place
              + ": parameter_name ("
              + name
              + ") is unknown or given twice; expected are "
              + String.join(", ", known));
    }
  }

  /// What a text parameter puts in place of its variable.
  private static String value(String place, Params parameter) {
    String type = parameter.text("type", 50).toLowerCase(Locale.ROOT);
    String value =
        switch (type) {
          case "text" -> parameter.whatsApp().text("text", 32_768);
          case "currency" -> currency(parameter.object("currency"));
          case "date_time" -> parameter.object("date_time").text("fallback_value", 1_000);
          default ->
              throw GraphError.of(
                  132012,
                  place
                      + ": Format mismatch, expected TEXT, received "
                      + type.toUpperCase(Locale.ROOT));
        };
    if (FORBIDDEN.matcher(value).find()) {
      throw GraphError.of(
          132012,
          place
              + ": Param text cannot have new-line/tab characters or more than 4 consecutive"
              + " spaces");
    }
    return value;
  }

  private static String currency(Params currency) {
    if (!currency.text("code", 10).matches("[A-Z]{3}")) {
      throw currency.invalid("code", "must be an ISO 4217 code");
    }
    currency.number("amount_1000", -1e15, 1e15);
    return currency.text("fallback_value", 1_000);
  }

  private void checkButton(Params component) {
    int index = (int) component.number("index", 0, 9);
    String subType = component.text("sub_type", 50).toUpperCase(Locale.ROOT);
    if (index >= shape.buttons().size() || !matches(shape.buttons().get(index).type(), subType)) {
      throw GraphError.of(
          132012, "buttons: the template has no button of type " + subType + " at index " + index);
    }
    List<Params> parameters = parameters(component, "button " + index);
    if (!shape.buttons().get(index).variable()) {
      if (subType.equals("URL")) {
        requireCount("buttons", parameters.size(), 0);
      }
      return;
    }
    if (parameters.size() != 1) {
      throw missingButton(index);
    }
    if (subType.equals("COPY_CODE")) {
      parameters.getFirst().whatsApp().text("coupon_code", 20);
    } else {
      value("buttons", parameters.getFirst());
    }
  }

  /// An OTP button is filled in like the address that it is behind the scenes.
  private static boolean matches(String type, String subType) {
    return type.equals(subType) || (type.equals("OTP") && subType.equals("URL"));
  }

  private GraphError missingButton(int index) {
    return GraphError.of(
        131008,
        "buttons: Button at index "
            + index
            + " of type "
            + shape.buttons().get(index).type()
            + " requires a parameter");
  }

  private void checkCards(Params component) {
    seen.add("carousel");
    List<Params> cards = component.objects("cards", 1, 10);
    requireCount("carousel", cards.size(), shape.cards().size());
    for (int i = 0; i < cards.size(); i++) {
      check(cards.get(i), shape.cards().get(i));
    }
  }
}
