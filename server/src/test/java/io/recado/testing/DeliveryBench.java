package io.recado.testing;

import io.recado.channel.Channel;
import io.recado.connector.Content;
import io.recado.connector.Identifier;
import io.recado.connector.ProviderEvent.MessageReceived;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.conversation.OpenConversation;
import io.recado.conversation.ServiceWindow;
import io.recado.event.Event;
import io.recado.event.EventStore;
import io.recado.inbound.ReceiveInbound;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.IdempotencyKey;
import io.recado.journal.Journal;
import io.recado.journal.Reads;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import io.recado.message.AcceptMessage;
import io.recado.message.AcceptMessage.Draft;
import io.recado.message.Message;
import io.recado.message.MessageStore;
import io.recado.message.Outbox;
import io.recado.message.Priority;
import io.recado.message.Queued;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One channel on a real database, and the writes by which messages pass through it.
public final class DeliveryBench implements AutoCloseable {

  /// The service window of the channel.
  public static final ServiceWindow WINDOW = new ServiceWindow(Duration.ofHours(24));

  /// What the clock shows at first.
  public static final Instant TIME = Instant.parse("2026-04-03T10:00:00Z");

  /// A template that may be sent at any time.
  public static final Content.Template TEMPLATE =
      new Content.Template("hello", "es", null, List.of(), List.of());

  public final TestServer server;
  public final Channel channel;

  /// What was handed over, in order.
  public final List<Queued> handedOver = new ArrayList<>();

  private final Consumer<List<Queued>> takeOver = handedOver::addAll;

  /// An empty database with one channel.
  public DeliveryBench(Dialect engine) {
    this(new TestServer(engine));
  }

  /// One channel on a server, which is closed with it.
  public DeliveryBench(TestServer server) {
    this.server = server;
    channel = channel("R1");
  }

  /// Makes one more channel.
  public Channel channel(String ring) {
    String body = "{'type':'PIGEON','pigeon':{'ring':'" + ring + "','whistle':'w'}}";
    String name = server.json("POST /v1/channels", body).string("name").orElseThrow();
    return server.channels.require(
        TestServer.WORKSPACE, Id.parse(name.substring("channels/".length())));
  }

  public Instant now() {
    return server.clock.instant();
  }

  /// The conversation with a number.
  public Identity conversation(String phone) {
    return server.journal.commit(opening(Identifier.phone(phone)));
  }

  /// Opens a conversation with a person.
  public OpenConversation opening(Identifier... contact) {
    return new OpenConversation(
        channel.workspace(), channel.key(), server.ids.next(), List.of(contact), null, now());
  }

  /// A conversation with an open service window.
  public Identity openConversation(String phone) {
    Identity conversation = conversation(phone);
    server.journal.commit(inbound(conversation, "hello-" + phone));
    return conversation;
  }

  public static Draft draft(Content content, Content.@Nullable Template fallback, Instant expire) {
    return new Draft(content, fallback, null, Map.of(), null, expire, Priority.HIGH);
  }

  /// Accepts a text that lives for a day.
  public AcceptMessage text(Identity conversation, String text) {
    return accepting(
        conversation,
        draft(new Content.Text(text), null, now().plus(Duration.ofDays(1))),
        Optional.empty());
  }

  /// Accepts a message.
  public AcceptMessage accepting(Identity conversation, Draft draft, Optional<IdempotencyKey> key) {
    return new AcceptMessage(
        channel.workspace(),
        channel.key(),
        conversation.key(),
        server.ids.next(),
        draft,
        WINDOW,
        now(),
        key,
        takeOver);
  }

  /// A text that was accepted just now.
  public Queued accept(Identity conversation, String text) {
    return commit(text(conversation, text));
  }

  /// What was handed over for a message that is accepted now.
  public Queued commit(AcceptMessage write) {
    server.journal.commit(write);
    return handedOver.getLast();
  }

  /// A person's message.
  public ReceiveInbound inbound(Identity conversation, String providerMessageId) {
    return inbound(conversation, providerMessageId, now());
  }

  /// A person's message, written at some time by the provider's clock.
  public ReceiveInbound inbound(
      Identity conversation, String providerMessageId, Instant providerTime) {
    return new ReceiveInbound(
        channel.workspace(),
        channel.key(),
        conversation.key(),
        server.ids.next(),
        received(providerMessageId, providerTime, Identifier.phone("+573000000000")),
        null,
        new byte[] {1},
        now(),
        () -> {});
  }

  /// What a provider tells of a person's message.
  public static MessageReceived received(
      String providerMessageId, Instant providerTime, Identifier sender) {
    return new MessageReceived(
        "R1",
        providerMessageId,
        List.of(sender),
        null,
        new Content.Text("hi"),
        null,
        providerTime,
        JsonObject.builder().with("id", providerMessageId).build());
  }

  /// A message as it is stored.
  public Message message(Id id) {
    return read(r -> MessageStore.find(r, channel.workspace(), id)).orElseThrow();
  }

  /// The first thousand rows of the outbox of each priority, without scheduled ones.
  public List<Queued> outbox() {
    return read(
        r ->
            Stream.of(Priority.values())
                .flatMap(
                    priority ->
                        Outbox.page(
                            r, channel.workspace(), channel.key(), priority, new Id(0, 0), 1_000)
                            .stream())
                .toList());
  }

  /// All events of the workspace.
  public List<Event> events() {
    return read(
        r ->
            EventStore.after(r, channel.workspace(), 0, 100_000).stream()
                .map(EventStore.Logged::event)
                .toList());
  }

  /// The types of a message's events, in order.
  public List<String> events(Id message) {
    return events().stream()
        .filter(event -> message.equals(event.message()))
        .map(event -> event.type().wireName())
        .toList();
  }

  public <T> T read(Function<Reads, T> query) {
    return server.reads.read(query);
  }

  public <T> List<T> list(Function<Reads, List<T>> query) {
    return read(query);
  }

  public <T> Optional<T> find(Function<Reads, Optional<T>> query) {
    return read(query);
  }

  /// How many rows a table has.
  public long count(String table) {
    return read(
        r -> r.query("SELECT COUNT(*) FROM " + table, _ -> {}, row -> row.number()).getFirst());
  }

  /// Commits writes of the channel as one group.
  public <R> List<Journal.Outcome<R>> together(List<? extends Write<? extends R>> writes) {
    var gate = new Gate(channel, new CountDownLatch(1), new CountDownLatch(1));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> passed = threads.submit(() -> server.journal.commit(gate));
      gate.entered.await();
      Future<List<Journal.Outcome<R>>> all =
          threads.submit(() -> server.journal.<R>commitAll(writes));
      until(() -> server.journal.waiting() == writes.size());
      gate.open.countDown();
      passed.get();
      return all.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not come to pass");
      }
      LockSupport.parkNanos(100_000);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  /// Holds the writer until it is opened.
  private record Gate(Channel channel, CountDownLatch entered, CountDownLatch open)
      implements Write<Boolean> {

    @Override
    public long workspace() {
      return channel.workspace();
    }

    @Override
    public long lane() {
      return channel.key();
    }

    @Override
    public Boolean apply(Tx tx) {
      entered.countDown();
      try {
        return open.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
