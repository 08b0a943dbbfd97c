package io.recado;

import io.recado.channel.Channel;
import io.recado.channel.Channels;
import io.recado.connector.Connector;
import io.recado.conversation.ConversationRoutes;
import io.recado.conversation.Conversations;
import io.recado.conversation.Inbox;
import io.recado.dispatch.Dispatch;
import io.recado.dispatch.Expiry;
import io.recado.dispatch.RetrySchedule;
import io.recado.dispatch.Schedule;
import io.recado.dispatch.Sending;
import io.recado.http.Routes;
import io.recado.inbound.ApplyReceipt;
import io.recado.inbound.CallbackRoutes;
import io.recado.inbound.CallbackRouting;
import io.recado.inbound.Callbacks;
import io.recado.inbound.Parking;
import io.recado.inbound.ReceiptWrites;
import io.recado.journal.Ids;
import io.recado.message.BatchRoutes;
import io.recado.message.ChannelMessageRoutes;
import io.recado.message.LastMessages;
import io.recado.message.MessageActionRoutes;
import io.recado.message.MessageRoutes;
import io.recado.message.Messages;
import io.recado.message.OutboxRow;
import io.recado.message.Queued;
import io.recado.ops.Metrics;
import io.recado.template.TemplateSync;
import io.recado.template.Templates;
import io.recado.webhook.delivery.DeliveryTimeline;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

/// The way of a message: the parts that accept it, hand it over, and hear what became of it.
final class Messaging {

  private final Storage storage;
  private final Access access;
  private final Channels channels;
  private final InstantSource clock;
  private final Executor background;
  private final Messages messages;
  private final Callbacks callbacks;
  final Conversations conversations;
  final Inbox inbox;
  final Dispatch dispatch;
  final Expiry expiry;
  final Schedule schedule;

  /// @param provided what a channel has at its provider
  Messaging(
      Storage storage,
      Access access,
      Provided provided,
      Ids ids,
      InstantSource clock,
      Executor background,
      Metrics metrics) {
    this.storage = storage;
    this.access = access;
    this.channels = provided.channels();
    this.clock = clock;
    this.background = background;
    var journal = storage.journal();
    var reads = storage.reads();
    conversations = new Conversations(reads, journal, ids, clock);
    inbox = new Inbox(journal);
    messages =
        new Messages(channels, conversations, provided.templates()::of, journal, reads, ids, clock);
    // Safe for many threads, unlike most generators.
    var retries = new RetrySchedule(new Random());
    var sending = new Sending(channels, conversations, journal, reads, retries, clock, metrics);
    dispatch = new Dispatch(channels, journal, reads, sending, clock);
    expiry = new Expiry(channels, journal, reads, clock, dispatch::settledElsewhere);
    schedule = new Schedule(journal, reads, clock, this::arrived);
    journal.whenMissed(dispatch::reread);
    messages.handOverTo(group -> accepted(group, metrics));
    metrics.nameChannels(channels::type);
    var parking = new Parking(ids, storage.cipher());
    var told = new ApplyReceipt.Told(dispatch::settledElsewhere, dispatch::returned);
    callbacks =
        new Callbacks(
            new CallbackRouting(channels, journal, clock, provided.templateSync()::request),
            conversations,
            inbox,
            journal,
            new ReceiptWrites(reads, parking, told),
            parking,
            clock);
  }

  void addTo(Routes routes, List<Connector> connectors, Metrics metrics) {
    new MessageRoutes(
            messages,
            channels,
            conversations,
            storage.reads(),
            access.pageTokens(),
            DeliveryTimeline::of)
        .addTo(routes);
    new MessageActionRoutes(
            messages,
            channels,
            conversations,
            storage.journal(),
            access.answers(),
            access.auditLog,
            dispatch::settledElsewhere)
        .addTo(routes);
    new BatchRoutes(messages, channels, conversations, storage.journal(), access.answers())
        .addTo(routes);
    new ChannelMessageRoutes(channels, storage.reads(), access.pageTokens()).addTo(routes);
    new ConversationRoutes(
            new ConversationRoutes.Parts(
                channels,
                conversations,
                inbox,
                storage.journal(),
                storage.reads(),
                access.answers(),
                access.pageTokens(),
                clock,
                LastMessages::find,
                this::readUpTo))
        .addTo(routes);
    new CallbackRoutes(connectors, channels, callbacks, metrics).addTo(routes);
  }

  private void arrived(List<Queued> group) {
    dispatch.arrived(group);
    for (Queued queued : group) {
      if (queued.outbox().state() == OutboxRow.State.WAITING) {
        // What is scheduled moves its conversation when it is said.
        inbox.touched(queued.workspace(), queued.conversation(), queued.outbox().dueTime());
      }
    }
  }

  private void accepted(List<Queued> group, Metrics metrics) {
    arrived(group);
    for (Queued queued : group) {
      metrics.accepted(channels.type(queued.channel()), queued.content());
    }
  }

  private void readUpTo(Channel channel, String providerMessageId) {
    background.execute(() -> channels.session(channel).markRead(providerMessageId));
  }

  /// What channels have at their providers.
  record Provided(Channels channels, Templates templates, TemplateSync templateSync) {}
}
