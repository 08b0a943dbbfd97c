package io.recado.channel;

import io.recado.connector.Connector.ChannelSettings;
import io.recado.journal.Binds;
import io.recado.journal.Cipher;
import io.recado.journal.Id;
import io.recado.journal.Part;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.journal.Tx;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All SQL of channels. Secret settings are stored encrypted, bound to their row.
///
/// A deleted channel keeps its row, without its settings and its account: what was said through it
/// keeps its key, which is never used again. No look-up finds it.
public final class ChannelStore {

  private static final String SELECT =
      """
      SELECT channel_key, workspace_key, id, type, display_name, address, state, account,
        default_language, settings, secrets, send_limits, in_doubt, health, last_relay_time,
        create_time, update_time
      FROM channel WHERE delete_time IS NULL AND\s\
      """;
  static final String BY_KEY = SELECT + "workspace_key = ? AND channel_key = ?";
  static final String BY_KEY_ANYWHERE = SELECT + "channel_key = ?";
  static final String BY_ID_ANYWHERE = SELECT + "id = ?";
  static final String BY_ACCOUNT = SELECT + "workspace_key = ? AND type = ? AND account = ?";
  static final String PAGE = SELECT + "workspace_key = ? AND id < ? ORDER BY id DESC LIMIT ?";
  private static final String BY_TYPE = SELECT + "workspace_key = ? AND type = ? ORDER BY id";
  static final String ALL = SELECT + "channel_key > ? ORDER BY channel_key LIMIT ?";
  static final String ID = "SELECT id FROM channel WHERE channel_key = ?";
  private static final String INSERT =
      """
      INSERT INTO channel (workspace_key, id, type, display_name, address, state, account,
        default_language, settings, secrets, send_limits, in_doubt, health, last_relay_time,
        create_time, update_time)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING RETURNING channel_key\
      """;
  private static final String UPDATE =
      """
      UPDATE channel
      SET display_name = ?, address = ?, state = ?, account = ?, default_language = ?,
        settings = ?, secrets = ?, send_limits = ?, in_doubt = ?, health = ?, last_relay_time = ?,
        create_time = ?, update_time = ?
      WHERE workspace_key = ? AND channel_key = ?\
      """;
  private static final String DELETE =
      """
      UPDATE channel
      SET delete_time = ?, account = NULL, settings = '{}', secrets = ?, health = '{}'
      WHERE workspace_key = ? AND channel_key = ?\
      """;

  private static final Id HIGHEST = new Id(-1, -1);

  private final Cipher cipher;
  private final Connectors connectors;
  private final Part.Kind<ChannelRows> rows =
      new Part.Kind<>(ChannelRows.RANK, () -> new ChannelRows(this));

  /// @param connectors say which settings are secret
  public ChannelStore(Cipher cipher, Connectors connectors) {
    this.cipher = cipher;
    this.connectors = connectors;
  }

  /// A channel by its key.
  public Optional<Channel> find(Reads reads, long workspace, long key) {
    return reads.find(BY_KEY, binds -> binds.number(workspace).number(key), this::channel);
  }

  /// A channel by its key, of whatever workspace. For what works on behalf of none.
  public Optional<Channel> findAnywhere(Reads reads, long key) {
    return reads.find(BY_KEY_ANYWHERE, binds -> binds.number(key), this::channel);
  }

  /// The id of a key, also of a channel that was deleted.
  static Optional<Id> id(Reads reads, long key) {
    return reads.find(ID, binds -> binds.number(key), Row::id);
  }

  /// A channel by its id, of whatever workspace; the caller compares. For providers' callbacks,
  /// which come without a key.
  public Optional<Channel> findAnywhere(Reads reads, Id id) {
    return reads.find(BY_ID_ANYWHERE, binds -> binds.id(id), this::channel);
  }

  /// The workspace's channel with an account of the provider.
  public Optional<Channel> findByAccount(Reads reads, long workspace, String type, String account) {
    return reads.find(
        BY_ACCOUNT, binds -> binds.number(workspace).text(type).text(account), this::channel);
  }

