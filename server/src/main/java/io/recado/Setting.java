package io.recado;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every setting: its name, its default and what it means. The table in docs/operating.md is made
/// of these.
enum Setting {
  HOST(
      "0.0.0.0; 127.0.0.1 for `sandbox`", "where it listens: a name or an address of this machine"),
  PORT("8080", "the port; 0 takes a free one, told in the ready line. Without it, `PORT` counts"),
  DATA("./data; ./data/sandbox for `sandbox`", "folder of the embedded database, media and keys"),
  DATABASE_URL(
      "SQLite in the data folder",
      "`postgresql://user:password@host:port/database?…` for shared storage"),
  ADMIN_KEY(
      "made and printed once",
      "an admin key of workspace `default`, ensured at every start: 20 to 256 visible characters"),
  MASTER_KEY(
      "made in the data folder",
      "encrypts stored secrets: 20 characters or more; must be given with PostgreSQL"),
  PUBLIC_URL("from the listener", "how providers and people reach it"),
  TRUSTED_PROXIES("none", "networks whose `X-Forwarded-*` is believed, such as `10.0.0.0/8,::1`"),
  TLS_CERTIFICATE("none", "PEM file with the certificate and its chain"),
  TLS_KEY("none", "PEM file with the certificate's private key (PKCS#8, no password)"),
  WHATSAPP_BASE_URL("https://graph.facebook.com", "the Cloud API; `/vNN.N` is appended to it"),
  WEBHOOK_ALLOW("none", "private networks that webhooks may reach, such as `10.1.0.0/16`"),
  MEDIA("folder `media` in the data folder", "a folder, or `s3://bucket/prefix?endpoint=…`"),
  RETENTION_MESSAGES("forever", "how long messages are kept, such as `365d`"),
  RETENTION_EVENTS("30d", "how long events are kept"),
  RETENTION_ATTEMPTS("30d", "how long attempts and timelines are kept"),
  RETENTION_RAW("7d", "how long raw callbacks and unmatched receipts are kept"),
  RETENTION_IDEMPOTENCY("7d", "how long idempotency keys are kept; at least `24h`"),
  METRICS_TOKEN("none", "what `/metrics` asks for as `Authorization: Bearer …`"),
  LOG_FORMAT("text", "`text` or `json`, to standard error"),
  DRAIN("35s", "the longest wait for what is in flight when it stops"),
  EMULATOR_PORT("8081", "the port of the sandbox's emulator"),
  URL("the local server", "the server that `send`, `tail`, `listen` and `keys` talk to"),
  KEY("none", "the API key that `send`, `tail`, `listen` and `keys` use");

  /// How environment variables of ours begin.
  static final String PREFIX = "RECADO_";

  /// How the variable and the flag end that name a file with the value.
  static final String FILE = "_FILE";

  private static final Set<Setting> SECRETS =
      EnumSet.of(ADMIN_KEY, MASTER_KEY, DATABASE_URL, METRICS_TOKEN, KEY);
  private static final Set<Setting> OF_CLIENTS =
      EnumSet.of(HOST, PORT, DATA, DATABASE_URL, MASTER_KEY, LOG_FORMAT, URL, KEY);

  private final String shownDefault;
  private final String meaning;

  Setting(String shownDefault, String meaning) {
    this.shownDefault = shownDefault;
    this.meaning = meaning;
  }

  /// The environment variable.
  String variable() {
    return PREFIX + name();
  }

  /// The flag.
  String flag() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The flag that names a file with the value.
  String fileFlag() {
    return flag() + "-file";
  }

  /// The default in words.
  String shownDefault() {
    return shownDefault;
  }

  /// What it is for, in words.
  String meaning() {
    return meaning;
  }

  /// Whether its value is shown nowhere, and is refused as an argument.
  boolean isSecret() {
    return SECRETS.contains(this);
  }

  /// Whether a command reads it; the others do not trip over what is wrong with it.
  boolean isOf(Command command) {
    return switch (command) {
      case SERVE -> this != URL && this != KEY && this != EMULATOR_PORT;
      case SANDBOX -> this != URL && this != KEY;
      case CLIENT -> OF_CLIENTS.contains(this);
    };
  }

  /// The setting of a variable; null when there is none of that name.
  static @Nullable Setting ofVariable(String variable) {
    for (Setting setting : values()) {
      if (setting.variable().equals(variable)) {
        return setting;
      }
    }
    return null;
  }

  /// The commands that read settings.
  enum Command {
    SERVE("0.0.0.0", "data"),
    SANDBOX("127.0.0.1", "data/sandbox"),
    CLIENT("127.0.0.1", "data");

    private final String host;
    private final String data;

    Command(String host, String data) {
      this.host = host;
      this.data = data;
    }

    /// Where it listens unless told otherwise.
    String host() {
      return host;
    }

    /// Where its data is unless told otherwise.
    String data() {
      return data;
    }
  }
}
