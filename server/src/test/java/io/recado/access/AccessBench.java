package io.recado.access;

import io.recado.http.HttpApi;
import io.recado.http.RawRequest;
import io.recado.http.Routes;
import io.recado.http.page.PageTokens;
import io.recado.http.request.Headers;
import io.recado.http.request.IdempotentAnswers;
import io.recado.http.request.Response;
import io.recado.http.request.Role;
import io.recado.journal.Cipher;
import io.recado.journal.Database;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.Ids;
import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.testing.OpenApiContract;
import io.recado.testing.SettableClock;
import io.recado.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The routes of this package behind their gates, on a database of their own.
final class AccessBench implements AutoCloseable {

  static final String ADMIN_KEY = "the-operators-own-key";
  private static final OpenApiContract CONTRACT = OpenApiContract.load();

  final SettableClock clock = SettableClock.standing();
  final Ids ids = new Ids(clock, new Random(1));
  final NewKeys newKeys = new NewKeys(ids, new Random(2));
  final AuditLog auditLog = new AuditLog(ids, clock);
  final TestDatabase test;
  final Journal journal;
  final ReadPool reads;
  final Authentication authentication;
  final HttpApi api;
  final long workspace;

  private AccessBench(TestDatabase test) {
    this.test = test;
    this.journal = journal(test.database());
    this.reads = new ReadPool(test.database(), 2);
    this.authentication = authentication();
    String masterKey = "a master key for tests";
    Cipher cipher = Cipher.open(masterKey, Cipher.newKeyset(masterKey, new Random(3)));
    this.api = api(cipher);
    this.workspace = start(ADMIN_KEY).workspace().key();
  }

  static AccessBench on(Dialect dialect) {
    return new AccessBench(TestDatabase.on(dialect));
  }

  /// What a start of the server does.
  DefaultWorkspace.Opened start(@Nullable String adminKey) {
    return new DefaultWorkspace(journal, auditLog, newKeys).ensure(adminKey);
  }

  /// Another node's.
  Authentication authentication() {
    return new Authentication(
        reads, clock, clock::nanos, new KeyUses(journal, clock::nanos, Runnable::run));
  }

  /// Makes a key as `./recado keys` does.
  String key(Role role) {
    return journal
        .commit(newKeys.create(workspace, role.name(), role, auditLog.stamp(AuditLog.CLI)))
        .string("key")
        .orElseThrow();
  }

  Id channel() {
    Id id = ids.next();
    change(
        tx ->
            tx.update(
                """
                INSERT INTO channel (workspace_key, id, type, state, settings, secrets,
                  send_limits, in_doubt, health, create_time, update_time)
                VALUES (?, ?, 'WHATSAPP', 'ACTIVE', '{}', ?, '{}', '{}', '[]', 0, 0)\
                """,
                binds -> binds.number(workspace).id(id).bytes(new byte[0])));
    return id;
  }

  <R> R change(Function<Tx, R> change) {
    return journal.commit(new Change<>(change));
  }

  Answer get(String key, String path) {
    return answer("GET", key, path, "", Map.of());
  }

  Answer delete(String key, String path) {
    return answer("DELETE", key, path, "", Map.of());
  }

  Answer post(String key, String path, String body) {
    return answer("POST", key, path, body, Map.of());
  }

  Answer post(String key, String path, String body, String idempotencyKey) {
    return answer("POST", key, path, body, Map.of("Idempotency-Key", idempotencyKey));
  }

  private Answer answer(
      String method, String key, String path, String body, Map<String, String> headers) {
    String[] parts = path.split("\\?", 2);
    String query = parts.length == 2 ? parts[1] : "";
    Response response =
        api.answer(new Raw(method, parts[0], query, "Bearer " + key, body, headers));
    CONTRACT.checkResponse(
        method, path, response.status(), response.contentType(), response.body());
    return new Answer(response);
  }

  private HttpApi api(Cipher cipher) {
    var tokens = new PageTokens(cipher);
    var answers = new IdempotentAnswers(journal, reads, cipher, clock);
    var routes = new Routes();
    new ApiKeyRoutes(journal, reads, answers, tokens, authentication::forget, auditLog, newKeys)
        .addTo(routes);
    new WorkspaceRoutes(reads, answers, tokens, auditLog, newKeys).addTo(routes);
    new AuditRoutes(reads, tokens).addTo(routes);
    return new HttpApi(
        routes, authentication, new RateLimits(clock::nanos), (_, _, _, _) -> {}, () -> "request");
  }

  private static Journal journal(Database database) {
    return new Journal(
        database,
        (_, _) -> {},
        e -> {
          throw e;
        });
  }

  @Override
  public void close() {
    journal.close();
    reads.close();
    test.close();
  }

  private record Change<R>(Function<Tx, R> change) implements Write<R> {
    @Override
    public long workspace() {
      return 0;
    }

    @Override
    public R apply(Tx tx) {
      tx.changed();
      return change.apply(tx);
    }
  }

  /// An answer as its caller reads it.
  record Answer(Response response) {

    int status() {
      return response.status();
    }

    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    JsonObject json() {
      return Json.readObject(response.body());
    }

    String string(String field) {
      return json().string(field).orElseThrow();
    }

    String reason() {
      return json()
          .object("error")
          .orElseThrow()
          .objects("details")
          .getFirst()
          .string("reason")
          .orElseThrow();
    }

    List<String> strings(String list, String field) {
      return json().objects(list).stream().map(o -> o.string(field).orElseThrow()).toList();
    }

    @Nullable String header(String name) {
      return response.headers().get(name);
    }
  }

  private record Raw(
      String method,
      String path,
      String query,
      String authorization,
      String text,
      Map<String, String> others)
      implements RawRequest {

    @Override
    public Headers headers() {
      return name ->
          switch (name) {
            case "Authorization" -> authorization;
            case "Content-Type" -> "application/json";
            default -> others.get(name);
          };
    }

    @Override
    public boolean hasBody() {
      return !text.isEmpty();
    }

    @Override
    public byte[] body(int maxBytes) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
