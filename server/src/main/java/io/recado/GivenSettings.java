package io.recado;

import io.recado.Setting.Command;
import io.recado.SettingForms.Refused;
import io.recado.http.request.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The settings that somebody gave, as texts; gathers whatever is wrong with them.
///
/// Flags come before the environment. An empty variable counts as not set, since compose files pass
/// on what is missing as empty.
final class GivenSettings {

  /// What Kubernetes tells every container about services whose names begin with ours.
  private static final Pattern KUBERNETES =
      Pattern.compile(
          "RECADO_(SERVICE_.*|(.*_)?SERVICE_(HOST|PORT(_.*)?)|(.*_)?PORT_[0-9]+_(TCP|UDP|SCTP).*)");

  private static final String MARK = "O_";
  private static final int MOST_FILE_BYTES = 64 << 10;

  private final Map<String, String> environment;
  private final Map<String, String> flags;
  private final Command command;
  private final List<String> problems = new ArrayList<>();

  /// @param flags by their names, such as `--port`
  GivenSettings(Map<String, String> environment, Map<String, String> flags, Command command) {
    this.environment = new TreeMap<>(environment);
    this.environment.values().removeIf(String::isEmpty);
    this.environment.entrySet().removeIf(variable -> isOfKubernetes(variable));
    this.flags = flags;
    this.command = command;
    refuseUnknown();
    refuseSecretFlags();
  }

  /// A setting that has a default, which is given as it would be set.
  <T> T read(Setting setting, String byDefault, Function<String, T> form) {
    return read(setting, form).orElseGet(() -> form.apply(byDefault));
  }

  /// A setting that need not be set.
  <T> Optional<T> read(Setting setting, Function<String, T> form) {
    if (!setting.isOf(command)) {
      return Optional.empty();
    }
    Optional<Given> given = given(setting);
    try {
      return given.map(g -> form.apply(g.text));
    } catch (Refused e) {
      String end = e.getMessage().endsWith("?") ? "" : ".";
      problems.add(given.get().name + " " + e.getMessage() + end);
      return Optional.empty();
    }
  }

  /// Whether it is set, rightly or wrongly.
  boolean has(Setting setting) {
    return flags.containsKey(setting.flag())
        || flags.containsKey(setting.fileFlag())
        || environment.containsKey(setting.variable())
        || environment.containsKey(setting.variable() + Setting.FILE);
  }

  /// Notes a problem that several settings make together.
  void refuse(String problem) {
    problems.add(problem);
  }

  /// Ends the reading.
  ///
  /// @throws WrongSettings when anything was wrong
  void check() {
    if (!problems.isEmpty()) {
      throw new WrongSettings(problems);
    }
  }

  private Optional<Given> given(Setting setting) {
    if (flags.containsKey(setting.flag()) && setting.isSecret()) {
      // Refused already.
      return Optional.empty();
    }
    if (flags.containsKey(setting.flag())) {
      return Optional.of(new Given(setting.flag(), flags.get(setting.flag())));
    }
    if (flags.containsKey(setting.fileFlag())) {
      return file(setting.fileFlag(), flags.get(setting.fileFlag()));
    }
    String variable = setting.variable();
    String fileVariable = variable + Setting.FILE;
    if (environment.containsKey(variable) && environment.containsKey(fileVariable)) {
      problems.add("Set either " + variable + " or " + fileVariable + ", not both.");
      return Optional.empty();
    }
    if (environment.containsKey(fileVariable)) {
      return file(fileVariable, environment.get(fileVariable));
    }
    if (setting == Setting.PORT && !environment.containsKey(variable)) {
      variable = "PORT";
    }
    String text = environment.get(variable);
    return text == null ? Optional.empty() : Optional.of(new Given(variable, text));
  }

  private Optional<Given> file(String name, String path) {
    try {
      Path file = Path.of(path);
      if (Files.isRegularFile(file) && Files.size(file) > MOST_FILE_BYTES) {
        problems.add(name + " names " + path + ", which is too large for a setting.");
        return Optional.empty();
      }
      String text = Files.readString(file).stripTrailing();
      if (text.isEmpty()) {
        problems.add(name + " names " + path + ", which is empty.");
        return Optional.empty();
      }
      return Optional.of(new Given(name, text));
    } catch (IOException | IllegalArgumentException _) {
      problems.add(name + " must name a text file that this user can read, not \"" + path + "\".");
      return Optional.empty();
    }
  }

  private void refuseUnknown() {
    for (String variable : environment.keySet()) {
      if (!variable.startsWith(Setting.PREFIX)) {
        continue;
      }
      String name =
          variable.endsWith(Setting.FILE)
              ? variable.substring(0, variable.length() - Setting.FILE.length())
              : variable;
      if (Setting.ofVariable(name) == null) {
        problems.add(
            variable
                + " is not a setting; "
                + nearest(variable).map(n -> "did you mean " + n + "?").orElse("unset it."));
      }
    }
  }

  private static Optional<String> nearest(String variable) {
    // Two letters of the common beginning: with all of them everything would look alike, with none
    // of them two swapped letters of a short name would be too many.
    String rest = MARK + variable.substring(Setting.PREFIX.length());
    List<String> names =
        Arrays.stream(Setting.values())
            .flatMap(s -> Stream.of(MARK + s.name(), MARK + s.name() + Setting.FILE))
            .toList();
    return Nearest.to(rest, names).map(name -> Setting.PREFIX + name.substring(MARK.length()));
  }

  private void refuseSecretFlags() {
    for (Setting setting : Setting.values()) {
      if (setting.isSecret() && flags.containsKey(setting.flag())) {
        problems.add(
            "%s would show a secret to everybody who lists processes; set %s, or give a file with %s."
                .formatted(setting.flag(), setting.variable(), setting.fileFlag()));
      }
    }
  }

  private static boolean isOfKubernetes(Map.Entry<String, String> variable) {
    return variable.getKey().startsWith(Setting.PREFIX)
        && (variable.getValue().startsWith("tcp://")
            || KUBERNETES.matcher(variable.getKey()).matches());
  }

  /// @param name where it was given, for messages
  private record Given(String name, String text) {}
}
