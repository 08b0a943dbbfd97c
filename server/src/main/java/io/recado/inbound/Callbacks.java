package io.recado.inbound;

import io.recado.channel.Channel;
import io.recado.connector.Identifier;
import io.recado.connector.ProviderEvent;
import io.recado.connector.ProviderEvent.MessageReceived;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.conversation.Conversations;
import io.recado.conversation.Inbox;
import io.recado.fault.FaultPoint;
import io.recado.fault.Faults;
import io.recado.journal.Id;
import io.recado.journal.Journal;
import io.recado.journal.StorageException;
import io.recado.journal.Write;
import io.recado.json.CodePoints;
import io.recado.message.Receipts.Named;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applies what a callback tells. When [#apply] returns, all of it is on disk: applied, or parked
/// with its reason. Safe for many threads.
public final class Callbacks {

  private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);
  private static final int MAX_NAME = 200;

  private final CallbackRouting routing;
  private final Conversations conversations;
  private final Inbox inbox;
  private final Journal journal;
  private final ReceiptWrites receipts;
  private final Parking parking;
  private final InstantSource clock;

  /// Handling of callbacks for all channels.
  public Callbacks(
      CallbackRouting routing,
      Conversations conversations,
      Inbox inbox,
      Journal journal,
      ReceiptWrites receipts,
      Parking parking,
      InstantSource clock) {
    this.routing = routing;
    this.conversations = conversations;
    this.inbox = inbox;
    this.journal = journal;
    this.receipts = receipts;
    this.parking = parking;
    this.clock = clock;
  }

  /// Applies the events of one callback.
  ///
  /// @param via the channel through whose address it came
  /// @throws StorageException when something was not stored: the provider should come again with
  ///   all of it
  public void apply(Channel via, List<ProviderEvent> events) {
    Instant now = clock.instant();
    List<Item> items = route(via, events);
    Map<Sender, Identity> senders = openConversations(items);
    Map<Long, Map<String, Named>> named = named(items);
    Faults.point(FaultPoint.CALLBACK_ROUTED);
    List<Write<?>> writes = new ArrayList<>();
    List<Item> sources = new ArrayList<>();
    for (Item item : items) {
      Write<?> write = write(via, item, senders, named, now);
      if (write != null) {
        writes.add(write);
        sources.add(item);
      }
    }
    List<Journal.Outcome<Object>> outcomes = journal.commitAll(writes);
    for (int i = 0; i < outcomes.size(); i++) {
      settle(via, sources.get(i), outcomes.get(i), now);
    }
    routing.noteRelays(via, events);
    Faults.point(FaultPoint.CALLBACK_STORED);
  }

  /// Each account's channel is looked for once, so that one that changes meanwhile is the same for
  /// the whole callback.
  private List<Item> route(Channel via, List<ProviderEvent> events) {
    Map<String, Optional<Channel>> channels = new HashMap<>();
    return events.stream()
        .map(
            event ->
                new Item(
                    event,
                    channels.computeIfAbsent(
                        event.account(), account -> routing.channel(via, account))))
        .toList();
  }

  /// The conversations of all who wrote, in one commit; without those that could not be opened.
  private Map<Sender, Identity> openConversations(List<Item> items) {
    Map<Sender, Write<Identity>> opening = new LinkedHashMap<>();
    for (Item item : items) {
      if (item.event instanceof MessageReceived received && item.channel.isPresent()) {
        Channel channel = item.channel.get();
        opening.computeIfAbsent(
            Sender.of(channel, received),
            _ -> conversations.opening(channel, received.sender(), displayName(received)));
      }
    }
    Map<Sender, Identity> opened = new HashMap<>();
    var outcomes = journal.commitAll(List.copyOf(opening.values())).iterator();
    for (Sender sender : opening.keySet()) {
      Journal.Outcome<Identity> outcome = outcomes.next();
      if (outcome.failure() == null) {
        opened.put(sender, outcome.value());
      } else {
        requireStorage(outcome.failure());
        LOG.error("a conversation could not be opened", outcome.failure());
      }
    }
    return opened;
  }

  /// What the receipts are about, by channel and the provider's name, with one look-up for each
  /// channel.
  private Map<Long, Map<String, Named>> named(List<Item> items) {
    Map<Long, Map<String, Named>> named = new HashMap<>();
    items.stream()
        .filter(item -> item.event instanceof ProviderEvent.Receipt && item.channel.isPresent())
        .collect(Collectors.groupingBy(item -> item.channel.get().key()))
        .forEach(
            (key, some) ->
                named.put(
                    key,
                    receipts.named(
                        some.getFirst().channel.get(),
                        some.stream().map(item -> (ProviderEvent.Receipt) item.event).toList())));
    return named;
  }

  private @Nullable Write<?> write(
      Channel via,
      Item item,
      Map<Sender, Identity> senders,
      Map<Long, Map<String, Named>> named,
      Instant now) {
    Channel channel = item.channel.orElse(null);
    return switch (item.event) {
      case MessageReceived received ->
          channel == null
              ? parking.park(via, "no channel has the account", received, now)
              : received(channel, received, senders, now);
      case ProviderEvent.Receipt receipt ->
          channel == null
              ? parking.park(via, "no channel has the account", receipt, now)
              : receipts.write(
                  channel,
                  receipt,
                  Optional.ofNullable(named.get(channel.key()).get(receipt.providerMessageId())),
                  now);
      case ProviderEvent.Unreadable unreadable ->
          parking.park(channel == null ? via : channel, unreadable.why(), unreadable, now);
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
      Channel channel, MessageReceived received, Map<Sender, Identity> senders, Instant now) {
    Identity opened = senders.get(Sender.of(channel, received));
    if (opened == null) {
      return parking.park(channel, "a fault of ours; see the log", received, now);
    }
    long conversation = opened.key();
    Id id = parking.ids().next();
    Id replyTo =
        received.replyTo() == null
            ? null
            : receipts
                .named(channel, received.replyTo())
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
        parking.seal(channel.workspace(), id, received.raw()),
        now,
        () -> inbox.touched(channel.workspace(), conversation, now));
  }

  /// What became of one event. Only the storage's trouble is the provider's to repeat; a fault of
  /// ours parks the item, or it would come again for days.
  private void settle(Channel via, Item item, Journal.Outcome<Object> outcome, Instant now) {
    if (outcome.failure() != null) {
      requireStorage(outcome.failure());
      LOG.error("channel {}: an item of a callback is parked", via.id(), outcome.failure());
      journal.commit(parking.park(via, "a fault of ours; see the log", item.event, now));
    } else if (outcome.value() instanceof Optional<?> known
        && known.isPresent()
        && item.event instanceof ProviderEvent.Receipt receipt) {
      // Its message has become known between the look-up and the commit.
      journal.commit(receipts.write(item.channel.orElseThrow(), receipt, now));
    }
  }

  /// @throws StorageException when the database is in trouble, not what was to be stored
  private static void requireStorage(RuntimeException failure) {
    if (failure instanceof StorageException e && e.kind() != StorageException.Kind.REFUSED) {
      throw e;
    }
  }

  /// Without what no database of ours can hold, and not longer than a name is.
  private static @Nullable String displayName(MessageReceived received) {
    String name = received.displayName();
    if (name == null) {
      return null;
    }
    String clean = name.replaceAll("\\p{Cntrl}", "").strip();
    return clean.isEmpty() ? null : CodePoints.cut(clean, MAX_NAME);
  }

  /// One event with the channel that it concerns; empty when there is none.
  private record Item(ProviderEvent event, Optional<Channel> channel) {}

  /// Who wrote, on which channel: equal for two messages of one person in one callback.
  private record Sender(long channel, Identifier name) {
    static Sender of(Channel channel, MessageReceived received) {
      return new Sender(channel.key(), received.sender().getFirst());
    }
  }
}
