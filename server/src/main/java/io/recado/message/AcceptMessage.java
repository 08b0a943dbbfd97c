package io.recado.message;

import io.recado.connector.Content;
import io.recado.conversation.ConversationStates;
import io.recado.conversation.ServiceWindow;
import io.recado.event.EventType;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.journal.Id;
import io.recado.journal.IdempotencyKey;
import io.recado.journal.IdempotencyKeys;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import io.recado.message.AcceptMessage.Accepted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Accepts a message: it, its place in the conversation, its outbox row, its event and its
/// idempotency key, in one transaction.
///
/// @param window the channel's service window, which must be open for free content without a
///   fallback
/// @param handOver told of the messages of a group once they are durable, in the order of each
///   conversation
public record AcceptMessage(
    long workspace,
    long channel,
    long conversation,
    Id id,
    Draft draft,
    ServiceWindow window,
    Instant now,
    Optional<IdempotencyKey> key,
    Consumer<List<Queued>> handOver)
    implements Write<Accepted> {

  @Override
  public long lane() {
    return channel;
  }

  @Override
  public void prepare(Tx tx) {
    key.ifPresent(k -> tx.part(IdempotencyKeys.KIND).want(k, now));
    ConversationStates.want(tx, workspace, conversation);
  }

  @Override
  public Accepted apply(Tx tx) {
    if (key.isPresent()) {
      var kept = tx.part(IdempotencyKeys.KIND).find(key.get());
      if (kept.isPresent()) {
        return new Accepted(kept.get().resource(), true);
      }
    }
    ConversationStates.State state =
        ConversationStates.find(tx, conversation)
            .orElseThrow(() -> ApiError.notFound("conversation"));
    draft.refuseOutside(window, state.lastInboundTime(), now);
    long previous = state.outboundSeq();
    boolean isLater = draft.sendTime() != null;
    long seq = isLater ? state.nextScheduled(id) : state.nextOutbound(id, now);
    OutboxRow outbox =
        isLater
            ? OutboxRow.scheduled(draft.sendTime(), draft.expireTime(), draft.priority())
            : OutboxRow.first(previous, now, draft.expireTime(), draft.priority());
    MessageStore.accept(tx, message(seq), draft.stored());
    var queued =
        new Queued(
            workspace,
            channel,
            conversation,
            seq,
            id,
            draft.content(),
            draft.fallback(),
            draft.replyTo(),
            now,
            outbox);
    Outbox.insert(tx, queued);
    state.append(tx, EventType.MESSAGE_CREATED, now, channel, id, JsonObject.empty());
    key.ifPresent(k -> tx.part(IdempotencyKeys.KIND).keep(k, id, null));
    HandOver.add(tx, handOver, queued);
    return new Accepted(id, false);
  }

  /// The message as it stands when it is accepted.
  public Message message(long seq) {
    return new Message(
        workspace,
        channel,
        conversation,
        seq,
        id,
        Message.Direction.OUTBOUND,
        draft.content(),
        draft.fallback(),
        draft.metadata(),
        draft.replyTo(),
        null,
        now,
        draft.expireTime(),
        draft.sendTime(),
        null,
        Progress.begin(MessageStatus.SENDING, now));
  }

  /// What a caller asks to send, checked.
  ///
  /// @param fallback null when there is none
  /// @param replyTo null when it answers no message
  /// @param sendTime when it is to be sent, later than now; null for at once
  /// @param stored the content as it is stored: written by the caller's thread, since all callers
  ///   wait for the journal's
  public record Draft(
      Content content,
      Content.@Nullable Template fallback,
      @Nullable Id replyTo,
      Map<String, String> metadata,
      @Nullable Instant sendTime,
      Instant expireTime,
      Priority priority,
      String stored) {

    /// What is asked for.
    public Draft(
        Content content,
        Content.@Nullable Template fallback,
        @Nullable Id replyTo,
        Map<String, String> metadata,
        @Nullable Instant sendTime,
        Instant expireTime,
        Priority priority) {
      this(
          content,
          fallback,
          replyTo,
          metadata,
          sendTime,
          expireTime,
          priority,
          ContentJson.write(content));
    }

    /// Refuses free content while the window is closed, unless there is something to fall back on.
    ///
    /// @param lastInboundTime when the person last wrote; null when never
    /// @throws ApiError `SERVICE_WINDOW_CLOSED`
    void refuseOutside(ServiceWindow window, @Nullable Instant lastInboundTime, Instant now) {
      boolean isFree = !(content instanceof Content.Template) && fallback == null;
      if (isFree && !window.isOpen(lastInboundTime, now)) {
        throw ApiError.of(
            ErrorReason.SERVICE_WINDOW_CLOSED,
            window.closedSince(lastInboundTime)
                + " Only a template may be sent now: send one, or give a fallbackTemplate.");
      }
    }
  }

  /// What came of it.
  ///
  /// @param id the message; an earlier one when the request is a repetition
  public record Accepted(Id id, boolean isReplayed) {}
}
