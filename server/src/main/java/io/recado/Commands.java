package io.recado;

import io.recado.Setting.Command;
import io.recado.http.request.Nearest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The words of the command line: commands, flags, what they mean. Built by hand, which starts
/// faster than reading annotations.
final class Commands {

  static final String SERVE = "serve";
  static final String SANDBOX = "sandbox";
  static final String EMULATOR = "emulator";
  static final String SEND = "send";
  static final String TAIL = "tail";
  static final String LISTEN = "listen";
  static final String LIST = "list";
  static final String CREATE = "create";
  static final String REVOKE = "revoke";

  private static final List<Setting> OF_SEND = List.of(Setting.URL, Setting.KEY);
  private static final List<Setting> OF_CREATE =
      List.of(Setting.URL, Setting.KEY, Setting.DATA, Setting.DATABASE_URL, Setting.MASTER_KEY);

  private Commands() {}

  /// The whole command line.
  static CommandLine line() {
    CommandSpec root = spec("recado", "An open messaging server.");
    root.version(version());
    root.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Prints the version.")
            .build());
    root.usageMessage()
        .synopsisSubcommandLabel("COMMAND")
        .footer(
            "",
            "In a clone of the sources also:",
            "  prove     Does to a server what the world does, and compares it with ledgers"
                + " outside.",
            "  bench     Prints the figures of speed.",
            "",
            "Every setting is also an environment variable: --port is RECADO_PORT.");
    root.addSubcommand(SERVE, settings(SERVE, "Runs the server.", Command.SERVE));
    root.addSubcommand(
        SANDBOX,
        settings(SANDBOX, "Runs server and WhatsApp emulator, ready to try.", Command.SANDBOX));
    root.addSubcommand(EMULATOR, emulator());
    root.addSubcommand(SEND, send());
    root.addSubcommand(TAIL, tail());
    root.addSubcommand(LISTEN, listen());
    root.addSubcommand("keys", keys());
    return new CommandLine(root).setUsageHelpAutoWidth(true);
  }

  /// The settings among what was given, by their flags.
  static Map<String, String> flags(ParseResult parsed) {
    Map<String, String> flags = new HashMap<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      if (option.userObject() instanceof Setting) {
        flags.put(option.longestName(), option.getValue());
      }
    }
    return flags;
  }

  /// What is wrong with the words that were given.
  static String explain(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return e.getMessage();
    }
    String word = unmatched.getUnmatched().getFirst();
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    boolean isFlag = word.startsWith("-");
    var known = isFlag ? spec.optionsMap().keySet() : spec.subcommands().keySet();
    String nearest =
        Nearest.to(word, known).map(name -> "; did you mean " + name + "?").orElse(".");
    if (isFlag) {
      return "There is no flag " + word + nearest;
    }
    return known.isEmpty() ? "One word too many: " + word : "There is no command " + word + nearest;
  }

  static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return "Recado " + (version == null ? "(not packaged)" : version);
  }

  private static CommandSpec spec(String name, String description) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(description);
    return spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Prints this.").build());
  }

  private static CommandSpec settings(String name, String description, Command command) {
    CommandSpec spec = spec(name, description);
    for (Setting setting : Setting.values()) {
      if (setting.isOf(command)) {
        add(spec, setting);
      }
    }
    return spec;
  }

  private static void add(CommandSpec spec, Setting setting) {
    String meaning = setting.meaning().replace("`", "").replace("%", "%%");
    String byDefault = " (default: " + setting.shownDefault().replace("`", "") + ")";
    // A secret as an argument is known only to be refused with a reason.
    spec.addOption(
        OptionSpec.builder(setting.flag())
            .type(String.class)
            .paramLabel("VALUE")
            .userObject(setting)
            .hidden(setting.isSecret())
            .description(meaning + byDefault)
            .build());
    spec.addOption(
        OptionSpec.builder(setting.fileFlag())
            .type(String.class)
            .paramLabel("FILE")
            .userObject(setting)
            .hidden(!setting.isSecret())
            .description(meaning + byDefault + "; read from a file")
            .build());
  }

  private static CommandSpec emulator() {
    return spec(EMULATOR, "Runs the WhatsApp Cloud API emulator by itself.")
        .addOption(option("--host", "HOST", "where it listens (default: 127.0.0.1)"))
        .addOption(option("--port", "PORT", "the port (default: 8081)"))
        .addPositional(
            positional(0, "[CONFIG_FILE]", "0..1", "what PUT /_emulator/config takes, as a file"));
  }

  private static CommandSpec send() {
    CommandSpec spec =
        spec(SEND, "Sends a text.")
            .addPositional(positional(0, "TO", "1", "the phone number, such as +573193210329"))
            .addPositional(positional(1, "TEXT", "1", "the text"))
            .addOption(option("--channel", "CHANNEL", "its id (default: the only channel)"));
    OF_SEND.forEach(setting -> add(spec, setting));
    return spec;
  }

  private static CommandSpec tail() {
    CommandSpec spec =
        spec(TAIL, "Prints events as they happen.")
            .addOption(
                OptionSpec.builder("--json")
                    .type(boolean.class)
                    .arity("0")
                    .description("each as the API gives it, in a line")
                    .build());
    return following(spec);
  }

  private static CommandSpec listen() {
    CommandSpec spec =
        spec(LISTEN, "Forwards events to a receiver on this machine, signed like webhooks.")
            .addOption(
                OptionSpec.builder("--forward-to")
                    .type(String.class)
                    .required(true)
                    .paramLabel("URL")
                    .description("the receiver, such as http://localhost:3000/hook")
                    .build())
            .addOption(
                option("--secret", "SECRET", "signs them: whsec_… (default: a new one, printed)"));
    return following(spec);
  }

  private static CommandSpec following(CommandSpec spec) {
    spec.addOption(repeatable("--type", "TYPE", "a type, such as message.failed, repeatable"))
        .addOption(repeatable("--channel", "CHANNEL", "a channel's id, repeatable"))
        .addOption(
            option("--after", "EVENT", "the event before the first (default: the newest now)"));
    OF_SEND.forEach(setting -> add(spec, setting));
    return spec;
  }

  private static CommandSpec keys() {
    CommandSpec create =
        spec(CREATE, "Makes an API key and prints it, this once.")
            .addOption(
                OptionSpec.builder("--role")
                    .type(String.class)
                    .required(true)
                    .paramLabel("ROLE")
                    .description(
                        "READER, SENDER, ADMIN; or OPERATOR, which is made in this machine's"
                            + " database while no server uses it")
                    .build())
            .addOption(option("--name", "NAME", "what it is called in lists"))
            .addOption(
                repeatable(
                    "--channel",
                    "CHANNEL",
                    "a channel that it may use, repeatable (default: all)"));
    OF_CREATE.forEach(setting -> add(create, setting));
    CommandSpec list = spec(LIST, "Lists the workspace's API keys.");
    CommandSpec revoke =
        spec(REVOKE, "Takes an API key back.")
            .addPositional(positional(0, "API_KEY", "1", "its name, as keys list shows it"));
    OF_SEND.forEach(setting -> add(list, setting));
    OF_SEND.forEach(setting -> add(revoke, setting));
    CommandSpec keys = spec("keys", "Lists, makes and revokes API keys.");
    keys.usageMessage().synopsisSubcommandLabel("COMMAND");
    return keys.addSubcommand(LIST, list)
        .addSubcommand(CREATE, create)
        .addSubcommand(REVOKE, revoke);
  }

  private static OptionSpec option(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  private static OptionSpec repeatable(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  private static PositionalParamSpec positional(
      int index, String label, String arity, String description) {
    return PositionalParamSpec.builder()
        .index(Integer.toString(index))
        .type(String.class)
        .arity(arity)
        .required(!arity.startsWith("0"))
        .paramLabel(label)
        .description(description)
        .build();
  }
}
