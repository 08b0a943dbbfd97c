package io.recado.message;

import io.recado.access.AuditStamp;
import io.recado.channel.Channel;
import io.recado.channel.Channels;
import io.recado.connector.Connector.Capabilities;
import io.recado.connector.Identifier;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.conversation.Conversations;
import io.recado.conversation.PhoneNumber;
import io.recado.conversation.ServiceWindow;
import io.recado.fault.FaultPoint;
import io.recado.fault.Faults;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Fields;
import io.recado.http.request.IdempotentAnswers;
import io.recado.journal.Id;
import io.recado.journal.IdempotencyKey;
import io.recado.journal.IdempotencyKeys;
import io.recado.journal.Ids;
import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.journal.StorageException;
import io.recado.journal.Write;
import io.recado.message.AcceptMessage.Accepted;
import io.recado.message.AcceptMessage.Draft;
import io.recado.template.ChannelTemplates;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Sends messages: checks a request against what is known, then hands one [AcceptMessage] to the
/// journal. Safe for many threads.
public final class Messages {

  private final Channels channels;
  private final Conversations conversations;
  private final Function<Channel, ChannelTemplates> templates;
  private final Journal journal;
  private final ReadPool reads;
  private final Ids ids;
  private final InstantSource clock;
  private Consumer<List<Queued>> handOver = _ -> {};
  private BooleanSupplier hasRoom = () -> true;

  /// @param templates a channel's templates, from memory
  public Messages(
      Channels channels,
      Conversations conversations,
      Function<Channel, ChannelTemplates> templates,
      Journal journal,
      ReadPool reads,
      Ids ids,
      InstantSource clock) {
    this.channels = channels;
    this.conversations = conversations;
    this.templates = templates;
    this.journal = journal;
    this.reads = reads;
    this.ids = ids;
    this.clock = clock;
  }

  /// Has accepted messages handed over once they are durable, in the order of their conversations.
  /// Set once, before the first message.
  public void handOverTo(Consumer<List<Queued>> consumer) {
    handOver = consumer;
  }

  /// Has nothing accepted while the disk has little room: what is left is for what was accepted
  /// before, and for what people write. Set once, before the first message.
  public void acceptWhile(BooleanSupplier condition) {
    hasRoom = condition;
  }

  /// Accepts a message for a conversation. When this returns, it is on disk.
  ///
  /// @param fields the body, not yet read
  /// @throws ApiError naming every fault of the body; or because of the state of the channel or the
  ///   window
  public Answer send(
      Channel channel, Identity conversation, Fields fields, Optional<IdempotencyKey> key) {
    Instant now = clock.instant();
    return orFirst(
        channel,
        key,
        () -> {
          String name = name(channel, conversation.id());
          Draft draft = request(channel, fields, Priority.HIGH).read(name, now).orElse(null);
          fields.check();
          return accept(channel, conversation, draft, key, now);
        });
  }

  /// Accepts a message for a person; the conversation is made when there is none.
  ///
  /// @param fields the body, not yet read
  public Answer sendTo(Channel channel, Fields fields, Optional<IdempotencyKey> key) {
    Instant now = clock.instant();
    return orFirst(
        channel,
        key,
        () -> {
          AddressedDraft addressed = addressed(channel, fields, Priority.HIGH, now);
          refuseDisabled(channel);
          refuseWithoutRoom();
          Identity conversation =
              conversations.open(
                  channel, List.of(Identifier.phone(addressed.to())), addressed.displayName());
          return accept(channel, conversation, addressed.draft(), key, now);
        });
  }

  /// Accepts the content of a message once more, as a new one with as long to live.
  ///
  /// @param old failed, or in doubt
  Answer resend(MessageTarget target, Message old, AuditStamp stamp, Optional<IdempotencyKey> key) {
    return orFirst(target.channel(), key, () -> resendNow(target, old, stamp, key));
  }

  private Answer resendNow(
      MessageTarget target, Message old, AuditStamp stamp, Optional<IdempotencyKey> key) {
    refuseDisabled(target.channel());
    Instant now = clock.instant();
    Instant start = old.sendTime() == null ? old.createTime() : old.sendTime();
    var draft =
        new Draft(
            old.content(),
            old.fallback(),
            old.replyTo(),
            old.metadata(),
            null,
            now.plus(Duration.between(start, old.expireTime())),
            Priority.HIGH);
    AcceptMessage accept = accepting(target.channel(), target.conversation(), draft, key, now);
    String name = target.conversationName();
    Accepted accepted = commit(new ResendMessage(target, accept, stamp), name);
    return stored(target.conversation(), name, accepted);
  }

  /// Reads what is to be sent to a person.
  ///
  /// @param usual the priority of a message that gives none
  /// @throws ApiError naming every fault; or because there is no conversation yet, and may be none
  AddressedDraft addressed(Channel channel, Fields fields, Priority usual, Instant now) {
    Optional<String> to = to(channel, fields);
    Optional<String> displayName = fields.text("displayName", 1, 63);
    Optional<Identity> known = to.flatMap(number -> conversation(channel, number));
    String name = known.map(conversation -> name(channel, conversation.id())).orElse(null);
    Optional<Draft> draft = request(channel, fields, usual).read(name, now);
    fields.check();
    if (known.isEmpty()) {
      refuseDisabled(channel);
      // Before a conversation is made for what may not be said to somebody who has never written.
      draft.orElseThrow().refuseOutside(window(channel), null, now);
    } else {
      requireReplied(known.get(), draft.orElseThrow());
    }
    return new AddressedDraft(
        to.orElseThrow(), displayName.orElse(null), known, draft.orElseThrow());
  }

