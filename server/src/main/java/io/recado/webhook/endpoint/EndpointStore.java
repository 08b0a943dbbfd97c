package io.recado.webhook.endpoint;

import io.recado.event.EventType;
import io.recado.journal.Binds;
import io.recado.journal.Cipher;
import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.journal.Tx;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.webhook.WebhookSecret;
import io.recado.webhook.cursor.Command.Cause;
import io.recado.webhook.endpoint.WebhookEndpoint.State;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// All SQL of endpoints. Secrets are stored encrypted, bound to their row.
///
/// A deleted endpoint keeps its row, without its address and its secrets, so that its key never
/// comes to mean another one. No look-up finds it.
public final class EndpointStore {

  private static final String SELECT =
      """
      SELECT endpoint_key, workspace_key, id, url, types, channels, state, disabled_cause,
        disabled_time, secrets, create_time, update_time
      FROM webhook_endpoint WHERE delete_time IS NULL AND\s\
      """;
  private static final String BY_ID = SELECT + "workspace_key = ? AND id = ?";
  static final String PAGE = SELECT + "workspace_key = ? AND id < ? ORDER BY id DESC LIMIT ?";
  private static final String ALL = SELECT + "endpoint_key > ? ORDER BY endpoint_key LIMIT ?";
  private static final String COUNT =
      "SELECT COUNT(*) FROM webhook_endpoint WHERE delete_time IS NULL AND workspace_key = ?";
  private static final String COUNT_ENABLED =
      "SELECT COUNT(*) FROM webhook_endpoint WHERE delete_time IS NULL AND state = ?";
  private static final String INSERT =
      """
      INSERT INTO webhook_endpoint (workspace_key, id, url, types, channels, state, disabled_cause,
        disabled_time, secrets, create_time, update_time)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING endpoint_key\
      """;
  private static final String UPDATE =
      """
      UPDATE webhook_endpoint
      SET url = ?, types = ?, channels = ?, state = ?, disabled_cause = ?, disabled_time = ?,
        secrets = ?, create_time = ?, update_time = ?
      WHERE workspace_key = ? AND endpoint_key = ?\
      """;
  private static final String DELETE =
      """
      UPDATE webhook_endpoint SET delete_time = ?, url = '', secrets = ?
      WHERE workspace_key = ? AND endpoint_key = ?\
      """;
  private static final String SHOWN =
      "SELECT id, url FROM webhook_endpoint WHERE workspace_key = ? AND endpoint_key = ?";
  private static final Id HIGHEST = new Id(-1, -1);

  private final Cipher cipher;

  /// A store whose secrets this cipher keeps.
  public EndpointStore(Cipher cipher) {
    this.cipher = cipher;
  }

  /// An endpoint of the workspace.
  Optional<WebhookEndpoint> find(Reads reads, long workspace, Id id) {
    return reads.find(BY_ID, binds -> binds.number(workspace).id(id), this::endpoint);
  }

  /// Locks an endpoint until the commit.
  Optional<WebhookEndpoint> lock(Tx tx, long workspace, Id id) {
    return tx.find(
        BY_ID + tx.dialect().forUpdate(), binds -> binds.number(workspace).id(id), this::endpoint);
  }

  /// A page of the workspace's endpoints, newest first.
  ///
  /// @param before the last id of the page before; null for the first
  List<WebhookEndpoint> page(Reads reads, long workspace, @Nullable Id before, int limit) {
    Id from = before == null ? HIGHEST : before;
    return reads.query(
        PAGE, binds -> binds.number(workspace).id(from).number(limit), this::endpoint);
  }

  /// Endpoints of all workspaces by rising key.
  List<WebhookEndpoint> all(Reads reads, long after, int limit) {
    return reads.query(ALL, binds -> binds.number(after).number(limit), this::endpoint);
  }

  static long count(Reads reads, long workspace) {
    return reads.query(COUNT, binds -> binds.number(workspace), Row::number).getFirst();
  }

  /// What a message's timeline says of an endpoint, also of one that was deleted.
  public static Optional<Shown> shown(Reads reads, long workspace, long key) {
    return reads.find(
        SHOWN, binds -> binds.number(workspace).number(key), row -> Shown.of(row.id(), row.text()));
  }

