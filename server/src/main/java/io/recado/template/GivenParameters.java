package io.recado.template;

import io.recado.connector.Content.Parameter;
import io.recado.http.request.Fields;
import io.recado.http.request.Nearest;
import io.recado.json.JsonObject;
import io.recado.template.Template.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The values for the body's variables, given as a map or as a list of `{name, value}`. Every
/// variable needs one; each missing, superfluous or unusable one is noted by its name.
final class GivenParameters {

  private static final String FIELD = "parameters";
  private static final int MAX_GIVEN = 100;

  private final Fields fields;
  private final Template template;
  private final Map<Variable, String> values = new HashMap<>();
  private final List<Variable> unusable = new ArrayList<>();

  GivenParameters(Fields fields, Template template) {
    this.fields = fields;
    this.template = template;
  }

  /// In the order of the template; incomplete when a fault was noted.
  List<Parameter> read() {
    switch (fields.value(FIELD)) {
      case null -> {}
      case JsonObject map -> map.fields().forEach(this::readPair);
      case List<?> _ -> readList();
      default ->
          fields.violate(
              FIELD,
              "WRONG_TYPE",
              "Must be an object of names and values, such as {\"1\": \"x\"}.");
    }
    List<Parameter> parameters = new ArrayList<>();
    for (Variable variable : template.parameters()) {
      String value = values.get(variable);
      if (value != null) {
        parameters.add(new Parameter(variable.name(), variable.providerName(), value));
      } else if (!unusable.contains(variable)) {
        fields.violate(FIELD + "." + variable.name(), "REQUIRED", "The template needs this value.");
      }
    }
    return parameters;
  }

  private void readPair(String name, Object value) {
    String at = FIELD + "." + name;
    Optional<Variable> variable = variable(at, name);
    if (variable.isEmpty() || value == null) {
      return;
    }
    if (value instanceof String text) {
      keep(at, at, variable.get(), text);
    } else {
      unusable.add(variable.get());
      fields.violate(at, "WRONG_TYPE", "Must be a string.");
    }
  }

  private void readList() {
    List<Fields> items = fields.objects(FIELD, MAX_GIVEN);
    for (int i = 0; i < items.size(); i++) {
      String at = FIELD + "[" + i + "]";
      Optional<String> name = items.get(i).requiredText("name", 256);
      Optional<String> value = items.get(i).text("value", 0, TextValue.MAX);
      boolean given = items.get(i).value("value") != null;
      Optional<Variable> variable = name.flatMap(text -> variable(at + ".name", text));
      if (variable.isPresent() && value.isPresent()) {
        keep(at + ".name", at + ".value", variable.get(), value.get());
      } else if (variable.isPresent() && given) {
        unusable.add(variable.get());
      }
    }
  }

  private Optional<Variable> variable(String at, String name) {
    Optional<Variable> variable =
        template.parameters().stream().filter(known -> known.isNamed(name)).findFirst();
    if (variable.isEmpty()) {
      List<String> names = template.parameters().stream().map(Variable::name).toList();
      String hint =
          names.isEmpty()
              ? "The template has no variables; leave it out."
              : Nearest.to(name, names)
                  .map(near -> "The template has no such variable. Did you mean " + near + "?")
                  .orElse(
                      "The template has no such variable; it has "
                          + String.join(", ", names)
                          + ".");
      fields.violate(at, "UNKNOWN_FIELD", hint);
    }
    return variable;
  }

  private void keep(String nameAt, String valueAt, Variable variable, String value) {
    if (values.containsKey(variable) || unusable.contains(variable)) {
      fields.violate(nameAt, "CONFLICTING_FIELDS", variable.name() + " is given more than once.");
    } else if (TextValue.isUsable(fields, valueAt, value)) {
      values.put(variable, value);
    } else {
      unusable.add(variable);
    }
  }
}
