package io.recado;

import io.recado.Config.LogFormat;
import io.recado.Setting.Command;
import io.recado.http.request.Nearest;
import io.recado.http.request.Role;
import io.recado.ops.HeapWatch;
import io.recado.ops.Logging;
import io.recado.webhook.WebhookSecret;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// The command line: `recado COMMAND`.
///
/// Exit codes: 0 done, 1 failed, 2 wrong arguments or settings. Standard output is for what a
/// script reads, such as the ready line; everything else goes to standard error.
public final class Main {

  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_ARGUMENTS = 2;

  private final PrintStream out;
  private final PrintStream err;

  private Main(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  static void main(String[] args) {
    int code = run(args, System.out, System.err);
    System.out.flush();
    System.exit(code);
  }

  /// Carries out a command.
  ///
  /// @return the exit code
  static int run(String[] args, PrintStream out, PrintStream err) {
    var main = new Main(out, err);
    try {
      // A server is started without a flag almost always, and then has no need of the parser, which
      // costs a fifth of a second.
      if (Arrays.equals(args, new String[] {Commands.SERVE})) {
        return main.serve(Map.of());
      }
      return main.carryOut(Commands.line().parseArgs(args));
    } catch (ParameterException e) {
      err.println(Commands.explain(e));
      err.println("Try ./recado " + path(e.getCommandLine()) + "--help");
      return WRONG_ARGUMENTS;
    } catch (WrongSettings e) {
      e.problems().forEach(err::println);
      return WRONG_ARGUMENTS;
    } catch (CannotStart e) {
      err.println(e.getMessage());
      return WRONG_ARGUMENTS;
    } catch (CommandFailed e) {
      err.println(e.getMessage());
      return FAILED;
    } catch (InterruptedException _) {
      return FAILED;
    } catch (RuntimeException e) {
      // The boundary of the process: whatever was not foreseen is at least told.
      LoggerFactory.getLogger(Main.class).error("a fault of Recado's", e);
      return FAILED;
    }
  }

  private int carryOut(ParseResult all) throws InterruptedException {
    ParseResult parsed = last(all);
    if (parsed.isUsageHelpRequested()) {
      parsed.commandSpec().commandLine().usage(out);
      return DONE;
    }
    if (parsed.isVersionHelpRequested()) {
      out.println(Commands.version());
      return DONE;
    }
    switch (parsed.commandSpec().name()) {
      case Commands.SERVE -> {
        return serve(Commands.flags(parsed));
      }
      case Commands.SANDBOX -> sandbox(parsed);
      case Commands.EMULATOR -> {
        return emulator(parsed);
      }
      case Commands.SEND ->
          new SendCommand(new ApiClient(client(parsed)), out)
              .run(
                  parsed.matchedPositionalValue(0, ""),
                  parsed.matchedPositionalValue(1, ""),
                  parsed.matchedOptionValue("--channel", null));
      case Commands.TAIL -> {
        boolean isJson = parsed.hasMatchedOption("--json");
        new TailCommand(follower(parsed), out, isJson, ZoneId.systemDefault()).run();
      }
      case Commands.LISTEN -> listen(parsed);
      case Commands.LIST -> new KeysCommand(new ApiClient(client(parsed)), out).list();
      case Commands.CREATE -> create(parsed);
      case Commands.REVOKE ->
          new KeysCommand(new ApiClient(client(parsed)), out)
              .revoke(parsed.matchedPositionalValue(0, ""));
      default -> {
        err.println("Say what to do: a COMMAND is missing.");
        parsed.commandSpec().commandLine().usage(err);
        return WRONG_ARGUMENTS;
      }
    }
    return DONE;
  }

  private int serve(Map<String, String> flags) throws InterruptedException {
    Config config = Config.of(flags, Command.SERVE);
    HeadStart.begin();
    Logging.start(config.logFormat() == LogFormat.JSON);
    Server server = Server.start(config);
    GracefulStop.on(server::drain, config.drain());
    server
        .newAdminKey()
        .ifPresent(
            key -> out.println("The admin key of workspace default, shown only this once: " + key));
    out.println("Recado is ready at " + server.address());
    out.flush();
    watchHeap();
    return DONE;
  }

  private void sandbox(ParseResult parsed) throws InterruptedException {
    Config config = Config.of(Commands.flags(parsed), Command.SANDBOX);
    Logging.start(config.logFormat() == LogFormat.JSON);
    Sandbox sandbox = Sandbox.start(config);
    GracefulStop.on(sandbox::drain, config.drain());
    out.println("Recado is ready at " + sandbox.server().address());
    sandbox.welcome().forEach(out::println);
    out.flush();
    watchHeap();
  }

  /// Blocks for ever: the process ends by a signal.
  private static void watchHeap() throws InterruptedException {
    var heap = new HeapWatch();
    while (true) {
      GracefulStop.await(HeapWatch.PAUSE);
      heap.look();
    }
  }

  private int emulator(ParseResult parsed) {
    Logging.start(false);
    List<String> arguments = new ArrayList<>();
    for (String option : List.of("--host", "--port")) {
      if (parsed.hasMatchedOption(option)) {
        arguments.addAll(List.of(option, parsed.matchedOptionValue(option, "")));
      }
    }
    if (parsed.hasMatchedPositional(0)) {
      arguments.add(parsed.matchedPositionalValue(0, ""));
    }
    // Its state is in memory only, so there is nothing to wait for.
    GracefulStop.on(_ -> true, Duration.ZERO);
    return io.recado.emulator.Main.run(arguments, out, err);
  }

  private void listen(ParseResult parsed) throws InterruptedException {
    String given = parsed.matchedOptionValue("--secret", null);
    String secret = given == null ? WebhookSecret.create(new SecureRandom()).reveal() : given;
    var receiver = ListenCommand.Receiver.of(parsed.matchedOptionValue("--forward-to", ""), secret);
    new ListenCommand(follower(parsed), receiver, out, InstantSource.system(), GracefulStop::await)
        .run();
  }

  private EventFollower follower(ParseResult parsed) {
    var chosen =
        ChosenEvents.of(
            parsed.matchedOptionValue("--type", List.of()),
            parsed.matchedOptionValue("--channel", List.of()),
            parsed.matchedOptionValue("--after", null));
    var api = new ApiClient(client(parsed));
    // It keeps nothing that would have to be stored.
    GracefulStop.on(_ -> true, Duration.ZERO);
    return new EventFollower(api, chosen.filter(), chosen.after(), err, GracefulStop::await);
  }

  private void create(ParseResult parsed) {
    Config config = client(parsed);
    Optional<String> name = Optional.ofNullable(parsed.matchedOptionValue("--name", null));
    List<String> channels = parsed.matchedOptionValue("--channel", List.of());
    Role role = role(parsed.matchedOptionValue("--role", ""));
    if (role != Role.OPERATOR) {
      new KeysCommand(new ApiClient(config), out).create(role, name, channels);
      return;
    }
    if (!channels.isEmpty()) {
      throw new WrongSettings(List.of("--channel: an operator key is not confined to channels."));
    }
    out.println(OperatorKey.create(config, name.orElse("Operator key"), InstantSource.system()));
  }

  private static Role role(String text) {
    List<String> roles = Arrays.stream(Role.values()).map(Role::name).toList();
    return Nearest.to(text, roles)
        .filter(nearest -> nearest.equalsIgnoreCase(text))
        .map(Role::valueOf)
        .orElseThrow(
            () ->
                new WrongSettings(
                    List.of("--role must be one of " + String.join(", ", roles) + ".")));
  }

  private static Config client(ParseResult parsed) {
    return Config.of(Commands.flags(parsed), Command.CLIENT);
  }

  private static ParseResult last(ParseResult parsed) {
    return parsed.hasSubcommand() ? last(parsed.subcommand()) : parsed;
  }

  private static String path(CommandLine line) {
    String name = line.getCommandSpec().qualifiedName();
    return name.equals("recado") ? "" : name.substring("recado ".length()) + " ";
  }
}
