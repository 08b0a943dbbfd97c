package io.recado.channel;

import io.recado.http.request.ApiError;
import io.recado.journal.Part;
import io.recado.journal.Tx;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The channels that a group changes, locked in one order and read once. Each write stores its
/// change at once, and hands it to those after it.
final class ChannelRows implements Part {

  /// After the idempotency keys, before the conversations.
  static final int RANK = 50;

  private final ChannelStore store;
  private final Map<Long, Long> wanted = new TreeMap<>();
  private final Map<Long, Channel> channels = new HashMap<>();

  ChannelRows(ChannelStore store) {
    this.store = store;
  }

  /// Asks for a channel, in a write's `prepare`.
  void want(long workspace, long channel) {
    wanted.put(channel, workspace);
  }

  /// A channel that was asked for, with what earlier writes of the group made of it; empty when it
  /// was deleted.
  Optional<Channel> find(long channel) {
    return Optional.ofNullable(channels.get(channel));
  }

  /// As [#find].
  ///
  /// @throws ApiError `RESOURCE_NOT_FOUND` when it was deleted meanwhile
  Channel require(Channel target) {
    return find(target.key()).orElseThrow(() -> ApiError.notFound(target.name()));
  }

  void changed(Channel channel) {
    channels.put(channel.key(), channel);
  }

  void removed(Channel channel) {
    channels.remove(channel.key());
  }

  @Override
  public void load(Tx tx) {
    wanted.forEach(
        (channel, workspace) ->
            store.lock(tx, workspace, channel).ifPresent(row -> channels.put(channel, row)));
  }
}
