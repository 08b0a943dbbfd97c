package io.recado.http;

import io.recado.journal.Id;
import java.util.Set;

/// Who makes a request.
///
/// @param workspace the workspace's key; every look-up is confined to it
/// @param apiKey the key's id, for the audit log
/// @param channels the channels that the key may use; empty when all
public record Caller(long workspace, Id apiKey, Role role, Set<Id> channels) {

  /// Copies the set.
  public Caller {
    channels = Set.copyOf(channels);
  }

  /// Whether this caller may use the channel.
  public boolean mayUse(Id channel) {
    return channels.isEmpty() || channels.contains(channel);
  }
}
