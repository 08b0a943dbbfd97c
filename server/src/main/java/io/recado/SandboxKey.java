package io.recado;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/// The sandbox's admin key: the one that is set, else one that its folder keeps, so that it can be
/// shown at each start.
final class SandboxKey {

  private SandboxKey() {}

  static String of(Config config) {
    if (config.adminKey().isPresent()) {
      return config.adminKey().get();
    }
    Path file = config.data().resolve("admin.key");
    try {
      DataFolder.make(config.data());
      if (!Files.exists(file)) {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        Path made =
            Files.createTempFile(
                config.data(),
                "admin",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(made, "sandbox-" + HexFormat.of().formatHex(bytes) + "\n");
        Files.move(made, file);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new CannotStart("RECADO_DATA: " + file + " cannot be used: " + e.getMessage());
    }
  }
}
