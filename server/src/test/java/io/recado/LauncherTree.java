package io.recado;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A copy of the launcher in a tree of its own, on a machine that has nothing but the tools of a
/// plain Debian and scripts that say they are Java and Maven.
record LauncherTree(Path machine) {

  /// What a start left behind.
  record Run(long pid, int exitCode, String output, String errors) {}

  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "cksum",
          "cp",
          "cut",
          "env",
          "find",
          "flock",
          "grep",
          "ls",
          "mkdir",
          "mktemp",
          "mv",
          "nice",
          "readlink",
          "rm",
          "sha256sum",
          "stat",
          "tail",
          "timeout",
          "touch");

  /// Prints its process id, its folder and its arguments. As the server in training it says that it
  /// is ready, waits to be stopped and leaves the cache.
  private static final String JAVA =
      """
      #!/bin/bash
      for argument; do
        case $argument in -XX:AOTCacheOutput=*) part=${argument#*=} ;; esac
      done
      if [ -n "${part-}" ]; then
        env >"$MACHINE/training-environment"
        [ ! -f "$MACHINE/training-fails" ] || exit 1
        trap 'echo cache >"$part"; exit 143' TERM
        [ ! -f "$MACHINE/jar-changes" ] || echo changed >>"$MACHINE/recado/server/target/lib/a.jar"
        echo "Recado is ready at http://127.0.0.1:9"
        while :; do /bin/sleep 0.02; done
      fi
      echo "pid $$"
      echo "in $PWD"
      for argument; do echo "<$argument>"; done
      exit "${EXIT_CODE-0}"
      """
          .replace("$MACHINE", "$(cat \"${0%/*}/../../../machine\")");

  private static final String MAVEN =
      """
      #!/bin/bash
      machine=${0%/bin/mvn}
      echo "$*" >>"$machine/builds"
      if [ -f "$machine/build-fails" ]; then echo "Main.java:[3,5] not a statement"; exit 1; fi
      target=$machine/recado/server/target
      mkdir -p "$target/lib"
      # A tool alone leaves the server's jar as it is.
      case $* in
        *"-pl prove"*) target= tool=prove ;;
        *"-pl benchmarks"*) tool=benchmarks ;;
        *) tool= ;;
      esac
      if [ -n "$tool" ]; then
        mkdir -p "$machine/recado/$tool/target"
        echo jar >"$machine/recado/$tool/target/$tool.jar"
        [ -n "$target" ] || exit 0
      fi
      # Long enough for a second launcher to come along.
      [ ! -f "$machine/build-takes-long" ] || /bin/sleep 0.3
      echo jar >"$target/recado.jar"
      echo a >"$target/lib/a.jar"
      """;

  static LauncherTree in(Path machine) throws IOException {
    var tree = new LauncherTree(machine.toRealPath());
    for (var tool : TOOLS) {
      tree.script("bin/" + tool, "#!/bin/bash\nexec /usr/bin/" + tool + " \"$@\"\n");
    }
    tree.script("bin/mvn", MAVEN);
    // Training in the background is asked for by these; a test runs it itself, and at once.
    tree.script(
        "bin/setsid", "#!/bin/bash\necho \"${@: -1}\" >>\"" + tree.machine + "/trainings\"\n");
    tree.script("bin/sleep", "#!/bin/bash\nexec /bin/sleep 0.02\n");
    tree.write("machine", tree.machine.toString());
    tree.write("recado/pom.xml", "<project/>");
    tree.write("recado/server/pom.xml", "<project/>");
    tree.write("recado/emulator/pom.xml", "<project/>");
    tree.write("recado/prove/pom.xml", "<project/>");
    tree.write("recado/prove/src/main/java/Prove.java", "class Prove {}");
    tree.write("recado/benchmarks/pom.xml", "<project/>");
    tree.write("recado/benchmarks/src/main/java/Measure.java", "class Measure {}");
    tree.write("recado/server/src/main/java/Main.java", "class Main {}");
    tree.write("recado/server/src/main/java/Other.java", "class Other {}");
    tree.write("recado/server/src/test/java/MainTest.java", "class MainTest {}");
    tree.write("recado/emulator/src/main/java/Emulator.java", "class Emulator {}");
    tree.script("recado/recado", tree.launcher());
    return tree;
  }

  /// The launcher that is tested; only the folders in which it looks for a JDK are others.
  private String launcher() throws IOException {
    var source = Files.readString(Path.of("").toAbsolutePath().resolveSibling("recado"));
    var changed = source.replaceFirst("(?m)^jvm_folders=.*$", "jvm_folders=(" + machine + "/jvm)");
    if (changed.equals(source)) {
      throw new AssertionError("the launcher no longer names its folders in jvm_folders=");
    }
    return changed;
  }

  Path addJdk(String name, String version) throws IOException {
    var home = machine.resolve("jvm", name);
    write("jvm/" + name + "/release", "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
    script("jvm/" + name + "/bin/java", version.startsWith("25") ? JAVA : "#!/bin/bash\nexit 99\n");
    script("jvm/" + name + "/bin/javac", "#!/bin/bash\n");
    return home;
  }

  Run start(String... arguments) throws IOException, InterruptedException {
    return start(Map.of(), arguments);
  }

  Run start(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return finish(begin(machine.resolve("recado/recado"), environment, arguments));
  }

  Process begin(Path launcher, Map<String, String> environment, String... arguments)
      throws IOException {
    var command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(machine.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", machine.resolve("bin").toString());
    builder.environment().put("HOME", machine.toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  static Run finish(Process process) throws IOException, InterruptedException {
    var output = new String(process.getInputStream().readAllBytes());
    var errors = new String(process.getErrorStream().readAllBytes());
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Run(process.pid(), process.waitFor(), output, errors);
  }

  Path write(String path, String text) throws IOException {
    var file = machine.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  void append(String path, String text) throws IOException {
    Files.writeString(machine.resolve(path), text, StandardOpenOption.APPEND);
  }

  private void script(String path, String text) throws IOException {
    if (!write(path, text).toFile().setExecutable(true)) {
      throw new IOException("cannot make " + path + " executable");
    }
  }

  /// The command lines that Maven was given so far.
  List<String> builds() throws IOException {
    return lines("builds");
  }

  /// The caches that the launcher wanted trained so far, by name.
  List<String> trainings() throws IOException {
    return lines("trainings");
  }

  private List<String> lines(String file) throws IOException {
    var path = machine.resolve(file);
    return Files.exists(path) ? Files.readAllLines(path) : List.of();
  }

  /// The files in the folder of caches that end so.
  List<Path> caches(String ending) throws IOException {
    try (Stream<Path> files = Files.list(machine.resolve("recado/.cache/aot"))) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }
}
