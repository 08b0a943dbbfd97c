package io.recado.prove.world;

import java.nio.file.Path;
import java.util.List;

/// How a server is started.
///
/// @param command all words up to `serve`
public record Launch(List<String> command) {

  private static final List<String> FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+UseSerialGC",
          "-Xms64m");

  /// By the launcher, as everybody starts it.
  public static Launch byLauncher(Path launcher) {
    return new Launch(List.of(launcher.toString()));
  }

  /// From its jar, with this JVM's Java.
  public static Launch ofJar(Path jar) {
    return java("-jar", jar.toString());
  }

  /// From classes, with this JVM's Java.
  public static Launch ofClasses(String classPath) {
    return java("-XX:TieredStopAtLevel=1", "-cp", classPath, "io.recado.Main");
  }

  /// The same server as [#byLauncher] would start, or this one, with another option of Java's. Not
  /// by the launcher, which would make a cache for a server with that option.
  Launch with(String option) {
    Launch plain =
        command.size() > 1
            ? this
            : ofJar(Path.of(command.getFirst()).resolveSibling("server/target/recado.jar"));
    List<String> words = new java.util.ArrayList<>(plain.command);
    words.add(1, option);
    return new Launch(List.copyOf(words));
  }

  private static Launch java(String... rest) {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of(rest));
    return new Launch(List.copyOf(command));
  }
}
