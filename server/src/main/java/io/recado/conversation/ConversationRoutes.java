package io.recado.conversation;

import io.recado.channel.Channel;
import io.recado.channel.Channels;
import io.recado.connector.Address;
import io.recado.connector.Connector.Capabilities;
import io.recado.conversation.ContactFields.Contact;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.conversation.ConversationStore.Place;
import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.page.Page;
import io.recado.http.page.PageTokens;
import io.recado.http.page.Position;
import io.recado.http.request.ApiError;
import io.recado.http.request.IdempotentAnswers;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.http.request.Role;
import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.journal.Reads;
import io.recado.json.JsonObject;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// `…/conversations`.
public final class ConversationRoutes implements RouteSource {

  private static final String LIST = "/v1/channels/{channelId}/conversations";
  private static final String ONE = LIST + "/{conversationId}";
  private static final Page.Sizes SIZES = Page.Sizes.lowered(20, 100);

  private final Parts parts;

  /// Routes over these parts.
  public ConversationRoutes(Parts parts) {
    this.parts = parts;
  }

  @Override
  public void addTo(Routes routes) {
    routes
        .post(LIST, Role.SENDER, this::create)
        .get(LIST, Role.READER, this::list)
        .get(ONE, Role.READER, this::get)
        .patch(ONE, Role.SENDER, this::patch)
        .post(ONE + ":markRead", Role.SENDER, this::markRead)
        .post(ONE + ":typing", Role.SENDER, this::typing);
  }

  private Response create(Request request) {
    Channel channel = channel(request);
    Capabilities network = parts.channels.connector(channel).capabilities();
    Contact contact = new ContactFields(request.fields(), network).read();
    if (!network.canBegin()) {
      parts.conversations.requireKnown(channel, contact.name());
    }
    OpenConversation opening =
        parts.conversations.opening(channel, contact.names(), contact.displayName());
    return parts.answers.commit(
        request, new CreateConversation(opening, (reads, opened) -> json(reads, channel, opened)));
  }

  private Response list(Request request) {
    Channel channel = channel(request);
    var search =
        new InboxSearch(
            channel.workspace(),
            channel.key(),
            ConversationFilter.of(request, channel, parts.reads.dialect()),
            InboxSearch.LOOKED_AT);
    Page page = parts.pageTokens.page(request, SIZES);
    Place before = page.after().map(p -> new Place(p.number(0), p.number(1))).orElse(Place.TOP);
    parts.inbox.refresh(channel.workspace());
    return parts.reads.read(
        r -> Response.ok(answer(r, channel, page, search.page(r, before, page.limit()))));
  }

  private JsonObject answer(Reads reads, Channel channel, Page page, InboxSearch.Found found) {
    Place last = found.last();
    if (found.rows().size() <= page.size() && last != null) {
      return page.answer(
          "conversations",
          found.rows().stream().map(conversation -> json(reads, channel, conversation)).toList(),
          Position.of(last.inboxTime(), last.key()));
    }
    return page.answer(
        "conversations",
        found.rows(),
        conversation -> json(reads, channel, conversation),
        conversation -> Position.of(conversation.inboxTime(), conversation.key()));
  }

  private Response get(Request request) {
    Channel channel = channel(request);
    return answer(channel, conversation(request, channel));
  }

  private Response patch(Request request) {
    Channel channel = channel(request);
    Identity conversation = conversation(request, channel);
    parts.journal.commit(
        new UpdateConversation(
            channel.workspace(),
            channel.key(),
            conversation.key(),
            ConversationFields.change(request),
            parts.clock.instant()));
    return answer(channel, conversation);
  }

  private Response markRead(Request request) {
    Channel channel = channel(request);
    Identity conversation = conversation(request, channel);
    request.fields().check();
    var write =
        new MarkRead(channel.workspace(), channel.key(), conversation.key(), parts.clock.instant());
    var read = new AtomicReference<@Nullable String>();
    Response response =
        parts.answers.commit(
            request,
            write.answering(
                (tx, last) -> {
                  last.ifPresent(read::set);
                  return json(
                      tx,
                      channel,
                      ConversationStore.current(tx, channel.workspace(), conversation.key())
                          .orElseThrow());
                }));
    String providerMessageId = read.get();
    if (providerMessageId != null) {
      parts.readUpTo.tell(channel, providerMessageId);
    }
    return response;
  }

  private Response typing(Request request) {
    Channel channel = channel(request);
    Identity identity = conversation(request, channel);
    request.fields().check();
    var write = new ShowConversation(identity, (reads, current) -> json(reads, channel, current));
    Response response = parts.answers.commit(request, write);
    parts.typing.show(channel, identity);
    return response;
  }

  private Response answer(Channel channel, Identity identity) {
    return parts.reads.read(
        r ->
            ConversationStore.find(r, identity.workspace(), identity.key())
                .map(conversation -> Response.ok(json(r, channel, conversation)))
                .orElseThrow(
                    () -> ApiError.notFound(channel.name() + "/conversations/" + identity.id())));
  }

  private JsonObject json(Reads reads, Channel channel, Conversation conversation) {
    Address address = Identifiers.address(reads, conversation.workspace(), conversation.key());
    String name = channel.name() + "/conversations/" + conversation.id();
    var window =
        new ServiceWindow(parts.channels.connector(channel).capabilities().serviceWindow());
    return conversation.toJson(
        channel.id(),
        address,
        parts.isTyping.test(conversation.key()),
        window,
        parts.lastMessage.find(reads, conversation, name));
  }

  private Channel channel(Request request) {
    return parts.channels.require(request.requireCaller().workspace(), request.id("channelId"));
  }

  private Identity conversation(Request request, Channel channel) {
    return parts.conversations.require(channel, request.id("conversationId"));
  }

  /// What these routes work with.
  ///
  /// @param lastMessage finds the newest message of a conversation; messages build on
  ///   conversations, so it is handed in
  /// @param readUpTo tells the provider that a person's message was read, without blocking
  /// @param isTyping whether the person of a conversation is writing now
  /// @param typing has the person shown that an answer is being written, without blocking
  public record Parts(
      Channels channels,
      Conversations conversations,
      Inbox inbox,
      Journal journal,
      ReadPool reads,
      IdempotentAnswers answers,
      PageTokens pageTokens,
      InstantSource clock,
      LastMessage lastMessage,
      ReadUpTo readUpTo,
      Typing typing,
      LongPredicate isTyping) {}

  /// Finds the newest message of a conversation, as the API gives it; null when there is none.
  @FunctionalInterface
  public interface LastMessage {
    @Nullable JsonObject find(Reads reads, Conversation conversation, String conversationName);
  }

  /// Has a person shown that an answer is being written.
  @FunctionalInterface
  public interface Typing {
    void show(Channel channel, Identity conversation);
  }

  /// Tells the provider that a message was read.
  @FunctionalInterface
  public interface ReadUpTo {
    void tell(Channel channel, String providerMessageId);
  }
}
