package io.recado.message;

import io.recado.channel.Channel;
import io.recado.channel.Channels;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.conversation.Conversations;
import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.page.Page;
import io.recado.http.page.PageTokens;
import io.recado.http.page.Position;
import io.recado.http.request.ApiError;
import io.recado.http.request.Idempotency;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.http.request.Role;
import io.recado.journal.ReadPool;
import io.recado.message.Messages.Answer;
import java.util.List;

/// `…/messages`.
public final class MessageRoutes implements RouteSource {

  private static final String LIST =
      "/v1/channels/{channelId}/conversations/{conversationId}/messages";
  private static final Page.Sizes SIZES = Page.Sizes.strict(20, 100);

  private final Messages messages;
  private final Channels channels;
  private final Conversations conversations;
  private final ReadPool reads;
  private final PageTokens pageTokens;
  private final TimelineSource followed;

  /// Routes to these messages.
  ///
  /// @param followed what the timeline tells beside what this package knows
  public MessageRoutes(
      Messages messages,
      Channels channels,
      Conversations conversations,
      ReadPool reads,
      PageTokens pageTokens,
      TimelineSource followed) {
    this.messages = messages;
    this.channels = channels;
    this.conversations = conversations;
    this.reads = reads;
    this.pageTokens = pageTokens;
    this.followed = followed;
  }

  @Override
  public void addTo(Routes routes) {
    routes
        .post(LIST, Role.SENDER, this::create)
        .get(LIST, Role.READER, this::list)
        .get(LIST + "/{messageId}", Role.READER, this::get)
        .get(LIST + "/{messageId}/timeline", Role.READER, this::timeline)
        .post("/v1/channels/{channelId}:sendMessage", Role.SENDER, this::sendMessage);
  }

  private Response create(Request request) {
    Channel channel = channel(request);
    Identity conversation = conversation(request, channel);
    return answer(
        messages.send(channel, conversation, request.fields(), Idempotency.keyOf(request)));
  }

  private Response sendMessage(Request request) {
    return answer(messages.sendTo(channel(request), request.fields(), Idempotency.keyOf(request)));
  }

  private Response list(Request request) {
    Channel channel = channel(request);
    Identity conversation = conversation(request, channel);
    Page page = pageTokens.page(request, SIZES);
    long before = page.after().map(position -> position.number(0)).orElse(Long.MAX_VALUE);
    List<Message> rows =
        reads.read(
            r ->
                ConversationMessages.of(r, channel.workspace(), conversation.key())
                    .before(before, page.limit()));
    String name = Messages.name(channel, conversation.id());
    return Response.ok(
        page.answer(
            "messages",
            rows,
            message -> MessageJson.of(message, name),
            message -> Position.of(message.seq())));
  }

  private Response get(Request request) {
    Channel channel = channel(request);
    Identity conversation = conversation(request, channel);
    return Response.ok(
        MessageJson.of(
            message(request, channel, conversation), Messages.name(channel, conversation.id())));
  }

  private Response timeline(Request request) {
    Channel channel = channel(request);
    Identity conversation = conversation(request, channel);
    Message message = message(request, channel, conversation);
    String name = Messages.name(channel, conversation.id()) + "/messages/" + message.id();
    return Response.ok(
        reads.read(
            r ->
                Timeline.of(
                    r,
                    message,
                    name,
                    channel,
                    messages.now(),
                    followed.steps(r, message.workspace(), message.id()))));
  }

  private Channel channel(Request request) {
    return channels.require(request.requireCaller().workspace(), request.id("channelId"));
  }

  private Identity conversation(Request request, Channel channel) {
    return conversations.require(channel, request.id("conversationId"));
  }

  private Message message(Request request, Channel channel, Identity conversation) {
    var id = request.id("messageId");
    return messages
        .find(conversation, id)
        .orElseThrow(
            () -> ApiError.notFound(Messages.name(channel, conversation.id()) + "/messages/" + id));
  }

  static Response answer(Answer answer) {
    Response response = Response.ok(MessageJson.of(answer.message(), answer.conversation()));
    return answer.isReplayed() ? response.with("Idempotent-Replayed", "true") : response;
  }
}
