package io.recado.template;

import java.util.Collections;
import java.util.List;

/// How the API spells a provider's names of variables: `order_number` is shown as `orderNumber`,
/// and the numbers of positional templates stay numbers.
final class ParameterNames {

  private ParameterNames() {}

  /// The API's spelling of each name, in the same order. Never two alike: where two would be, they
  /// keep the provider's spelling.
  ///
  /// @param providerNames distinct
  static List<String> of(List<String> providerNames) {
    List<String> camel = providerNames.stream().map(ParameterNames::camelCase).toList();
    return providerNames.stream()
        .map(
            name -> {
              String ours = camelCase(name);
              boolean taken =
                  providerNames.contains(ours) || Collections.frequency(camel, ours) > 1;
              return taken ? name : ours;
            })
        .toList();
  }

  private static String camelCase(String name) {
    var camel = new StringBuilder(name.length());
    boolean upper = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_' && !camel.isEmpty()) {
        upper = true;
      } else {
        camel.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return camel.toString();
  }
}
