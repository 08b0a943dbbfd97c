package io.recado;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class DataFolderTest {

  @TempDir private Path folder;

  @Test
  void aFolderThatItMakesIsItsOwnersAlone() throws IOException {
    Path made = folder.resolve("deep").resolve("data");

    assertThat(warningsOfOpening(made)).isEmpty();
    assertThat(permissions(made)).isEqualTo("rwx------");
  }

  @Test
  void theSandboxsKeyOpensItsFolderToNobodyElse() throws IOException {
    Path made = folder.resolve("sandbox");
    Map<String, String> settings = Map.of("RECADO_DATA", made.toString());

    SandboxKey.of(Config.read(settings, Map.of(), Setting.Command.SANDBOX));

    assertThat(permissions(made)).isEqualTo("rwx------");
    assertThat(warningsOfOpening(made)).isEmpty();
  }

  @Test
  void aFolderThatOthersMayReadStaysAsItIsWithAWarning() throws IOException {
    Path wide = Files.createDirectory(folder.resolve("wide"));
    Files.setPosixFilePermissions(wide, PosixFilePermissions.fromString("rwxr-x---"));

    assertThat(warningsOfOpening(wide))
        .singleElement()
        .satisfies(warning -> assertThat(warning).contains("rwxr-x---", "chmod 700"));
    assertThat(permissions(wide)).isEqualTo("rwxr-x---");
  }

  @Test
  void aFolderThatIsItsOwnersAloneIsNoCauseForAWarning() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

    assertThat(warningsOfOpening(closed)).isEmpty();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static List<String> warningsOfOpening(Path path) {
    var log = (Logger) LoggerFactory.getLogger(DataFolder.class);
    var events = new ListAppender<ILoggingEvent>();
    events.start();
    log.addAppender(events);
    log.setAdditive(false);
    try {
      DataFolder.open(path).close();
      return events.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    } finally {
      log.detachAppender(events);
      log.setAdditive(true);
    }
  }
}
