package io.recado.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLibraryTest {

  @TempDir Path folder;

  @Test
  void aProcessThatIsKilledLeavesNoLibraryInTheFolderForTemporaryFiles() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));

    Process process = open(temporary);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(Killed.OPENED);
    try (var left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
  }

  private Process open(Path temporary) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:-UsePerfData",
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            Killed.class.getName(),
            folder.resolve("recado.db").toString())
        .inheritIO()
        .start();
  }

  /// Opens a database and ends without any clearing up.
  static final class Killed {

    static final int OPENED = 7;

    static void main(String[] args) throws SQLException {
      try (Connection connection = Database.sqlite(Path.of(args[0])).openReader()) {
        Runtime.getRuntime().halt(connection.isValid(1) ? OPENED : 1);
      }
    }
  }
}