  /// An endpoint as whoever may read messages sees it: the rest of its URL may hold a secret.
  ///
  /// @param host without port
  public record Shown(Id id, String host) {

    /// What a checked URL holds before its path; `java.net.URI` would fail on what may stand
    /// behind.
    private static final Pattern HOST = Pattern.compile("^https?://(\\[[^]]*]|[^/:?#]*)");

    static Shown of(Id id, String url) {
      Matcher host = HOST.matcher(url);
      return new Shown(id, host.find() ? host.group(1) : "an endpoint");
    }
  }

  /// How many endpoints of all workspaces are in a state.
  public static long count(Reads reads, State state) {
    return reads.query(COUNT_ENABLED, binds -> binds.name(state), Row::number).getFirst();
  }

  WebhookEndpoint insert(Tx tx, WebhookEndpoint endpoint) {
    long key =
        tx.query(
                INSERT,
                binds -> {
                  binds.number(endpoint.workspace()).id(endpoint.id());
                  bind(binds, endpoint);
                },
                Row::number)
            .getFirst();
    tx.changed();
    return endpoint.withKey(key);
  }

  void update(Tx tx, WebhookEndpoint endpoint) {
    tx.update(
        UPDATE,
        binds -> {
          bind(binds, endpoint);
          binds.number(endpoint.workspace()).number(endpoint.key());
        });
  }

  static void delete(Tx tx, WebhookEndpoint endpoint, Instant now) {
    tx.update(
        DELETE,
        binds ->
            binds.time(now).bytes(new byte[0]).number(endpoint.workspace()).number(endpoint.key()));
  }

  private void bind(Binds binds, WebhookEndpoint endpoint) throws SQLException {
    List<JsonObject> secrets =
        endpoint.secrets().stream()
            .map(
                one ->
                    JsonObject.builder()
                        .with("secret", one.secret().reveal())
                        .with("until", one.until() == null ? null : one.until().toEpochMilli())
                        .build())
            .toList();
    JsonObject sealed = JsonObject.builder().with("secrets", secrets).build();
    binds
        .text(endpoint.url())
        .text(typesText(endpoint.types()))
        .text(Json.text(endpoint.channels().stream().sorted().map(Id::toString).toList()))
        .name(endpoint.state())
        .name(endpoint.disabledCause())
        .time(endpoint.disabledTime())
        .bytes(cipher.encrypt(Json.write(sealed), place(endpoint.workspace(), endpoint.id())))
        .time(endpoint.createTime())
        .time(endpoint.updateTime());
  }

  private WebhookEndpoint endpoint(Row row) throws SQLException {
    long key = row.number();
    long workspace = row.number();
    Id id = row.id();
    return new WebhookEndpoint(
        key,
        workspace,
        id,
        row.text(),
        types(row.text()),
        channels(row.text()),
        row.name(State.class),
        row.nameOrNull(Cause.class),
        row.timeOrNull(),
        secrets(cipher.decrypt(row.bytes(), place(workspace, id))),
        row.time(),
        row.time());
  }

  private static List<SigningSecret> secrets(byte[] opened) {
    return Json.readObjectLeniently(opened).objects("secrets").stream()
        .map(
            json ->
                new SigningSecret(
                    WebhookSecret.parse(json.string("secret").orElseThrow()),
                    json.number("until").map(Instant::ofEpochMilli).orElse(null)))
        .toList();
  }

  /// Types as they are stored.
  public static String typesText(Collection<EventType> types) {
    return Json.text(types.stream().sorted().map(EventType::wireName).toList());
  }

  /// Reads stored types.
  public static Set<EventType> types(String text) {
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    items(text).forEach(name -> EventType.find(String.valueOf(name)).ifPresent(types::add));
    return types;
  }

  private static Set<Id> channels(String text) {
    Set<Id> channels = new LinkedHashSet<>();
    items(text).forEach(id -> channels.add(Id.parse(String.valueOf(id))));
    return channels;
  }

  private static List<?> items(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8)) instanceof List<?> items
        ? items
        : List.of();
  }

  private static String place(long workspace, Id id) {
    return workspace + "|webhook_endpoint|secrets|" + id;
  }
}
