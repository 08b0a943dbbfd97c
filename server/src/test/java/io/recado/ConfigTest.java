package io.recado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.recado.Config.LogFormat;
import io.recado.Setting.Command;
import io.recado.network.AddressRange;
import io.recado.retention.Retention.Periods;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {

  private static final String SECRET = "a-secret-of-more-than-20-characters";
  private static final String DATABASE = "postgresql://recado:hush-hush@db.example:5433/recado";

  @TempDir private Path folder;

  @Test
  void nothingHasToBeSet() {
    Config config = Config.read(Map.of(), Map.of(), Command.SERVE);

    assertThat(config.host()).isEqualTo("0.0.0.0");
    assertThat(config.port()).isEqualTo(8080);
    assertThat(config.data()).isEqualTo(Path.of("data"));
    assertThat(config.databaseUrl()).isEmpty();
    assertThat(config.adminKey()).isEmpty();
    assertThat(config.masterKey()).isEmpty();
    assertThat(config.publicUrl()).isEmpty();
    assertThat(config.trustedProxies()).isEmpty();
    assertThat(config.tls()).isEmpty();
    assertThat(config.whatsappBaseUrl()).isEqualTo("https://graph.facebook.com");
    assertThat(config.webhookAllow()).isEmpty();
    assertThat(config.media()).isEqualTo(Path.of("data/media").toUri());
    assertThat(config.retention().messages()).isEmpty();
    assertThat(config.retention().events()).contains(Duration.ofDays(30));
    assertThat(config.retention().attempts()).contains(Duration.ofDays(30));
    assertThat(config.retention().raw()).contains(Duration.ofDays(7));
    assertThat(config.retention().idempotency()).isEqualTo(Duration.ofDays(7));
    assertThat(config.metricsToken()).isEmpty();
    assertThat(config.logFormat()).isEqualTo(LogFormat.TEXT);
    assertThat(config.drain()).isEqualTo(Duration.ofSeconds(35));
    assertThat(config.emulatorPort()).isEqualTo(8081);
  }

  @Test
  void theSandboxListensHereOnlyAndHasAFolderOfItsOwn() {
    Config config = Config.read(Map.of(), Map.of(), Command.SANDBOX);

    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.data()).isEqualTo(Path.of("data/sandbox"));
  }

  @Test
  void everySettingIsAVariable() throws IOException {
    Map<String, String> values = values();
    Config server = Config.read(variables(values), Map.of(), Command.SANDBOX);
    Config client =
        Config.read(
            Map.of("RECADO_URL", "https://recado.example/", "RECADO_KEY", SECRET),
            Map.of(),
            Command.CLIENT);

    assertThat(values.keySet()).hasSize(Setting.values().length - 2);
    assertIsAsGiven(server);
    assertThat(client.url()).isEqualTo("https://recado.example");
    assertThat(client.key()).contains(SECRET);
  }

  @Test
  void everySettingIsAFlagAndSecretsAreFilesThen() throws IOException {
    Map<String, String> flags = new HashMap<>();
    for (var value : values().entrySet()) {
      Setting setting = Setting.valueOf(value.getKey());
      if (setting.isSecret()) {
        flags.put(setting.fileFlag(), file(value.getValue()));
      } else {
        flags.put(setting.flag(), value.getValue());
      }
    }

    assertIsAsGiven(Config.read(Map.of(), flags, Command.SANDBOX));
  }

  @Test
  void everySettingIsReadFromAFileToo() throws IOException {
    Map<String, String> variables = new HashMap<>();
    for (var value : values().entrySet()) {
      variables.put("RECADO_" + value.getKey() + "_FILE", file(value.getValue() + "\n"));
    }

    assertIsAsGiven(Config.read(variables, Map.of(), Command.SANDBOX));
  }

  @Test
  void flagsComeBeforeTheEnvironment() {
    var config =
        Config.read(Map.of("RECADO_PORT", "1", "PORT", "2"), Map.of("--port", "3"), Command.SERVE);

    assertThat(config.port()).isEqualTo(3);
  }

  @Test
  void whatPlatformsCallPortCountsWhenOursIsNotSet() {
    assertThat(Config.read(Map.of("PORT", "9"), Map.of(), Command.SERVE).port()).isEqualTo(9);
    assertThat(problems(Map.of("PORT", "x"))).singleElement().asString().startsWith("PORT must");
    assertThat(Config.read(Map.of("RECADO_PORT", "1", "PORT", "2"), Map.of(), Command.SERVE).port())
        .isEqualTo(1);
  }

  @Test
  void anEmptyVariableIsNotSet() {
    assertThat(Config.read(Map.of("RECADO_ADMIN_KEY", ""), Map.of(), Command.SERVE).adminKey())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RECADO_PORT | 70000 | RECADO_PORT must be a whole number from 0 to 65535, such as 8080, not "70000".
          RECADO_PORT | -1 | RECADO_PORT must be a whole number from 0 to 65535, such as 8080, not "-1".
          RECADO_EMULATOR_PORT | x | RECADO_EMULATOR_PORT must be a whole number from 0 to 65535, such as 8080, not "x".
          RECADO_HOST | http://here | RECADO_HOST must be a host name or an address without scheme and port, not "http://here".
          RECADO_PUBLIC_URL | recado.example | RECADO_PUBLIC_URL must be an address such as https://recado.example.com, not "recado.example".
          RECADO_PUBLIC_URL | https://a.example?x=1 | RECADO_PUBLIC_URL must be an address without user, query and fragment, not "https://a.example?x=1".
          RECADO_WHATSAPP_BASE_URL | https://a.example/v25.0 | RECADO_WHATSAPP_BASE_URL must be scheme, host and port without a path, not "https://a.example/v25.0".
          RECADO_TRUSTED_PROXIES | 10.0.0.1/8 | RECADO_TRUSTED_PROXIES must be networks such as 10.0.0.0/8 or fd00::/8, separated by commas, not "10.0.0.1/8".
          RECADO_WEBHOOK_ALLOW | 10.0.0.0/33 | RECADO_WEBHOOK_ALLOW must be networks such as 10.0.0.0/8 or fd00::/8, separated by commas, not "10.0.0.0/33".
          RECADO_WEBHOOK_ALLOW | office.example | RECADO_WEBHOOK_ALLOW must be networks such as 10.0.0.0/8 or fd00::/8, separated by commas, not "office.example".
          RECADO_MEDIA | ftp://a/b | RECADO_MEDIA must be a folder or s3://bucket/prefix?endpoint=https://…, not "ftp://a/b".
          RECADO_DRAIN | 35 | RECADO_DRAIN must be a whole number with ms, s, m, h or d, such as 35s, not "35".
          RECADO_DRAIN | 2h | RECADO_DRAIN must be from 0s to 1h, not "2h".
          RECADO_RETENTION_EVENTS | 1m | RECADO_RETENTION_EVENTS must be from 1h to 36500d, not "1m".
          RECADO_RETENTION_IDEMPOTENCY | 23h | RECADO_RETENTION_IDEMPOTENCY must be from 1d to 36500d, not "23h".
          RECADO_RETENTION_IDEMPOTENCY | forever | RECADO_RETENTION_IDEMPOTENCY must be a whole number with ms, s, m, h or d, such as 7d, not "forever".
          RECADO_LOG_FORMAT | jsn | RECADO_LOG_FORMAT must be one of text, json, not "jsn"; did you mean json?.
          RECADO_TLS_CERTIFICATE | /nowhere/at/all | RECADO_TLS_CERTIFICATE must be a file that this user can read, not "/nowhere/at/all".
          """)
  void aWrongValueIsNamedWithItsRule(String variable, String value, String sentence) {
    assertThat(problems(Map.of(variable, value))).contains(sentence.replace("?.", "?"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ADMIN_KEY", "MASTER_KEY", "METRICS_TOKEN", "DATABASE_URL"})
  void aWrongSecretIsNamedAndNotShown(String name) {
    assertThat(problems(Map.of("RECADO_" + name, "hush hush")))
        .anySatisfy(line -> assertThat(line).startsWith("RECADO_" + name + " must have"))
        .noneSatisfy(line -> assertThat(line).contains("hush"));
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void aSecretIsRefusedAsAnArgumentAndNoOtherSettingIs(Setting setting) {
    Map<String, String> flags = Map.of(setting.flag(), "x");
    WrongSettings refused =
        catchThrowableOfType(
            WrongSettings.class, () -> Config.read(Map.of(), flags, Command.SERVE));

    assertThat(refused != null && refused.getMessage().contains("would show a secret"))
        .isEqualTo(setting.isSecret());
  }

  @Test
  void aCopiedKeyThatLacksALetterIsRefused() {
    assertThat(problems(Map.of("RECADO_ADMIN_KEY", "rcd_ExampleExampleExampleExampleExam00Ab1")))
        .singleElement()
        .asString()
        .contains("must be a whole key that Recado made");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThat(problems(Map.of("RECADO_PORT", "x", "RECADO_DRAIN", "y", "RECADO_Z", "z")))
        .hasSize(3);
  }

  @Test
  void anUnknownSettingIsNamedWithTheNearestOne() {
    assertThat(problems(Map.of("RECADO_PROT", "1")))
        .containsExactly("RECADO_PROT is not a setting; did you mean RECADO_PORT?");
    assertThat(problems(Map.of("RECADO_MASTERKEY_FILE", "1")))
        .containsExactly(
            "RECADO_MASTERKEY_FILE is not a setting; did you mean RECADO_MASTER_KEY_FILE?");
    assertThat(problems(Map.of("RECADO_ENTIRELY_OTHER", "1")))
        .containsExactly("RECADO_ENTIRELY_OTHER is not a setting; unset it.");
  }

  @Test
  void whatKubernetesInjectsIsPassedOver() {
    Map<String, String> injected =
        Map.of(
            "RECADO_PORT", "tcp://10.0.0.1:8080",
            "RECADO_SERVICE_HOST", "10.0.0.1",
            "RECADO_SERVICE_PORT_HTTP", "8080",
            "RECADO_PORT_8080_TCP", "tcp://10.0.0.1:8080",
            "RECADO_PORT_8080_TCP_ADDR", "10.0.0.1",
            "RECADO_POSTGRESQL_SERVICE_HOST", "10.0.0.2",
            "RECADO_POSTGRESQL_SERVICE_PORT_TCP_POSTGRESQL", "5432",
            "RECADO_POSTGRESQL_PORT", "tcp://10.0.0.2:5432",
            "RECADO_POSTGRESQL_PORT_5432_TCP_PROTO", "tcp");

    assertThat(Config.read(injected, Map.of(), Command.SERVE).port()).isEqualTo(8080);
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    String missing = folder.resolve("missing").toString();

    assertThat(problems(Map.of("RECADO_ADMIN_KEY_FILE", missing)))
        .containsExactly(
            "RECADO_ADMIN_KEY_FILE must name a text file that this user can read, not \""
                + missing
                + "\".");
  }

  @Test
  void aValueAndAFileForItAreOneTooMany() throws IOException {
    assertThat(problems(Map.of("RECADO_ADMIN_KEY", SECRET, "RECADO_ADMIN_KEY_FILE", file(SECRET))))
        .containsExactly("Set either RECADO_ADMIN_KEY or RECADO_ADMIN_KEY_FILE, not both.");
  }

  @Test
  void postgresqlNeedsAMasterKey() {
    assertThat(problems(Map.of("RECADO_DATABASE_URL", DATABASE)))
        .singleElement()
        .asString()
        .startsWith("RECADO_MASTER_KEY must be set with RECADO_DATABASE_URL");
  }

  @Test
  void aCertificateNeedsItsKey() throws IOException {
    assertThat(problems(Map.of("RECADO_TLS_CERTIFICATE", file("PEM"))))
        .containsExactly("RECADO_TLS_CERTIFICATE and RECADO_TLS_KEY must be set together.");
  }

  @Test
  void aClientDoesNotTripOverTheServersSettings() {
    assertThatNoException()
        .isThrownBy(() -> Config.read(Map.of("RECADO_DRAIN", "x"), Map.of(), Command.CLIENT));
  }

  @Test
  void aClientTalksToTheLocalServerUnlessToldOtherwise() {
    assertThat(Config.read(Map.of("RECADO_PORT", "81"), Map.of(), Command.CLIENT).url())
        .isEqualTo("http://127.0.0.1:81");
    assertThat(Config.read(Map.of(), Map.of(), Command.CLIENT).url())
        .isEqualTo("http://127.0.0.1:8080");
  }

  @Test
  void itsPrintHoldsNoSecret() {
    Map<String, String> variables =
        Map.of(
            "RECADO_ADMIN_KEY", SECRET,
            "RECADO_MASTER_KEY", SECRET,
            "RECADO_METRICS_TOKEN", SECRET,
            "RECADO_DATABASE_URL", DATABASE);

    assertThat(Config.read(variables, Map.of(), Command.SERVE).toString())
        .contains("PostgreSQL")
        .doesNotContain(SECRET, "hush");
  }

  @Test
  void aNetworkKnowsItsAddresses() {
    AddressRange range = AddressRange.parse("10.1.0.0/20");

    assertThat(range.contains(InetAddress.ofLiteral("10.1.15.255"))).isTrue();
    assertThat(range.contains(InetAddress.ofLiteral("10.1.16.0"))).isFalse();
    assertThat(range.contains(InetAddress.ofLiteral("fd00::1"))).isFalse();
    assertThat(AddressRange.parse("::1").contains(InetAddress.ofLiteral("::1"))).isTrue();
  }

  private Map<String, String> values() throws IOException {
    Map<String, String> values = new HashMap<>();
    values.put("HOST", "::1");
    values.put("PORT", "0");
    values.put("DATA", "/var/lib/recado");
    values.put("DATABASE_URL", DATABASE);
    values.put("ADMIN_KEY", SECRET + "-admin");
    values.put("MASTER_KEY", SECRET + "-master");
    values.put("PUBLIC_URL", "https://recado.example/");
    values.put("TRUSTED_PROXIES", "10.0.0.0/8, ::1");
    values.put("TLS_CERTIFICATE", file("certificate"));
    values.put("TLS_KEY", file("key"));
    values.put("WHATSAPP_BASE_URL", "http://127.0.0.1:8081");
    values.put("WEBHOOK_ALLOW", "192.168.1.0/24");
    values.put("MEDIA", "s3://bucket/prefix?endpoint=https://s3.example");
    values.put("RETENTION_MESSAGES", "365d");
    values.put("RETENTION_EVENTS", "48h");
    values.put("RETENTION_ATTEMPTS", "forever");
    values.put("RETENTION_RAW", "90m");
    values.put("RETENTION_IDEMPOTENCY", "24h");
    values.put("METRICS_TOKEN", SECRET + "-metrics");
    values.put("LOG_FORMAT", "json");
    values.put("DRAIN", "500ms");
    values.put("EMULATOR_PORT", "9081");
    return values;
  }

  private static void assertIsAsGiven(Config config) {
    assertThat(config.host()).isEqualTo("::1");
    assertThat(config.port()).isZero();
    assertThat(config.data()).isEqualTo(Path.of("/var/lib/recado"));
    assertThat(config.databaseUrl()).contains(DATABASE);
    assertThat(config.adminKey()).contains(SECRET + "-admin");
    assertThat(config.masterKey()).contains(SECRET + "-master");
    assertThat(config.publicUrl()).contains("https://recado.example");
    assertThat(config.trustedProxies())
        .isEqualTo(List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1/128")));
    assertThat(config.tls()).hasValueSatisfying(tls -> assertThat(tls.key()).hasContent("key"));
    assertThat(config.whatsappBaseUrl()).isEqualTo("http://127.0.0.1:8081");
    assertThat(config.webhookAllow()).containsExactly(AddressRange.parse("192.168.1.0/24"));
    assertThat(config.media())
        .isEqualTo(URI.create("s3://bucket/prefix?endpoint=https://s3.example"));
    assertThat(config.retention())
        .isEqualTo(
            new Periods(
                Optional.of(Duration.ofDays(365)),
                Optional.of(Duration.ofDays(2)),
                Optional.empty(),
                Optional.of(Duration.ofMinutes(90)),
                Duration.ofDays(1)));
    assertThat(config.metricsToken()).contains(SECRET + "-metrics");
    assertThat(config.logFormat()).isEqualTo(LogFormat.JSON);
    assertThat(config.drain()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.emulatorPort()).isEqualTo(9081);
  }

  private static Map<String, String> variables(Map<String, String> values) {
    Map<String, String> variables = new HashMap<>();
    values.forEach((name, value) -> variables.put("RECADO_" + name, value));
    return variables;
  }

  private static List<String> problems(Map<String, String> environment) {
    return catchThrowableOfType(
            WrongSettings.class, () -> Config.read(environment, Map.of(), Command.SANDBOX))
        .problems();
  }

  private String file(String text) throws IOException {
    Path file = Files.createTempFile(folder, "setting", "");
    return Files.writeString(file, text).toString();
  }
}
