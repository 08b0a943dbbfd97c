package io.recado.emulator;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The emulator on a command line: `[--host H] [--port P] [CONFIG_FILE]`.
public final class Main {
  /// The port when none is given.
  public static final int DEFAULT_PORT = 8081;

  private static final String USAGE = "Usage: emulator [--host HOST] [--port PORT] [CONFIG_FILE]";
  private static final int FAILED = 1;
  private static final int WRONG_ARGUMENTS = 2;

  private Main() {}

  private record Arguments(String host, int port, @Nullable Path config) {}

  public static void main(String[] args) {
    int code = run(List.of(args), System.out, System.err);
    if (code != 0) {
      System.exit(code);
    }
  }

  /// Starts the emulator and blocks until the thread is interrupted or the process ends.
  ///
  /// Prints one line to `out` when it listens, and sentences about what is wrong to `err`.
  ///
  /// @return the exit code: 0 after an interruption, 1 when it could not start, 2 when an argument
  ///   or the configuration is wrong
  public static int run(List<String> args, PrintStream out, PrintStream err) {
    Arguments arguments;
    String config;
    try {
      arguments = parse(args);
      config = arguments.config == null ? null : read(arguments.config);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.println(USAGE);
      return WRONG_ARGUMENTS;
    }
    EmulatorOptions options =
        EmulatorOptions.standard().withHost(arguments.host).withPort(arguments.port);
    try (Emulator emulator = Emulator.start(options)) {
      if (config != null) {
        emulator.configure(config);
      }
      out.println("The WhatsApp emulator is ready at " + emulator.url());
      out.flush();
      Thread.currentThread().join();
      return 0;
    } catch (InterruptedException e) {
      return 0;
    } catch (IllegalArgumentException e) {
      err.println(arguments.config + ": " + e.getMessage());
      return WRONG_ARGUMENTS;
    } catch (RuntimeException e) {
      // A port in use, or whatever else the HTTP server says of the host.
      err.println(
          "The emulator cannot listen on "
              + arguments.host
              + ":"
              + arguments.port
              + "; choose another --port.");
      return FAILED;
    }
  }

  private static Arguments parse(List<String> args) {
    String host = "127.0.0.1";
    int port = DEFAULT_PORT;
    List<String> files = new ArrayList<>();
    for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
      String argument = rest.next();
      switch (argument) {
        case "--host" -> host = value(argument, rest);
        case "--port" -> port = port(value(argument, rest));
        default -> {
          if (argument.startsWith("-")) {
            throw new IllegalArgumentException("There is no option " + argument + ".");
          }
          files.add(argument);
        }
      }
    }
    if (files.size() > 1) {
      throw new IllegalArgumentException("Give one CONFIG_FILE, not " + files.size() + ".");
    }
    return new Arguments(host, port, files.isEmpty() ? null : Path.of(files.getFirst()));
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value.");
    }
    return rest.next();
  }

  private static int port(String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
      throw new IllegalArgumentException(
          "--port must be a whole number from 0 to 65535, not " + text + ".");
    }
    return Integer.parseInt(text);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("There is no file " + file + ".", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read as text.", e);
    }
  }
}
