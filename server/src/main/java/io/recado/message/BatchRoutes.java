package io.recado.message;

import io.recado.channel.Channel;
import io.recado.channel.Channels;
import io.recado.connector.Identifier;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.conversation.Conversations;
import io.recado.conversation.OpenConversation;
import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.request.ApiError;
import io.recado.http.request.Fields;
import io.recado.http.request.IdempotentAnswers;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.http.request.Role;
import io.recado.http.request.Violation;
import io.recado.journal.Journal;
import io.recado.json.JsonObject;
import io.recado.message.SendBatch.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `…:batchSendMessages`: many messages of a channel, each accepted or refused by itself.
public final class BatchRoutes implements RouteSource {

  private static final int MAX_MESSAGES = 1_000;
  private static final int BODY_BYTES = 8 << 20;

  private final Messages messages;
  private final Channels channels;
  private final Conversations conversations;
  private final Journal journal;
  private final IdempotentAnswers answers;

  /// Routes to these messages.
  public BatchRoutes(
      Messages messages,
      Channels channels,
      Conversations conversations,
      Journal journal,
      IdempotentAnswers answers) {
    this.messages = messages;
    this.channels = channels;
    this.conversations = conversations;
    this.journal = journal;
    this.answers = answers;
  }

  @Override
  public void addTo(Routes routes) {
    routes.post("/v1/channels/{channelId}:batchSendMessages", Role.SENDER, BODY_BYTES, this::send);
  }

  private Response send(Request request) {
    return answers.orFirst(request, () -> sendNow(request));
  }

  private Response sendNow(Request request) {
    Channel channel =
        channels.require(request.requireCaller().workspace(), request.id("channelId"));
    Fields fields = request.fields();
    List<?> bodies = bodies(fields);
    fields.check();
    Messages.refuseDisabled(channel);
    messages.refuseWithoutRoom();
    Instant now = messages.now();
    List<Candidate> candidates = bodies.stream().map(body -> read(channel, body, now)).toList();
    Map<String, Identity> opened = open(channel, candidates);
    List<Item> items =
        candidates.stream().map(candidate -> item(channel, candidate, opened, now)).toList();
    return answers.commit(request, new SendBatch(channel.workspace(), channel.key(), items));
  }

  private static List<?> bodies(Fields fields) {
    Object value = fields.value("messages");
    if (value instanceof List<?> list && !list.isEmpty() && list.size() <= MAX_MESSAGES) {
      return list;
    }
    fields.violate(
        "messages", "INVALID_VALUE", "Must be a list of 1 to " + MAX_MESSAGES + " messages.");
    return List.of();
  }

  private Candidate read(Channel channel, Object body, Instant now) {
    try {
      if (!(body instanceof JsonObject object)) {
        throw ApiError.invalid(
            List.of(new Violation("messages", "WRONG_TYPE", "Each message must be an object.")));
      }
      return new Candidate(
          messages.addressed(channel, new Fields(object), Priority.BULK, now), null);
    } catch (ApiError error) {
      return new Candidate(null, error);
    }
  }

  /// The conversations of all who have none yet, in one commit.
  private Map<String, Identity> open(Channel channel, List<Candidate> candidates) {
    Map<String, OpenConversation> opening = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      AddressedDraft addressed = candidate.addressed;
      if (addressed != null && addressed.known().isEmpty()) {
        opening.computeIfAbsent(
            addressed.to(),
            to ->
                conversations.opening(
                    channel, List.of(Identifier.phone(to)), addressed.displayName()));
      }
    }
    Map<String, Identity> opened = new HashMap<>();
    var outcomes = journal.commitAll(new ArrayList<>(opening.values())).iterator();
    opening.keySet().forEach(to -> opened.put(to, outcomes.next().get()));
    return opened;
  }

  private Item item(
      Channel channel, Candidate candidate, Map<String, Identity> opened, Instant now) {
    AddressedDraft addressed = candidate.addressed;
    if (addressed == null) {
      return new Item.Refused(candidate.error);
    }
    Identity conversation = addressed.known().orElseGet(() -> opened.get(addressed.to()));
    return new Item.Accepting(
        messages.accepting(channel, conversation, addressed.draft(), Optional.empty(), now),
        Messages.name(channel, conversation.id()));
  }

  /// One of the messages, read.
  ///
  /// @param addressed null when it is refused
  /// @param error null when it is not
  private record Candidate(@Nullable AddressedDraft addressed, @Nullable ApiError error) {}
}
