package io.recado.message;

import io.recado.access.AuditLog;
import io.recado.access.AuditStamp;
import io.recado.channel.Channel;
import io.recado.channel.Channels;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.conversation.Conversations;
import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Idempotency;
import io.recado.http.request.IdempotentAnswers;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.http.request.Role;
import io.recado.journal.Id;
import io.recado.journal.Journal;
import io.recado.message.Message.Direction;
import java.util.Map;

/// What a person does about one message: take it back, give it up, send it again.
public final class MessageActionRoutes implements RouteSource {

  private static final String ONE =
      "/v1/channels/{channelId}/conversations/{conversationId}/messages/{messageId}";

  private final Messages messages;
  private final Channels channels;
  private final Conversations conversations;
  private final Journal journal;
  private final IdempotentAnswers answers;
  private final AuditLog auditLog;
  private final Settled settled;

  /// @param settled told of messages for which nothing more is to be done
  public MessageActionRoutes(
      Messages messages,
      Channels channels,
      Conversations conversations,
      Journal journal,
      IdempotentAnswers answers,
      AuditLog auditLog,
      Settled settled) {
    this.messages = messages;
    this.channels = channels;
    this.conversations = conversations;
    this.journal = journal;
    this.answers = answers;
    this.auditLog = auditLog;
    this.settled = settled;
  }

  @Override
  public void addTo(Routes routes) {
    routes
        .delete(ONE, Role.SENDER, this::cancel)
        .post(ONE + ":giveUp", Role.SENDER, this::giveUp)
        .post(ONE + ":resend", Role.SENDER, this::resend);
  }

  private Response cancel(Request request) {
    MessageTarget target = target(request);
    outbound(target, ErrorReason.MESSAGE_SETTLED, "taken back");
    journal.commit(new CancelMessage(target, stamp(request), settled));
    return Response.none();
  }

  private Response giveUp(Request request) {
    MessageTarget target = target(request);
    request.fields().check();
    Message message = outbound(target, ErrorReason.MESSAGE_SETTLED, "given up");
    return answers.commit(request, new GiveUpMessage(target, message, stamp(request), settled));
  }

  private Response resend(Request request) {
    MessageTarget target = target(request);
    request.fields().check();
    Message old = outbound(target, ErrorReason.MESSAGE_NOT_FAILED, "sent again");
    return MessageRoutes.answer(
        messages.resend(target, old, stamp(request), Idempotency.keyOf(request)));
  }

  private AuditStamp stamp(Request request) {
    return auditLog.stamp(request.requireCaller());
  }

  private MessageTarget target(Request request) {
    Id message = request.id("messageId");
    Channel channel =
        channels.require(request.requireCaller().workspace(), request.id("channelId"));
    Identity conversation = conversations.require(channel, request.id("conversationId"));
    return new MessageTarget(channel, conversation, message);
  }

  private Message outbound(MessageTarget target, ErrorReason reason, String verb) {
    Message message =
        messages
            .find(target.conversation(), target.id())
            .orElseThrow(() -> ApiError.notFound(target.name()));
    if (message.direction() == Direction.INBOUND) {
      throw ApiError.of(
          reason,
          "The message was received from the person; only what you send can be %s.".formatted(verb),
          Map.of("resource", target.name(), "direction", Direction.INBOUND.name()));
    }
    return message;
  }
}
