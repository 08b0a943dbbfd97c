package io.recado.http.request;

import io.recado.journal.Id;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who makes a request.
///
/// @param workspace the workspace's key; every look-up is confined to it
/// @param apiKey the key's id, for the audit log
/// @param channels the channels that the key may use; empty when all
/// @param requestsPerSecond how many requests the key may make; null when it has no limit
public record Caller(
    long workspace, Id apiKey, Role role, Set<Id> channels, @Nullable Integer requestsPerSecond) {

  /// Copies the set.
  public Caller {
    channels = Set.copyOf(channels);
  }

  /// A caller whose key has no limit.
  public Caller(long workspace, Id apiKey, Role role, Set<Id> channels) {
    this(workspace, apiKey, role, channels, null);
  }

  /// Whether this caller may use the channel.
  public boolean mayUse(Id channel) {
    return channels.isEmpty() || channels.contains(channel);
  }
}