  /// The workspace's channels whose setting has a value, such as all numbers of one
  /// `businessAccountId`. Reads all channels of the type: for what is rare.
  public List<Channel> findBySetting(
      Reads reads, long workspace, String type, String setting, String value) {
    return reads.query(BY_TYPE, binds -> binds.number(workspace).text(type), this::channel).stream()
        .filter(channel -> channel.settings().find(setting).filter(value::equals).isPresent())
        .toList();
  }

  /// A page of the workspace's channels, newest first.
  ///
  /// @param before the last id of the page before; null for the first
  public List<Channel> page(Reads reads, long workspace, @Nullable Id before, int limit) {
    Id from = before == null ? HIGHEST : before;
    return reads.query(
        PAGE, binds -> binds.number(workspace).id(from).number(limit), this::channel);
  }

  /// Channels of all workspaces by rising key. For what works on behalf of all.
  ///
  /// @param after the last key of the page before; 0 for the first
  public List<Channel> all(Reads reads, long after, int limit) {
    return reads.query(ALL, binds -> binds.number(after).number(limit), this::channel);
  }

  /// Inserts a channel.
  ///
  /// @param channel its key does not count
  /// @return with its key; empty, and nothing changed, when another channel has its account
  Optional<Channel> insert(Tx tx, Channel channel) {
    return tx.find(
        INSERT,
        binds -> {
          binds.number(channel.workspace()).id(channel.id()).text(channel.type());
          bind(binds, channel);
        },
        row -> channel.withKey(row.number()));
  }

  /// Stores all that can change.
  void update(Tx tx, Channel channel) {
    tx.update(
        UPDATE,
        binds -> {
          bind(binds, channel);
          binds.number(channel.workspace()).number(channel.key());
        });
    rows(tx).changed(channel);
  }

  /// Takes a channel out of sight, with its settings.
  void delete(Tx tx, Channel channel, Instant now) {
    tx.update(
        DELETE,
        binds ->
            binds.time(now).bytes(new byte[0]).number(channel.workspace()).number(channel.key()));
    rows(tx).removed(channel);
  }

  /// The group's locked channels.
  ChannelRows rows(Tx tx) {
    return tx.part(rows);
  }

  /// Locks a channel until the commit.
  Optional<Channel> lock(Tx tx, long workspace, long key) {
    return tx.find(
        BY_KEY + tx.dialect().forUpdate(),
        binds -> binds.number(workspace).number(key),
        this::channel);
  }

  private void bind(Binds binds, Channel channel) throws SQLException {
    Set<String> secret = connectors.secrets(channel.type());
    JsonObject.Builder clear = JsonObject.builder();
    JsonObject.Builder secrets = JsonObject.builder();
    channel
        .settings()
        .values()
        .fields()
        .forEach((name, value) -> (secret.contains(name) ? secrets : clear).with(name, value));
    binds
        .text(channel.displayName())
        .text(channel.address())
        .name(channel.state())
        .text(channel.account())
        .text(channel.defaultLanguage())
        .text(Json.text(clear.build()))
        .bytes(
            cipher.encrypt(Json.write(secrets.build()), place(channel.workspace(), channel.id())))
        .text(StoredJson.of(channel.limits()))
        .text(StoredJson.of(channel.inDoubt()))
        .text(StoredJson.of(channel.problems()))
        .time(channel.lastRelayTime())
        .time(channel.createTime())
        .time(channel.updateTime());
  }

  private Channel channel(Row row) throws SQLException {
    long key = row.number();
    long workspace = row.number();
    Id id = row.id();
    return new Channel(
        key,
        workspace,
        id,
        row.text(),
        row.textOrNull(),
        row.textOrNull(),
        row.name(Channel.State.class),
        row.textOrNull(),
        row.textOrNull(),
        settings(row, place(workspace, id)),
        StoredJson.limits(row.text()),
        StoredJson.inDoubt(row.text()),
        StoredJson.problems(row.text()),
        row.timeOrNull(),
        row.time(),
        row.time());
  }

  private ChannelSettings settings(Row row, String place) throws SQLException {
    return new ChannelSettings(
        JsonObject.builder()
            .withAll(StoredJson.read(row.text()))
            .withAll(Json.readObjectLeniently(cipher.decrypt(row.bytes(), place)))
            .build());
  }

  private static String place(long workspace, Id id) {
    return workspace + "|channel|secrets|" + id;
  }
}
