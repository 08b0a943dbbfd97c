package io.recado.message;

import io.recado.connector.Content;
import io.recado.journal.Id;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A message to be handed over: everything that dispatching it needs, so that the usual one is
/// never looked up again.
public record Queued(
    long workspace,
    long channel,
    long conversation,
    long seq,
    Id id,
    Content content,
    Content.@Nullable Template fallback,
    @Nullable Id replyTo,
    Instant createTime,
    OutboxRow outbox) {

  /// The same message on its way, with what is sent.
  public Queued sending(Content sent, OutboxRow row) {
    return new Queued(
        workspace, channel, conversation, seq, id, sent, fallback, replyTo, createTime, row);
  }

  /// The same message with its fallback as what is sent.
  public Queued fallingBack(OutboxRow row) {
    return sending(Objects.requireNonNull(fallback), row);
  }

  /// The same message with another outbox row.
  public Queued with(OutboxRow row) {
    return new Queued(
        workspace, channel, conversation, seq, id, content, fallback, replyTo, createTime, row);
  }
}
