package io.recado.message;

import io.recado.connector.Content;
import io.recado.journal.Id;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message as it is stored.
///
/// @param seq its place in the conversation, by which everything is ordered
/// @param fallback sent instead when the service window turns out to be closed; null when there is
///   none
/// @param replyTo the message of the same conversation that it answers; null when none
/// @param providerMessageId null until the provider has given it one
/// @param expireTime when it is given up if not handed over by then; null for inbound ones
/// @param sendTime when it joins its conversation's queue; null for at once
/// @param resendOf the message of the same conversation that it sends again; null when none
public record Message(
    long workspace,
    long channel,
    long conversation,
    long seq,
    Id id,
    Direction direction,
    Content content,
    Content.@Nullable Template fallback,
    Map<String, String> metadata,
    @Nullable Id replyTo,
    @Nullable String providerMessageId,
    Instant createTime,
    @Nullable Instant expireTime,
    @Nullable Instant sendTime,
    @Nullable Id resendOf,
    Progress progress) {

  /// Which way it goes.
  public enum Direction {
    OUTBOUND,
    INBOUND
  }

  /// The same message at another point of its life.
  public Message at(Progress other) {
    return new Message(
        workspace,
        channel,
        conversation,
        seq,
        id,
        direction,
        content,
        fallback,
        metadata,
        replyTo,
        providerMessageId,
        createTime,
        expireTime,
        sendTime,
        resendOf,
        other);
  }

  /// The same message with another content.
  Message carrying(Content other) {
    return new Message(
        workspace,
        channel,
        conversation,
        seq,
        id,
        direction,
        other,
        fallback,
        metadata,
        replyTo,
        providerMessageId,
        createTime,
        expireTime,
        sendTime,
        resendOf,
        progress);
  }
}
