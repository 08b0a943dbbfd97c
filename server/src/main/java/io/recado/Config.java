package io.recado;

import io.recado.Setting.Command;
import io.recado.http.server.Listening.Tls;
import io.recado.network.AddressRange;
import io.recado.retention.Retention.Periods;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Every setting, read and found to be right. The only reader of the environment.
///
/// What each means, its default and its names are in [Setting] and docs/operating.md.
///
/// @param port 0 for a free one
/// @param databaseUrl empty for SQLite in the data folder
/// @param publicUrl without a slash at its end; empty for the listener's address
/// @param tls empty for plain HTTP
/// @param whatsappBaseUrl scheme, host and port
/// @param media a `file:` address, or `s3://bucket/prefix?endpoint=…`
/// @param drain the longest wait for what is in flight when the server stops
/// @param url the server that client commands talk to, without a slash at its end
/// @param key what they talk to it with
public record Config(
    String host,
    int port,
    Path data,
    Optional<String> databaseUrl,
    Optional<String> adminKey,
    Optional<String> masterKey,
    Optional<String> publicUrl,
    List<AddressRange> trustedProxies,
    Optional<Tls> tls,
    String whatsappBaseUrl,
    List<AddressRange> webhookAllow,
    URI media,
    Periods retention,
    Optional<String> metricsToken,
    LogFormat logFormat,
    Duration drain,
    int emulatorPort,
    String url,
    Optional<String> key) {

  private static final List<AddressRange> LOOPBACK =
      List.of(AddressRange.parse("127.0.0.0/8"), AddressRange.parse("::1/128"));

  /// How log lines look.
  public enum LogFormat {
    TEXT,
    JSON
  }

  /// Reads the settings of this process.
  ///
  /// @param flags by their names, such as `--port`; they come before the environment
  /// @throws WrongSettings naming everything that is wrong
  static Config of(Map<String, String> flags, Command command) {
    return read(System.getenv(), flags, command);
  }

  /// Reads settings; touches nothing but the files that they name.
  ///
  /// @param command decides some defaults, and which settings are read at all
  /// @throws WrongSettings naming everything that is wrong
  static Config read(Map<String, String> environment, Map<String, String> flags, Command command) {
    var given = new GivenSettings(environment, flags, command);
    Path data = given.read(Setting.DATA, command.data(), SettingForms::path);
    int port = given.read(Setting.PORT, "8080", SettingForms::port);
    String local = "http://127.0.0.1:" + (port == 0 ? 8080 : port);
    var config =
        new Config(
            given.read(Setting.HOST, command.host(), SettingForms::host),
            port,
            data,
            given.read(Setting.DATABASE_URL, SettingForms::databaseUrl),
            given.read(Setting.ADMIN_KEY, SettingForms::adminKey),
            given.read(Setting.MASTER_KEY, SettingForms::masterKey),
            given.read(Setting.PUBLIC_URL, SettingForms::webAddress),
            given.read(Setting.TRUSTED_PROXIES, "", SettingForms::networks),
            tls(given),
            given.read(
                Setting.WHATSAPP_BASE_URL, "https://graph.facebook.com", SettingForms::origin),
            given.read(Setting.WEBHOOK_ALLOW, "", SettingForms::networks),
            given.read(Setting.MEDIA, data.resolve("media").toString(), SettingForms::media),
            retention(given),
            given.read(Setting.METRICS_TOKEN, SettingForms::token),
            given.read(
                Setting.LOG_FORMAT, "text", text -> SettingForms.choice(text, LogFormat.class)),
            given.read(Setting.DRAIN, "35s", SettingForms::wait),
            given.read(Setting.EMULATOR_PORT, "8081", SettingForms::port),
            given.read(Setting.URL, local, SettingForms::webAddress),
            given.read(Setting.KEY, SettingForms::apiKey));
    if (command != Command.CLIENT
        && config.databaseUrl.isPresent()
        && !given.has(Setting.MASTER_KEY)) {
      given.refuse(
          "RECADO_MASTER_KEY must be set with RECADO_DATABASE_URL, the same on every node: 20"
              + " characters or more.");
    }
    given.check();
    return config;
  }

  private static Optional<Tls> tls(GivenSettings given) {
    Optional<Path> certificate = given.read(Setting.TLS_CERTIFICATE, SettingForms::readableFile);
    Optional<Path> key = given.read(Setting.TLS_KEY, SettingForms::readableFile);
    if (given.has(Setting.TLS_CERTIFICATE) != given.has(Setting.TLS_KEY)) {
      given.refuse("RECADO_TLS_CERTIFICATE and RECADO_TLS_KEY must be set together.");
    }
    return certificate.flatMap(file -> key.map(keyFile -> new Tls(file, keyFile)));
  }

  private static Periods retention(GivenSettings given) {
    return new Periods(
        given.read(Setting.RETENTION_MESSAGES, "forever", SettingForms::retention),
        given.read(Setting.RETENTION_EVENTS, "30d", SettingForms::retention),
        given.read(Setting.RETENTION_ATTEMPTS, "30d", SettingForms::retention),
        given.read(Setting.RETENTION_RAW, "7d", SettingForms::retention),
        given.read(Setting.RETENTION_IDEMPOTENCY, "7d", SettingForms::idempotencyRetention));
  }

  /// The same server for the sandbox: its provider is the emulator, its admin key is known, and
  /// webhooks may reach this machine, where whoever tries it out has his receiver.
  Config forSandbox(String emulatorUrl, String sandboxKey) {
    return new Config(
        host,
        port,
        data,
        databaseUrl,
        Optional.of(sandboxKey),
        masterKey,
        publicUrl,
        trustedProxies,
        tls,
        emulatorUrl,
        Stream.concat(webhookAllow.stream(), LOOPBACK.stream()).toList(),
        media,
        retention,
        metricsToken,
        logFormat,
        drain,
        emulatorPort,
        url,
        key);
  }

  /// Whatever is no secret.
  @Override
  public String toString() {
    return "Config[host=%s, port=%d, data=%s, database=%s, tls=%s, url=%s]"
        .formatted(
            host,
            port,
            data,
            databaseUrl.isPresent() ? "PostgreSQL" : "SQLite",
            tls.isPresent(),
            url);
  }
}
