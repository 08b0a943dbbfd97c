package io.recado.template;

import io.recado.connector.Content.Button;
import io.recado.connector.Content.ButtonKind;
import io.recado.connector.ProviderTemplate;
import io.recado.http.request.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The values of the buttons, by their place in the template: needed where a button has a variable,
/// possible for quick replies (what they send back), refused for all others.
final class GivenButtons {

  private static final String FIELD = "buttons";
  private static final int MAX_VALUE = 2_000;

  private GivenButtons() {}

  /// In the order of the template; incomplete when a fault was noted.
  static List<Button> read(Fields fields, Template template) {
    List<ProviderTemplate.Button> known = template.definition().buttons();
    Map<Integer, Button> values = new TreeMap<>();
    boolean faulty = false;
    for (Fields item : fields.objects(FIELD, 100)) {
      item.require("index");
      Optional<Integer> index = item.number("index", 0, 99).map(Long::intValue);
      Optional<String> value = item.requiredText("value", MAX_VALUE);
      Optional<Button> button = index.flatMap(at -> button(item, known, at, value.orElse("")));
      faulty |= button.isEmpty() || value.isEmpty();
      if (button.isPresent() && values.putIfAbsent(index.get(), button.get()) != null) {
        item.violate(
            "index", "CONFLICTING_FIELDS", "Button " + index.get() + " is given more than once.");
      }
    }
    if (!faulty) {
      noteMissing(fields, known, values);
    }
    return List.copyOf(values.values());
  }

  private static void noteMissing(
      Fields fields, List<ProviderTemplate.Button> known, Map<Integer, Button> values) {
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i).hasVariable() && !values.containsKey(i)) {
        fields.violate(
            FIELD,
            "REQUIRED",
            "The button %d (%s) needs a value: {\"index\": %d, \"value\": \"…\"}."
                .formatted(i, known.get(i).type(), i));
      }
    }
  }

  private static Optional<Button> button(
      Fields item, List<ProviderTemplate.Button> known, int index, String value) {
    if (index >= known.size()) {
      item.violate(
          "index",
          "INVALID_VALUE",
          known.isEmpty()
              ? "The template has no buttons."
              : "The template's buttons are 0 to " + (known.size() - 1) + ".");
      return Optional.empty();
    }
    Optional<ButtonKind> kind = kind(known.get(index));
    if (kind.isEmpty()) {
      item.violate(
          "index",
          "INVALID_VALUE",
          "The button %d (%s) takes no value; leave it out."
              .formatted(index, known.get(index).type()));
    } else if (kind.get() == ButtonKind.URL && value.chars().anyMatch(Character::isWhitespace)) {
      item.violate("value", "INVALID_VALUE", "The end of a URL holds no white space.");
    }
    return kind.map(of -> new Button(index, of, value));
  }

  private static Optional<ButtonKind> kind(ProviderTemplate.Button button) {
    return switch (button.type()) {
      case "URL" -> button.hasVariable() ? Optional.of(ButtonKind.URL) : Optional.empty();
      case "COPY_CODE" -> Optional.of(ButtonKind.COPY_CODE);
      case "QUICK_REPLY" -> Optional.of(ButtonKind.QUICK_REPLY);
      default -> Optional.empty();
    };
  }
}
