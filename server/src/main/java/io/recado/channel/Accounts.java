package io.recado.channel;

import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.journal.Reads;
import java.util.Map;
import java.util.Optional;

/// An account of a provider belongs to one channel of a workspace: two would take each other's
/// callbacks.
final class Accounts {

  private Accounts() {}

  /// @throws ApiError `ACCOUNT_ALREADY_USED` when another channel has this one's account
  static void requireFree(Reads reads, ChannelStore store, Channel channel) {
    if (other(reads, store, channel).isPresent()) {
      throw alreadyUsed(reads, store, channel);
    }
  }

  static ApiError alreadyUsed(Reads reads, ChannelStore store, Channel channel) {
    String owner = other(reads, store, channel).map(Channel::name).orElse("another channel");
    return ApiError.of(
        ErrorReason.ACCOUNT_ALREADY_USED,
        "The provider's account is already used by "
            + owner
            + "; change or delete that one, or use another account.",
        Map.of("resource", owner));
  }

  private static Optional<Channel> other(Reads reads, ChannelStore store, Channel channel) {
    return channel.account() == null
        ? Optional.empty()
        : store
            .findByAccount(reads, channel.workspace(), channel.type(), channel.account())
            .filter(other -> other.key() != channel.key());
  }
}
