package io.recado;

import java.util.Map;

/// The command line: `recado COMMAND`.
public final class Main {

  private Main() {}

  static void main(String[] args) {
    if (args.length > 0 && args[0].equals("serve")) {
      Server server = Server.start(Config.of(Map.of(), Setting.Command.SERVE));
      server.newAdminKey().ifPresent(System.out::println);
      System.out.println("Recado is ready at " + server.address());
    } else {
      Sandbox sandbox = Sandbox.start(Config.of(Map.of(), Setting.Command.SANDBOX));
      System.out.println("Recado is ready at " + sandbox.server().address());
      sandbox.welcome().forEach(System.out::println);
    }
  }
}
