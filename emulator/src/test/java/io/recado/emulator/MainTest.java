package io.recado.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.emulator.testing.Http;
import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class MainTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"--port x", "--port 65536", "--port", "--nope", "a b", "/no/such/file.json"})
  void wrongArgumentsAreToldWithExitCode2(String arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int code = Main.run(List.of(arguments.split(" ")), System.out, new PrintStream(err));

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: emulator");
  }

  @Test
  void aWrongConfigurationIsToldWithExitCode2() throws Exception {
    Path file = Files.writeString(folder.resolve("config.json"), "{\"accessToken\": \"t\"}");
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int code = Main.run(List.of("--port", "0", file.toString()), System.out, new PrintStream(err));

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("businessAccountId");
  }

  @Test
  void aPortInUseIsToldWithExitCode1() {
    try (Emulator first = Emulator.start(EmulatorOptions.standard())) {
      ByteArrayOutputStream err = new ByteArrayOutputStream();

      int code = Main.run(List.of("--port", "" + first.port()), System.out, new PrintStream(err));

      assertThat(code).isEqualTo(1);
      assertThat(err.toString()).contains("" + first.port());
    }
  }

  @Test
  void itPrintsOneLineWhenItListensAndStopsWhenInterrupted() throws Exception {
    String config =
        "{\"businessAccountId\":\"9\",\"accessToken\":\"t\",\"appSecret\":\"s\",\"phoneNumberId\":\"91\"}";
    Path file = Files.writeString(folder.resolve("config.json"), config);
    CompletableFuture<Integer> code = new CompletableFuture<>();
    try (PipedInputStream in = new PipedInputStream();
        PrintStream out = new PrintStream(new PipedOutputStream(in));
        Scanner lines = new Scanner(in)) {
      Thread thread =
          Thread.ofPlatform()
              .start(
                  () ->
                      code.complete(
                          Main.run(List.of("--port", "0", file.toString()), out, System.err)));

      String line = lines.nextLine();
      assertThat(line).matches("The WhatsApp emulator is ready at http://127\\.0\\.0\\.1:[0-9]+");
      String url = line.substring(line.indexOf("http"));
      assertThat(new Http(url, "t").get("/v25.0/91").status()).isEqualTo(200);
      thread.interrupt();

      assertThat(code.get(5, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void theClockRunsWithRealTimeAndOnlyForward() {
    EmulatorClock clock = new EmulatorClock();
    var before = clock.instant();
    clock.advance(Duration.ofHours(1));

    assertThat(clock.instant()).isBetween(before.plusSeconds(3_600), before.plusSeconds(3_660));
    org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.advance(Duration.ofSeconds(-1)));
  }
}
