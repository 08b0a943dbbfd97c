package io.recado.access;

import io.recado.http.request.Role;
import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.journal.Tx;
import io.recado.json.Json;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The table of API keys.
public final class ApiKeyStore {

  private static final String COLUMNS =
      """
      SELECT id, workspace_key, display_name, role, channels, requests_per_second, hint,
        create_time, expire_time, last_used_time
      FROM api_key\
      """;
  private static final String BY_HASH = COLUMNS + " WHERE hash = ?";
  private static final String BY_ID = COLUMNS + " WHERE workspace_key = ? AND id = ?";
  private static final String PAGE =
      COLUMNS + " WHERE workspace_key = ? AND id < ? ORDER BY id DESC LIMIT ?";
  private static final String INSERT =
      """
      INSERT INTO api_key (id, workspace_key, display_name, role, channels, requests_per_second,
        hint, create_time, expire_time, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;
  private static final String DELETE = "DELETE FROM api_key WHERE workspace_key = ? AND id = ?";
  private static final String MAKE_ADMIN =
      """
      UPDATE api_key SET role = 'ADMIN', channels = '[]', expire_time = NULL
      WHERE workspace_key = ? AND id = ?\
      """;
  private static final String USED =
      """
      UPDATE api_key SET last_used_time = ?
      WHERE workspace_key = ? AND id = ? AND (last_used_time IS NULL OR last_used_time <= ?)\
      """;
  private static final String CHANNELS =
      """
      SELECT id FROM channel
      WHERE workspace_key = ? AND delete_time IS NULL AND id IN (/*keys*/)\
      """;
  private static final Id HIGHEST = new Id(-1, -1);

  private ApiKeyStore() {}

  /// The key of a hash. The one look-up that is not confined to a workspace: it finds out which.
  static Optional<ApiKey> findByHash(Reads reads, KeyHash hash) {
    return reads.find(BY_HASH, binds -> binds.bytes(hash.bytes()), ApiKeyStore::apiKey);
  }

  /// A key of the workspace.
  public static Optional<ApiKey> find(Reads reads, long workspace, Id id) {
    return reads.find(BY_ID, binds -> binds.number(workspace).id(id), ApiKeyStore::apiKey);
  }

  /// The workspace's keys, newest first.
  ///
  /// @param before the last one of the page before; null for the first page
  static List<ApiKey> page(Reads reads, long workspace, @Nullable Id before, int limit) {
    Id from = before == null ? HIGHEST : before;
    return reads.query(
        PAGE, binds -> binds.number(workspace).id(from).number(limit), ApiKeyStore::apiKey);
  }

  static void insert(Tx tx, ApiKey key, KeyHash hash) {
    tx.update(
        INSERT,
        binds ->
            binds
                .id(key.id())
                .number(key.workspace())
                .text(key.displayName())
                .name(key.role())
                .text(channelsText(key.channels()))
                .number(key.requestsPerSecond())
                .text(key.hint())
                .time(key.createTime())
                .time(key.expireTime())
                .bytes(hash.bytes()));
  }

  static boolean delete(Tx tx, long workspace, Id id) {
    return tx.update(DELETE, binds -> binds.number(workspace).id(id)) > 0;
  }

  /// Lifts whatever restricts a key.
  static void makeAdmin(Tx tx, long workspace, Id id) {
    tx.update(MAKE_ADMIN, binds -> binds.number(workspace).id(id));
  }

  /// Notes a use, unless one was noted less than `interval` before.
  static void noteUse(Tx tx, long workspace, Id id, Instant time, Duration interval) {
    tx.batch(USED, binds -> binds.time(time).number(workspace).id(id).time(time.minus(interval)));
  }

  /// Which of these channels the workspace has.
  static Set<Id> existingChannels(Reads reads, long workspace, Collection<Id> channels) {
    return new HashSet<>(
        reads.queryMany(
            CHANNELS,
            "?",
            binds -> binds.number(workspace),
            List.copyOf(new TreeSet<>(channels)),
            (binds, id) -> binds.id(id),
            Row::id));
  }

  private static ApiKey apiKey(Row row) throws SQLException {
    return new ApiKey(
        row.id(),
        row.number(),
        row.textOrNull(),
        row.name(Role.class),
        channels(row.text()),
        integer(row.numberOrNull()),
        row.text(),
        row.time(),
        row.timeOrNull(),
        row.timeOrNull());
  }

  private static @Nullable Integer integer(@Nullable Long number) {
    return number == null ? null : Math.toIntExact(number);
  }

  private static String channelsText(Set<Id> channels) {
    return Json.text(new TreeSet<>(channels).stream().map(Id::toString).toList());
  }

  private static Set<Id> channels(String text) {
    Set<Id> channels = new HashSet<>();
    if (Json.read(text.getBytes(StandardCharsets.UTF_8)) instanceof List<?> ids) {
      ids.forEach(id -> channels.add(Id.parse(String.valueOf(id))));
    }
    return channels;
  }
}
