package io.recado.access;

import io.recado.http.request.Caller;
import io.recado.http.request.Role;
import io.recado.journal.Id;
import io.recado.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A key that a machine calls with. What it is in clear is not part of it.
///
/// @param channels the channels that it may use; empty when all
/// @param requestsPerSecond 1 to 100,000; null when it has no limit
/// @param hint by which its holder knows it again
/// @param expireTime from then on it is refused; null when never
/// @param lastUsedTime true to the minute; null when never used
public record ApiKey(
    Id id,
    long workspace,
    @Nullable String displayName,
    Role role,
    Set<Id> channels,
    @Nullable Integer requestsPerSecond,
    String hint,
    Instant createTime,
    @Nullable Instant expireTime,
    @Nullable Instant lastUsedTime) {

  /// Copies the set.
  public ApiKey {
    channels = Set.copyOf(channels);
  }

  /// An unrestricted key that never expires.
  public static ApiKey unrestricted(
      Id id, long workspace, String displayName, Role role, KeyText text, Instant now) {
    return new ApiKey(
        id, workspace, displayName, role, Set.of(), null, text.hint(), now, null, null);
  }

  /// Its resource name.
  public String name() {
    return name(id);
  }

  /// The resource name of a key.
  public static String name(Id id) {
    return "apiKeys/" + id;
  }

  /// Whether it is refused now.
  public boolean isExpired(Instant now) {
    return expireTime != null && !now.isBefore(expireTime);
  }

  /// Whoever calls with it.
  public Caller caller() {
    return new Caller(workspace, id, role, channels, requestsPerSecond);
  }

  /// As the API shows it.
  public JsonObject json() {
    List<String> names =
        new TreeSet<>(channels).stream().map(channel -> "channels/" + channel).toList();
    return JsonObject.builder()
        .with("name", name())
        .with("displayName", displayName)
        .with("role", role.name())
        .with("channels", names.isEmpty() ? null : names)
        .with("requestsPerSecond", requestsPerSecond)
        .with("keyHint", hint)
        .with("createTime", createTime.toString())
        .with("expireTime", expireTime == null ? null : expireTime.toString())
        .with("lastUsedTime", lastUsedTime == null ? null : lastUsedTime.toString())
        .build();
  }
}
