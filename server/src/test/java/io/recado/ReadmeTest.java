package io.recado;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Does what README.md tells a new user to do, against a real sandbox.
class ReadmeTest {

  private static final Path README = Path.of("..", "README.md");
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final String BETWEEN = "\n----\n";
  private static final String ADDRESS = "http://127.0.0.1:8080";

  private static RunningSandbox sandbox;
  private static Path folder;

  @BeforeAll
  static void start(@TempDir Path temporary) {
    folder = temporary;
    sandbox = RunningSandbox.start(folder);
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @Test
  void itsFirstCommandsAreTheTwoThatAreEnough() throws IOException {
    assertThat(blocks().getFirst().lines().map(line -> line.replaceAll(" +#.*", "")))
        .containsExactly("./recado sandbox", "mvn verify");
  }

  @Test
  void theDemoShopHasAWidgetThatIsLetIn() throws Exception {
    String script =
        """
        curl --fail http://127.0.0.1:8080/demo
        curl --fail http://127.0.0.1:8080/demo/shop.css http://127.0.0.1:8080/demo/shop.js
        curl --fail --header 'Origin: http://127.0.0.1:8080' --data '{}' \
          http://127.0.0.1:8080/webchat/6633a1b2c4d5e6f7a8b9c0d2/session
        """;

    Shell.Result result = run(script);

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output())
        .contains("<script src=\"widget.js\" data-channel=\"6633a1b2c4d5e6f7a8b9c0d2\"")
        .contains("\"displayName\":\"Aurora Coffee\"")
        .doesNotContain("style=", "onclick=");
    assertThat(sandbox.welcome()).contains(sandbox.address() + "/demo");
  }

  @Test
  void itsCallsAreAnsweredAsItSays() throws Exception {
    List<String> calls = blocks().stream().skip(1).toList();
    String script = String.join("printf '" + BETWEEN.replace("\n", "\\n") + "'\n", calls);

    Shell.Result result = run(script);

    assertThat(result.exitCode()).as(result.output()).isZero();
    String[] answers = result.output().split(BETWEEN);
    assertThat(answers).hasSize(4);
    assertThat(answers[0])
        .startsWith("{\"name\":\"channels/6633a1b2c4d5e6f7a8b9c0d1/conversations/664f")
        .contains("\"status\":\"SENDING\"", "\"text\":\"Your order has been confirmed.\"");
    assertThat(answers[1]).contains("\"messages\":[", "Your order has been confirmed.");
    assertThat(answers[2])
        .contains("\"code\":400", "\"FAILED_PRECONDITION\"", "SERVICE_WINDOW_CLOSED")
        .contains("The person has never written, so the service window is closed. Only a template");
    assertThat(answers[3]).contains("\"status\":\"SENDING\"", "\"hello_world\"");
  }

  @Test
  void theLinesThatTheSandboxPrintsAreTheReadmesWithTheKeyInThem() throws Exception {
    String welcome = sandbox.welcome();
    String key = Files.readString(folder.resolve("data/sandbox/admin.key")).strip();
    List<String> printed = new ArrayList<>();
    for (String paragraph : welcome.split("\n\n")) {
      if (paragraph.strip().startsWith("curl")) {
        printed.add(paragraph.replaceAll("(?m)^  ", ""));
      }
    }
    assertThat(printed).hasSize(2);
    assertThat(asInReadme(printed.getFirst(), key)).isIn(blocksWithoutExport());

    for (String line : printed) {
      assertThat(run(line).output()).contains("Your order has been confirmed.");
    }
  }

  private static String asInReadme(String line, String key) {
    return line.replace(sandbox.address(), ADDRESS)
        .replace("'Authorization: Bearer " + key + "'", "\"Authorization: Bearer $RECADO_KEY\"");
  }

  private static List<String> blocksWithoutExport() throws IOException {
    return blocks().stream().map(block -> block.replaceAll("export .*\n", "").strip()).toList();
  }

  private static Shell.Result run(String script) throws Exception {
    String here = script.replace(ADDRESS, sandbox.address()).replace("curl ", "curl -s -S ");
    return Shell.run(List.of("sh", "-e", "-c", here), folder, null, Map.of());
  }

  private static List<String> blocks() throws IOException {
    return BLOCK.matcher(Files.readString(README)).results().map(found -> found.group(1)).toList();
  }
}
