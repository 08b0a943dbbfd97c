package io.recado.testing;

import io.recado.ServerUnderTest;
import io.recado.emulator.Emulator;
import io.recado.emulator.EmulatorClock;
import io.recado.emulator.EmulatorOptions;
import io.recado.http.Routes.Route;
import io.recado.journal.Database;
import io.recado.journal.Dialect;
import io.recado.journal.ReadPool;
import io.recado.journal.Reads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A whole server and a provider for it, as in production but for the address: real HTTP, a real
/// database of its own, the emulator in the provider's place. Both share a clock that only a test
/// moves ahead. Every answer is held against openapi.yaml. For many threads.
public final class RunningRecado implements AutoCloseable {

  /// The admin key of workspace `default`.
  public static final String ADMIN_KEY = "admin-key-of-the-flow-tests";

  private static final List<String> TABLES =
      List.of(
          "api_key",
          "attempt",
          "audit_entry",
          "channel",
          "conversation",
          "conversation_identifier",
          "event",
          "idempotency_key",
          "message",
          "outbox",
          "raw_payload",
          "template",
          "workspace");

  private final Path folder;
  private final String database;
  private final Map<String, String> settings = new TreeMap<>();
  private final ApiClient client = new ApiClient();
  private final AtomicInteger channels = new AtomicInteger();
  private final String operatorKey;

  /// The time of server and provider.
  public final EmulatorClock clock = new EmulatorClock();

  /// The provider.
  public final Emulator emulator;

  private ServerUnderTest server;

  private RunningRecado(Dialect dialect) {
    try {
      folder = Files.createTempDirectory("recado-flow-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    emulator = Emulator.start(EmulatorOptions.standard().withClock(clock));
    emulator.behave(
        "{\"receiptDelayMillis\": [0, 20], \"messagesPerSecond\": null, \"recipientLimit\": null}");
    database = dialect == Dialect.SQLITE ? "" : OnePostgresql.instance().createDatabase();
    settings.put("RECADO_HOST", "127.0.0.1");
    settings.put("RECADO_PORT", "0");
    settings.put("RECADO_DATA", folder.toString());
    settings.put("RECADO_ADMIN_KEY", ADMIN_KEY);
    settings.put("RECADO_MASTER_KEY", "master-key-of-the-flow-tests");
    settings.put("RECADO_WHATSAPP_BASE_URL", emulator.url());
    settings.put("RECADO_WEBHOOK_ALLOW", "127.0.0.0/8");
    if (!database.isEmpty()) {
      settings.put("RECADO_DATABASE_URL", database);
    }
    server = ServerUnderTest.start(settings, clock);
    settings.put("RECADO_PORT", String.valueOf(port()));
    server.close();
    operatorKey = ServerUnderTest.makeOperatorKey(settings, clock);
    server = ServerUnderTest.start(settings, clock);
  }

  /// Starts both on an empty database.
  public static RunningRecado on(Dialect dialect) {
    return new RunningRecado(dialect);
  }

  /// A key of role OPERATOR.
  public String operatorKey() {
    return operatorKey;
  }

  /// A new channel with an account of its own at the provider, its templates read.
  public TestChannel newChannel() {
    return TestChannel.make(this, ADMIN_KEY, channels.incrementAndGet());
  }

  /// As [#newChannel], in the workspace of an admin key.
  public TestChannel newChannel(String adminKey) {
    return TestChannel.make(this, adminKey, channels.incrementAndGet());
  }

  public Reply get(String target) {
    return call(ADMIN_KEY, "GET", target, "");
  }

  /// @param body JSON, also with apostrophes for quotation marks; empty for none
  public Reply post(String target, String body, String... headers) {
    return call(ADMIN_KEY, "POST", target, body, headers);
  }

  public Reply patch(String target, String body) {
    return call(ADMIN_KEY, "PATCH", target, body);
  }

  public Reply delete(String target) {
    return call(ADMIN_KEY, "DELETE", target, "");
  }

  /// Calls with a key.
  ///
  /// @param headers names and values in turn
  public Reply call(String key, String method, String target, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Authorization", "Bearer " + key));
    if (!body.isEmpty() && !List.of(headers).contains("Content-Type")) {
      all.addAll(List.of("Content-Type", "application/json"));
    }
    return client.call(address(), method, target, ApiClient.json(body), all);
  }

  /// Calls with nothing but these headers.
  public Reply callBare(String method, String target, byte[] body, String... headers) {
    return client.call(address(), method, target, body, List.of(headers));
  }

  /// Everything that a list has, page by page.
  public List<JsonNode> all(String target, String plural) {
    List<JsonNode> items = new ArrayList<>();
    String token = "";
    do {
      String joint = target.contains("?") ? "&" : "?";
      JsonNode page = get(target + joint + "pageToken=" + token).ok();
      page.path(plural).forEach(items::add);
      token = page.path("nextPageToken").asString("");
    } while (!token.isEmpty());
    return items;
  }

  /// Moves the time of both.
  public void advance(Duration by) {
    emulator.advance(by);
    server.wake();
  }

  /// Stops the server at once and starts it again on the same database and port.
  public void restart() {
    stop();
    start();
  }

  /// Stops the server at once.
  public void stop() {
    server.close();
  }

  /// Starts the server again.
  public void start() {
    server = ServerUnderTest.start(settings, clock);
  }

  /// Every route but those of the documentation.
  public List<Route> routes() {
    return server.routes();
  }

  /// Where the server listens.
  public String address() {
    return server.address();
  }

  public int port() {
    return URI.create(server.address()).getPort();
  }

  /// The folder of the embedded database.
  public Path folder() {
    return folder;
  }

  /// How many rows each table has that requests write to.
  public Map<String, Long> rows() {
    Database read =
        database.isEmpty()
            ? Database.sqlite(folder.resolve("recado.db"))
            : Database.postgresql(database);
    try (var reads = new ReadPool(read, 1)) {
      return TABLES.stream()
          .collect(Collectors.toMap(table -> table, table -> reads.read(r -> count(r, table))));
    }
  }

  private static long count(Reads reads, String table) {
    return reads.find("SELECT COUNT(*) FROM " + table, _ -> {}, row -> row.number()).orElseThrow();
  }

  /// A look at the provider's side.
  ///
  /// @param target such as `/_emulator/calls`
  public JsonNode provider(String target) {
    return client.exchange(emulator.url(), "GET", target, new byte[0], List.of()).ok();
  }

  @Override
  public void close() {
    server.close();
    emulator.close();
    client.close();
    if (!database.isEmpty()) {
      OnePostgresql.instance().dropDatabase(database);
    }
    TestDatabase.delete(folder);
  }
}
