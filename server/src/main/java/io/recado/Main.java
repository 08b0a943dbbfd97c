package io.recado;

import java.nio.file.Path;
import java.util.Optional;

/// The command line: `recado COMMAND`.
public final class Main {

  private Main() {}

  static void main(String[] args) {
    var config =
        new Config(
            "127.0.0.1",
            8080,
            Path.of("/tmp/rd"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "http://127.0.0.1:8081",
            8081);
    var sandbox = Sandbox.start(config);
    System.out.println("Recado is ready at " + sandbox.server().address());
    sandbox.welcome().forEach(System.out::println);
  }
}
