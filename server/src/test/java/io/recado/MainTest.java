package io.recado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class MainTest {

  private static final String KEY_LINE =
      "The admin key of workspace default, shown only this once: ";
  private static final String READY_LINE = "Recado is ready at ";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          srve | There is no command srve; did you mean serve?
          serve --prot 1 | There is no flag --prot; did you mean --port?
          serve more | One word too many: more
          serve --port x | --port must be a whole number from 0 to 65535, such as 8080, not "x".
          serve --master-key hush-hush-hush-hush-hush | --master-key would show a secret to everybody who lists processes; set RECADO_MASTER_KEY, or give a file with --master-key-file.
          send +573193210329 hello | RECADO_KEY must be set to an API key of the server at http://127.0.0.1:8080.
          tail | RECADO_KEY must be set to an API key of the server at http://127.0.0.1:8080.
          tail --type message.sendt | --type: there is no type of events message.sendt; did you mean message.sent?
          tail --after 17 | --after must be the id of an event, evt_ and 24 hex digits.
          tail --channel x | --channel must be a channel's id (24 hex digits) or its name, channels/…
          listen | Missing required option: '--forward-to=URL'
          listen --forward-to localhost:3000 | --forward-to must be an address such as http://localhost:3000/hook.
          listen --forward-to http://localhost:3000/ --secret x | --secret must be whsec_ and 24 to 64 bytes in base64.
          keys create --role OWNER | --role must be one of READER, SENDER, ADMIN, OPERATOR.
          keys create --role OPERATOR --data /nowhere | RECADO_DATA: there is no database in /nowhere; name the server's data folder, or start it once
          keys | Say what to do: a COMMAND is missing.
          emulator --port x | --port must be a whole number from 0 to 65535, not x.
          """)
  void wrongArgumentsEndWithTwoAndSayWhatToChange(String arguments, String sentence) {
    int code = run(arguments.split(" "));

    assertThat(code).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).lines()).first().isEqualTo(sentence);
    assertThat(out.size()).isZero();
  }

  @Test
  void askedForItsVersionOrForHelpItAnswersOnStandardOutput() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Recado ");
    assertThat(run("serve", "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--port=VALUE", "--admin-key-file=FILE")
        .doesNotContain("--admin-key=");
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Runs the server.", "prove ", "bench ");
    assertThat(err.size()).isZero();
  }

  @Test
  void aClientCommandWithoutAServerFails() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    String url = "http://127.0.0.1:" + port;

    assertThat(run("keys", "list", "--url", url, "--key-file", file("x".repeat(20)))).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("No server answers at " + url + ".");
  }

  @Test
  void aServerServesUntilItIsTold() throws Exception {
    Path data = folder.resolve("data");
    List<String> serve =
        List.of("io.recado.Main", "serve", "--host=127.0.0.1", "--port=0", "--data=" + data);
    Process server = start(serve);
    try (BufferedReader lines = server.inputReader()) {
      String keyLine = lines.readLine();
      String readyLine = lines.readLine();
      assertThat(keyLine).startsWith(KEY_LINE + "rcd_");
      assertThat(readyLine).matches(READY_LINE + "http://127\\.0\\.0\\.1:[0-9]+");
      String url = readyLine.substring(READY_LINE.length());
      String keyFile = file(keyLine.substring(KEY_LINE.length()));

      keysAreMadeListedAndRevoked(url, keyFile);
      aTakenPortIsNamed(url);
      anOperatorKeyWaitsForTheServer(data);

      server.toHandle().destroy();
      assertThat(server.waitFor()).isZero();
    } finally {
      server.destroyForcibly();
    }
    assertThat(run("keys", "create", "--role", "OPERATOR", "--data", data.toString())).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).strip()).startsWith("rcd_").hasSize(42);
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    Process stuck = start(List.of("io.recado.MainTest$Stuck"));
    try (BufferedReader lines = stuck.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("waiting");
      stuck.toHandle().destroy();
      assertThat(lines.readLine()).isEqualTo("stopping");
      stuck.toHandle().destroy();
      assertThat(stuck.waitFor()).isEqualTo(1);
    } finally {
      stuck.destroyForcibly();
    }
  }

  private void keysAreMadeListedAndRevoked(String url, String keyFile) throws Exception {
    assertThat(
            run(
                "keys",
                "create",
                "--role=READER",
                "--name=Shop",
                "--url",
                url,
                "--key-file",
                keyFile))
        .isZero();
    String made = takeOut().strip();
    assertThat(made).startsWith("rcd_").hasSize(42);
    assertThat(status(url, made)).isEqualTo(200);

    assertThat(run("keys", "list", "--url", url, "--key-file", keyFile)).isZero();
    String line = takeOut().lines().filter(l -> l.endsWith(" Shop")).findFirst().orElseThrow();
    assertThat(line).contains("READER");

    assertThat(run("keys", "revoke", line.split(" ")[0], "--url", url, "--key-file", keyFile))
        .isZero();
    assertThat(takeOut()).startsWith("Revoked apiKeys/");
    assertThat(status(url, made)).isEqualTo(401);

    assertThat(run("send", "+573193210329", "hello", "--url", url, "--key-file", keyFile))
        .isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("The server has no channel yet; make one with POST /v1/channels.");
    err.reset();
  }

  private void aTakenPortIsNamed(String url) throws Exception {
    Process second =
        start(
            List.of(
                "io.recado.Main",
                "serve",
                "--host=127.0.0.1",
                "--port=" + URI.create(url).getPort(),
                "--data=" + folder.resolve("other")));
    try {
      assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(second.exitValue()).isEqualTo(2);
    } finally {
      second.destroyForcibly();
    }
    assertThat(folder.resolve("stderr"))
        .content()
        .contains("RECADO_PORT: cannot listen on 127.0.0.1 port ");
  }

  private void anOperatorKeyWaitsForTheServer(Path data) {
    assertThat(run("keys", "create", "--role", "OPERATOR", "--data", data.toString())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("another Recado is using " + data);
    assertThat(takeOut()).isEmpty();
  }

  private static int status(String url, String key) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/v1/channels"))
              .header("Authorization", "Bearer " + key)
              .build();
      return http.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  private int run(String... arguments) {
    return Main.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String takeOut() {
    String text = out.toString(StandardCharsets.UTF_8);
    out.reset();
    return text;
  }

  private String file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "key", ""), text + "\n").toString();
  }

  private Process start(List<String> mainAndArguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(mainAndArguments);
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("RECADO_"));
    builder.redirectError(folder.resolve("stderr").toFile());
    return builder.start();
  }

  /// A server whose work in flight does not end.
  static final class Stuck {

    private Stuck() {}

    static void main(String[] args) throws InterruptedException {
      GracefulStop.on(
          patience -> {
            System.out.println("stopping");
            new CountDownLatch(1).await();
            return false;
          },
          Duration.ofDays(1));
      System.out.println("waiting");
      GracefulStop.await();
    }
  }
}
