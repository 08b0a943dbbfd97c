package io.recado.inbound;

import io.recado.channel.Channel;
import io.recado.connector.ProviderEvent;
import io.recado.connector.ProviderEvent.MessageReceived;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.conversation.Conversations;
import io.recado.conversation.Inbox;
import io.recado.journal.Cipher;
import io.recado.journal.Id;
import io.recado.journal.Ids;
import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.journal.Refusal;
import io.recado.journal.StorageException;
import io.recado.journal.Write;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.message.MessageStore;
import io.recado.message.Receipts;
import io.recado.message.Receipts.Named;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applies what a callback tells. When [#apply] returns, all of it is on disk: applied, or parked
/// with its reason. Safe for many threads.
public final class Callbacks {

  private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

  private final CallbackRouting routing;
  private final Conversations conversations;
  private final Inbox inbox;
  private final Journal journal;
  private final ReadPool reads;
  private final Ids ids;
  private final Cipher cipher;
  private final InstantSource clock;
  private final Settled settled;

  /// @param settled told of messages for which nothing more is to be done, on the journal's thread
  public Callbacks(
      CallbackRouting routing,
      Conversations conversations,
      Inbox inbox,
      Journal journal,
      ReadPool reads,
      Ids ids,
      Cipher cipher,
      InstantSource clock,
      Settled settled) {
    this.routing = routing;
    this.conversations = conversations;
    this.inbox = inbox;
    this.journal = journal;
    this.reads = reads;
    this.ids = ids;
    this.cipher = cipher;
    this.clock = clock;
    this.settled = settled;
  }

  /// Applies the events of one callback.
  ///
  /// @param via the channel through whose address it came
  /// @throws StorageException when something was not stored: the provider should come again with
  ///   all of it
  public void apply(Channel via, List<ProviderEvent> events) {
    Instant now = clock.instant();
    Map<Sender, Long> senders = openConversations(via, events);
    List<Write<?>> writes = new ArrayList<>();
    List<ProviderEvent> sources = new ArrayList<>();
    for (ProviderEvent event : events) {
      Write<?> write = write(via, event, senders, now);
      if (write != null) {
        writes.add(write);
        sources.add(event);
      }
    }
    List<Journal.Outcome<Object>> outcomes = journal.commitAll(writes);
    for (int i = 0; i < outcomes.size(); i++) {
      settle(via, sources.get(i), outcomes.get(i), now);
    }
    routing.noteRelays(via, events);
  }

  /// The conversations of all who wrote, made where there is none: one commit for all that are new.
  private Map<Sender, Long> openConversations(Channel via, List<ProviderEvent> events) {
    Map<Sender, MessageReceived> firsts = new LinkedHashMap<>();
    for (ProviderEvent event : events) {
      if (event instanceof MessageReceived received) {
        routing
            .channel(via, received.account())
            .ifPresent(channel -> firsts.putIfAbsent(Sender.of(channel, received), received));
      }
    }
    Map<Sender, Long> known = new LinkedHashMap<>();
    List<Sender> missing = new ArrayList<>();
    List<Write<Identity>> opening = new ArrayList<>();
    firsts.forEach(
        (sender, received) -> {
          missing.add(sender);
          opening.add(
              conversations.opening(sender.channel, received.sender(), received.displayName()));
        });
    var opened = journal.commitAll(opening);
    for (int i = 0; i < missing.size(); i++) {
      known.put(missing.get(i), opened.get(i).get().key());
    }
    return known;
  }

  private @Nullable Write<?> write(
      Channel via, ProviderEvent event, Map<Sender, Long> senders, Instant now) {
    Optional<Channel> channel = routing.channel(via, event.account());
    return switch (event) {
      case MessageReceived received ->
          channel.isEmpty()
              ? park(via, "no channel has the account", received.raw(), now)
              : received(channel.get(), received, senders, now);
      case ProviderEvent.Receipt receipt ->
          channel.isEmpty()
              ? park(via, "no channel has the account", Unrouted.of(receipt), now)
              : receipt(channel.get(), receipt, now);
      case ProviderEvent.Unreadable(_, String why, JsonObject raw) ->
          park(channel.orElse(via), why, raw, now);
      case ProviderEvent.TemplatesChanged(String account) -> {
        routing.templatesChanged(via, account);
        yield null;
      }
      case ProviderEvent.AccountChanged changed -> routing.health(via, changed, now);
      case ProviderEvent.Ignored(_, String kind) -> {
        LOG.debug("channel {}: ignored a notice of kind {}", via.id(), kind);
        yield null;
      }
    };
  }

  private Write<?> received(
      Channel channel, MessageReceived received, Map<Sender, Long> senders, Instant now) {
    long conversation = senders.get(Sender.of(channel, received));
    Id id = ids.next();
    Id replyTo =
        received.replyTo() == null
            ? null
            : named(channel, received.replyTo())
                .filter(named -> named.conversation() == conversation)
                .map(Named::message)
                .orElse(null);
    return new ReceiveInbound(
        channel.workspace(),
        channel.key(),
        conversation,
        id,
        received,
        replyTo,
        seal(channel.workspace(), id, received.raw()),
        now,
        () -> inbox.touched(channel.workspace(), conversation, now));
  }

  private Write<?> receipt(Channel channel, ProviderEvent.Receipt event, Instant now) {
    var receipt = new Receipts.Receipt(event.status(), now, event.providerTime(), event.failure());
    return find(channel, event)
        .<Write<?>>map(named -> apply(channel, event, named, receipt))
        .orElseGet(
            () ->
                new KeepReceipt(
                    channel.workspace(), channel.key(), event.providerMessageId(), receipt));
  }

  private ApplyReceipt apply(
      Channel channel, ProviderEvent.Receipt event, Named named, Receipts.Receipt receipt) {
    return new ApplyReceipt(
        channel.workspace(),
        channel.key(),
        named.conversation(),
        named.message(),
        event.providerMessageId(),
        event.echo() == null ? 0 : event.echo().attempt(),
        receipt,
        message -> settled.settled(channel.key(), named.conversation(), message));
  }

  /// By the provider's name of it, else by what we hung on the send.
  private Optional<Named> find(Channel channel, ProviderEvent.Receipt event) {
    Optional<Named> named = named(channel, event.providerMessageId());
    if (named.isPresent() || event.echo() == null) {
      return named;
    }
    Id id = Id.parse(event.echo().messageId());
    return reads
        .read(r -> MessageStore.find(r, channel.workspace(), id))
        .filter(message -> message.channel() == channel.key())
        .map(message -> new Named(id, message.conversation(), message.direction()));
  }

  private Optional<Named> named(Channel channel, String providerMessageId) {
    return reads.read(r -> Receipts.find(r, channel.workspace(), channel.key(), providerMessageId));
  }

  /// What became of one event. Only the storage's trouble is the provider's to repeat; a fault of
  /// ours parks the item, or it would come again for days.
  private void settle(
      Channel via, ProviderEvent event, Journal.Outcome<Object> outcome, Instant now) {
    if (outcome.failure() instanceof StorageException e
        && e.kind() != StorageException.Kind.REFUSED) {
      throw e;
    }
    if (outcome.failure() instanceof Refusal || outcome.failure() instanceof StorageException) {
      LOG.error("channel {}: an item of a callback is parked", via.id(), outcome.failure());
      JsonObject raw =
          event instanceof MessageReceived received ? received.raw() : JsonObject.empty();
      journal.commit(park(via, "a fault of ours; see the log", raw, now));
    } else if (outcome.value() instanceof Optional<?> known
        && known.isPresent()
        && event instanceof ProviderEvent.Receipt receipt) {
      // Its message has become known between the look-up and the commit.
      routing
          .channel(via, receipt.account())
          .ifPresent(channel -> journal.commit(receipt(channel, receipt, now)));
    }
  }

  private Park park(Channel channel, String why, JsonObject raw, Instant now) {
    Id id = ids.next();
    LOG.warn("channel {}: an item of a callback is parked as {}: {}", channel.id(), id, why);
    return new Park(
        channel.workspace(), channel.key(), id, why, seal(channel.workspace(), id, raw), now);
  }

  /// Compressed, then encrypted: it holds texts and numbers.
  private byte[] seal(long workspace, Id id, JsonObject raw) {
    var bytes = new ByteArrayOutputStream();
    try (var deflate = new DeflaterOutputStream(bytes)) {
      deflate.write(Json.write(raw));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cipher.encrypt(bytes.toByteArray(), workspace + "|raw_payload|payload|" + id);
  }

  /// Told of a message for which nothing more is to be done.
  @FunctionalInterface
  public interface Settled {
    void settled(long channel, long conversation, Id message);
  }

  /// Who wrote, on which channel: equal for two messages of one person in one callback.
  private record Sender(Channel channel, String name) {
    static Sender of(Channel channel, MessageReceived received) {
      var first = received.sender().getFirst();
      return new Sender(channel, first.scheme() + "|" + first.value());
    }
  }
}