  private Optional<String> to(Channel channel, Fields fields) {
    if (channels.connector(channel).capabilities().canBegin()) {
      Optional<String> number = PhoneNumber.read(fields, "to");
      fields.require("to");
      return number;
    }
    fields.has("to");
    fields.violate(
        "to",
        "INVALID_VALUE",
        "People of this channel have no phone number and write first; send to their conversation"
            + " with POST …/conversations/{conversationId}/messages.");
    return Optional.empty();
  }

  private Optional<Identity> conversation(Channel channel, String phoneNumber) {
    return conversations
        .find(channel, List.of(Identifier.phone(phoneNumber)))
        .map(key -> conversations.id(channel.workspace(), key))
        .map(id -> conversations.require(channel, id));
  }

  /// A message of a conversation.
  public Optional<Message> find(Identity conversation, Id id) {
    return reads
        .read(r -> MessageStore.find(r, conversation.workspace(), id))
        .filter(message -> message.conversation() == conversation.key());
  }

  /// The time by which requests are judged.
  Instant now() {
    return clock.instant();
  }

  /// The resource name of a conversation.
  static String name(Channel channel, Id conversation) {
    return channel.name() + "/conversations/" + conversation;
  }

  private ServiceWindow window(Channel channel) {
    return new ServiceWindow(channels.connector(channel).capabilities().serviceWindow());
  }

  private SendRequest request(Channel channel, Fields fields, Priority usual) {
    Capabilities capabilities = channels.connector(channel).capabilities();
    return new SendRequest(fields, channel, templates, capabilities, usual);
  }

  private Answer accept(
      Channel channel,
      Identity conversation,
      Draft draft,
      Optional<IdempotencyKey> key,
      Instant now) {
    refuseDisabled(channel);
    requireReplied(conversation, draft);
    AcceptMessage write = accepting(channel, conversation, draft, key, now);
    String name = name(channel, conversation.id());
    Accepted accepted = commit(write, name);
    Faults.point(FaultPoint.MESSAGE_ACCEPTED);
    return accepted.isReplayed()
        ? stored(conversation, name, accepted)
        : new Answer(write.message(0), name, false);
  }

  private void requireReplied(Identity conversation, Draft draft) {
    if (draft.replyTo() != null && find(conversation, draft.replyTo()).isEmpty()) {
      throw ApiError.invalid(List.of(SendRequest.unknownReply()));
    }
  }

  /// The write that accepts a message.
  ///
  /// @throws StorageException `FULL` while the disk has little room
  AcceptMessage accepting(
      Channel channel,
      Identity conversation,
      Draft draft,
      Optional<IdempotencyKey> key,
      Instant now) {
    refuseWithoutRoom();
    return new AcceptMessage(
        channel.workspace(),
        channel.key(),
        conversation.key(),
        ids.next(),
        draft,
        window(channel),
        now,
        key,
        handOver);
  }

  /// A request that comes again is refused by nothing that has changed since it was accepted: it is
  /// given its first answer.
  private Answer orFirst(Channel channel, Optional<IdempotencyKey> key, Supplier<Answer> sending) {
    try {
      return sending.get();
    } catch (ApiError refusal) {
      return key.flatMap(given -> first(channel, given)).orElseThrow(() -> refusal);
    }
  }

  private Optional<Answer> first(Channel channel, IdempotencyKey key) {
    return reads
        .read(r -> IdempotencyKeys.kept(r, key))
        .flatMap(kept -> reads.read(r -> MessageStore.find(r, key.workspace(), kept.resource())))
        .map(
            message -> {
              Id conversation = conversations.id(message.workspace(), message.conversation());
              return new Answer(asAccepted(message), name(channel, conversation), true);
            });
  }

  private Answer stored(Identity conversation, String name, Accepted accepted) {
    return find(conversation, accepted.id())
        .map(first -> new Answer(asAccepted(first), name, accepted.isReplayed()))
        .orElseThrow(() -> ApiError.notFound(name + "/messages/" + accepted.id()));
  }

  private Accepted commit(Write<Accepted> write, String conversation) {
    try {
      return journal.commit(write);
    } catch (IdempotencyKeys.Reused e) {
      Id first = e.first().resource();
      throw IdempotentAnswers.reused(
          e.first(), first == null ? null : conversation + "/messages/" + first);
    }
  }

  /// The first answer again, as it was given.
  private static Message asAccepted(Message message) {
    return message.at(Progress.begin(MessageStatus.SENDING, message.createTime()));
  }

  void refuseWithoutRoom() {
    if (!hasRoom.getAsBoolean()) {
      throw new StorageException(StorageException.Kind.FULL, "the disk has little room left");
    }
  }

  static void refuseDisabled(Channel channel) {
    if (channel.state() == Channel.State.DISABLED) {
      throw ApiError.of(
          ErrorReason.CHANNEL_DISABLED,
          "The channel is disabled; set its state to ACTIVE with PATCH, or send through another"
              + " one.",
          Map.of("channel", channel.name()));
    }
  }

  /// An accepted message.
  ///
  /// @param conversation the resource name of its conversation
  /// @param isReplayed whether it was accepted by an earlier request of the same key
  public record Answer(Message message, String conversation, boolean isReplayed) {}
}
