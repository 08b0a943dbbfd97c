package io.recado.webchat;

import io.recado.channel.Channel;
import io.recado.connector.Address;
import io.recado.connector.Content;
import io.recado.connector.Identifier;
import io.recado.connector.ProviderEvent;
import io.recado.connector.ProviderEvent.MessageReceived;
import io.recado.connector.ProviderEvent.Receipt;
import io.recado.connector.ProviderEvent.ReceiptStatus;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.conversation.Conversations;
import io.recado.journal.Id;
import io.recado.journal.Ids;
import io.recado.journal.ReadPool;
import io.recado.json.JsonObject;
import io.recado.message.Message;
import io.recado.message.MessageStore;
import io.recado.message.Receipts;
import io.recado.message.SharedMessages;
import io.recado.message.SharedMessages.Standing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What visitors do. Safe for many threads.
public final class Visitors {

  private final Conversations conversations;
  private final ReadPool reads;
  private final Ids ids;
  private final InstantSource clock;
  private final Incoming incoming;

  /// @param incoming the door for what networks tell us
  public Visitors(
      Conversations conversations,
      ReadPool reads,
      Ids ids,
      InstantSource clock,
      Incoming incoming) {
    this.conversations = conversations;
    this.reads = reads;
    this.ids = ids;
    this.clock = clock;
    this.incoming = incoming;
  }

  Instant now() {
    return clock.instant();
  }

  boolean isValid(Seat seat) {
    return clock.instant().isBefore(seat.expireTime());
  }

  /// Somebody of whom nothing is known.
  Visitor stranger() {
    return new Visitor(new Identifier(Identifier.VISITOR, ids.next().toString()), null);
  }

  /// Whether a visitor may still go by this name: a browser's own id is worth nothing once a person
  /// has signed in under it, as others may know it by then.
  boolean isCurrent(Channel channel, Visitor visitor) {
    if (visitor.isUser()) {
      return true;
    }
    Optional<Long> conversation = conversations.find(channel, List.of(visitor.name()));
    return conversation.isEmpty() || !hasUser(channel, conversation.get());
  }

  /// A visitor turns out to be a known person: what was said before belongs to that person, unless
  /// they had said something already.
  void signIn(Channel channel, Visitor before, Visitor user) {
    boolean isNew = conversations.find(channel, List.of(user.name())).isEmpty();
    Optional<Long> said = conversations.find(channel, List.of(before.name()));
    if (isNew && said.isPresent() && !before.isUser() && !hasUser(channel, said.get())) {
      conversations.open(channel, List.of(before.name(), user.name()), user.displayName());
    }
  }

  private boolean hasUser(Channel channel, long conversation) {
    Address address = conversations.address(channel.workspace(), conversation);
    return address.find(Identifier.USER).isPresent();
  }

  /// The conversation of a visitor; empty before they have written.
  Optional<Long> conversation(Seat seat) {
    return conversations.find(seat.channel(), List.of(seat.visitor().name()));
  }

  /// What is new to a browser, oldest first.
  List<Message> next(Seat seat, long conversation, Shown shown) {
    Channel channel = seat.channel();
    return reads.read(r -> shown.next(r, channel.workspace(), channel.key(), conversation));
  }

  /// The messages before a place, newest first, and how far the conversation has got.
  History history(Seat seat, long before, int limit) {
    Optional<Long> conversation = conversation(seat);
    if (conversation.isEmpty()) {
      return new History(new Standing(0, 0), List.of());
    }
    Channel channel = seat.channel();
    return reads.read(
        r -> {
          Standing standing =
              SharedMessages.standing(r, channel.workspace(), channel.key(), conversation.get(), 0);
          return new History(
              standing,
              SharedMessages.before(r, channel.workspace(), conversation.get(), before, limit));
        });
  }

  /// Takes a visitor's message, once for each client message id. When this returns, it is on disk.
  ///
  /// @return the message as it was taken first
  Message write(Seat seat, String clientMessageId, String text) {
    Channel channel = seat.channel();
    Visitor visitor = seat.visitor();
    Identity conversation = conversationFor(channel, visitor);
    String name = VisitorJson.providerMessageId(conversation.id(), clientMessageId);
    incoming.apply(
        channel,
        List.of(
            new MessageReceived(
                "",
                name,
                List.of(visitor.name()),
                visitor.displayName(),
                new Content.Text(text),
                null,
                Instant.EPOCH,
                raw(clientMessageId, text))));
    return reads
        .read(
            r ->
                Receipts.find(r, channel.workspace(), channel.key(), name)
                    .flatMap(named -> MessageStore.find(r, channel.workspace(), named.message())))
        .orElseThrow(() -> new IllegalStateException("a visitor's message was not stored"));
  }

  private Identity conversationFor(Channel channel, Visitor visitor) {
    List<Identifier> name = List.of(visitor.name());
    return conversations
        .find(channel, name)
        .map(key -> conversations.id(channel.workspace(), key))
        .map(id -> conversations.require(channel, id))
        .orElseGet(() -> conversations.open(channel, name, visitor.displayName()));
  }

  /// Notes that messages have arrived in the browser, or were seen; those that are not this
  /// visitor's are passed over.
  void report(Seat seat, List<Id> delivered, List<Id> read) {
    Optional<Long> conversation = conversation(seat);
    if (conversation.isEmpty()) {
      return;
    }
    List<ProviderEvent> events = new ArrayList<>();
    handedOver(seat, conversation.get(), delivered)
        .forEach(id -> events.add(receipt(id, ReceiptStatus.DELIVERED)));
    handedOver(seat, conversation.get(), read)
        .forEach(id -> events.add(receipt(id, ReceiptStatus.READ)));
    if (!events.isEmpty()) {
      incoming.apply(seat.channel(), events);
    }
  }

  private List<Id> handedOver(Seat seat, long conversation, List<Id> named) {
    return named.isEmpty()
        ? List.of()
        : reads.read(
            r ->
                SharedMessages.handedOver(r, seat.channel().workspace(), conversation, named)
                    .stream()
                    .distinct()
                    .toList());
  }

  private static Receipt receipt(Id message, ReceiptStatus status) {
    return new Receipt("", message.toString(), null, status, Instant.EPOCH, List.of(), null);
  }

  private static JsonObject raw(String clientMessageId, String text) {
    return JsonObject.builder().with("clientMessageId", clientMessageId).with("text", text).build();
  }

  /// A page of a conversation.
  ///
  /// @param standing from before the messages were read
  record History(Standing standing, List<Message> messages) {}

  /// The door for what networks tell us; when it returns, all of it is on disk.
  @FunctionalInterface
  public interface Incoming {
    void apply(Channel via, List<ProviderEvent> events);
  }
}
