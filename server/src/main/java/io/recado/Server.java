package io.recado;

import io.recado.access.ApiKeyRoutes;
import io.recado.access.AuditLog;
import io.recado.access.AuditRoutes;
import io.recado.access.Authentication;
import io.recado.access.DefaultWorkspace;
import io.recado.access.KeyUses;
import io.recado.access.NewKeys;
import io.recado.access.RateLimits;
import io.recado.access.Workspace;
import io.recado.access.WorkspaceRoutes;
import io.recado.channel.Channel;
import io.recado.channel.ChannelRoutes;
import io.recado.channel.ChannelStore;
import io.recado.channel.Channels;
import io.recado.channel.Connectors;
import io.recado.channel.CreateChannel;
import io.recado.connector.Connector;
import io.recado.connector.Connector.SessionContext;
import io.recado.connector.Identifier;
import io.recado.connector.ProviderHttp;
import io.recado.connector.whatsapp.WhatsAppConnector;
import io.recado.conversation.ConversationRoutes;
import io.recado.conversation.Conversations;
import io.recado.conversation.Inbox;
import io.recado.conversation.OpenConversation;
import io.recado.dispatch.Dispatch;
import io.recado.dispatch.Expiry;
import io.recado.dispatch.RetrySchedule;
import io.recado.dispatch.Sending;
import io.recado.docs.DocsRoutes;
import io.recado.http.HttpApi;
import io.recado.http.HttpServer;
import io.recado.http.IdempotentAnswers;
import io.recado.http.Listening;
import io.recado.http.PageTokens;
import io.recado.http.Routes;
import io.recado.inbound.CallbackRoutes;
import io.recado.inbound.CallbackRouting;
import io.recado.inbound.Callbacks;
import io.recado.journal.Id;
import io.recado.journal.Ids;
import io.recado.json.JsonObject;
import io.recado.message.LastMessages;
import io.recado.message.MessageRoutes;
import io.recado.message.Messages;
import io.recado.retention.Retention;
import io.recado.template.TemplateRoutes;
import io.recado.template.TemplateSync;
import io.recado.template.Templates;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The composition root: builds every part by hand, in the order in which they need each other, and
/// closes them in reverse. Nothing else knows which connectors and which database there are.
public final class Server implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final int ALL_CHANNELS = 1_000;
  private static final Duration REPAIRED = Duration.ofDays(1);

  private final Config config;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Storage storage;
  private final Ids ids;
  private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("timer").daemon().factory());
  private final AuditLog auditLog;
  private final NewKeys newKeys;
  private final Authentication authentication;
  private final PageTokens pageTokens;
  private final IdempotentAnswers answers;
  private final Connectors connectors;
  private final Channels channels;
  private final Templates templates;
  private final TemplateSync templateSync;
  private final Conversations conversations;
  private final Inbox inbox;
  private final Messages messages;
  private final Sending sending;
  private final Dispatch dispatch;
  private final Expiry expiry;
  private final Callbacks callbacks;
  private final CallbackRouting routing;
  private final Workspace workspace;
  private final Optional<String> newAdminKey;
  private final HttpServer http;

  private Server(Config config, Storage.Kind kind, InstantSource given) {
    this.config = config;
    // What is stored and what is answered are the same to the digit.
    clock = () -> given.instant().truncatedTo(ChronoUnit.MILLIS);
    storage = Storage.open(config, kind, (writes, nanos) -> {});
    ids = new Ids(clock, random);

    auditLog = new AuditLog(ids, clock);
    newKeys = new NewKeys(ids, random);
    var uses = new KeyUses(storage.journal(), System::nanoTime, background);
    authentication = new Authentication(storage.reads(), clock, System::nanoTime, uses);
    pageTokens = new PageTokens(storage.cipher());
    answers = new IdempotentAnswers(storage.journal(), storage.cipher(), clock);
    var opened =
        new DefaultWorkspace(storage.journal(), auditLog, newKeys)
            .ensure(config.adminKey().orElse(null));
    workspace = opened.workspace();
    newAdminKey = opened.newKey();

    List<Connector> all = List.of(new WhatsAppConnector(config.whatsappBaseUrl()));
    connectors = new Connectors(all);
    channels =
        new Channels(
            new ChannelStore(storage.cipher(), connectors),
            storage.reads(),
            connectors,
            new SessionContext(new ProviderHttp(), clock));
    templates = new Templates(storage.reads(), clock);
    templateSync = new TemplateSync(channels, storage.journal(), templates, clock, background);

    conversations = new Conversations(storage.reads(), storage.journal(), ids, clock);
    inbox = new Inbox(storage.journal());
    messages =
        new Messages(
            channels, conversations, templates::of, storage.journal(), storage.reads(), ids, clock);

    sending =
        new Sending(
            channels,
            conversations,
            storage.journal(),
            storage.reads(),
            new RetrySchedule(new Random(random.nextLong())),
            clock,
            (type, outcome, nanos) -> {});
    dispatch = new Dispatch(channels, storage.journal(), storage.reads(), sending, clock);
    expiry = new Expiry(channels, storage.journal(), storage.reads(), clock);
    messages.handOverTo(
        queued -> {
          dispatch.arrived(queued);
          inbox.touched(queued.workspace(), queued.conversation(), queued.createTime());
        });

    routing = new CallbackRouting(channels, storage.journal(), clock, templateSync::request);
    callbacks =
        new Callbacks(
            routing,
            conversations,
            inbox,
            storage.journal(),
            storage.reads(),
            ids,
            storage.cipher(),
            clock,
            dispatch::settledElsewhere);
    http = listen(all);
  }

  /// Starts a server for real use.
  ///
  /// @throws CannotStart when it cannot; the message names the setting
  public static Server start(Config config) {
    return start(config, Storage.Kind.PRODUCTION, InstantSource.system());
  }

  /// Starts a server; returns when it accepts requests and has taken up what was unfinished.
  ///
  /// @throws CannotStart when it cannot; the message names the setting
  static Server start(Config config, Storage.Kind kind, InstantSource clock) {
    var server = new Server(config, kind, clock);
    server.begin();
    return server;
  }

  /// Where it listens, such as `http://127.0.0.1:8080`.
  public String address() {
    return "http://"
        + (config.host().equals("0.0.0.0") ? "127.0.0.1" : config.host())
        + ":"
        + http.port();
  }

  /// The admin key of workspace `default`, when it has just been made: to be shown once.
  public Optional<String> newAdminKey() {
    return newAdminKey;
  }

  /// Makes a channel of a given id in workspace `default`, unless it is there.
  ///
  /// @param body as a caller of the API would send it
  /// @return whether it was made now
  boolean ensureChannel(Id id, JsonObject body, String actor) {
    if (channels.find(id).isPresent()) {
      return false;
    }
    storage
        .journal()
        .commit(
            CreateChannel.of(
                channels, connectors, workspace.key(), id, body, auditLog.stamp(actor)));
    return true;
  }

  /// Makes a conversation of a given id, unless the contact has one.
  void ensureConversation(Id channel, Id id, List<Identifier> contact, String displayName) {
    Channel home = channels.require(workspace.key(), channel);
    storage
        .journal()
        .commit(
            new OpenConversation(
                home.workspace(), home.key(), id, contact, displayName, clock.instant()));
  }

  /// Looks at the clock again, because it was moved.
  void wake() {
    dispatch.wake();
  }

  /// Refuses new work, lets what is under way end, and closes.
  ///
  /// @return whether everything ended in time
  public boolean drain(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    boolean answered = http.drain(patience);
    boolean sent = dispatch.drain(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    close();
    return answered && sent;
  }

  /// Closes at once; whatever was under way is in doubt at the next start.
  @Override
  public void close() {
    http.close();
    timer.shutdownNow();
    dispatch.close();
    background.shutdownNow();
    try {
      inbox.storeAll();
    } catch (RuntimeException e) {
      LOG.warn("the inbox order was not stored; the next start repairs it", e);
    }
    storage.close();
  }

  private void begin() {
    List<Channel> known = new ArrayList<>();
    List<Channel> page = channels.all(0, ALL_CHANNELS);
    while (!page.isEmpty()) {
      known.addAll(page);
      page = channels.all(page.getLast().key(), ALL_CHANNELS);
    }
    background.execute(() -> inbox.repair(workspace.key(), clock.instant().minus(REPAIRED)));
    dispatch.start(known);
    templateSync.start(timer);
    every(Duration.ofSeconds(1), "the inbox order was not stored", inbox::storeAll);
    every(Duration.ofSeconds(15), "messages were not expired", expiry::sweep);
    var retention = new Retention(storage.journal(), storage.reads(), clock, config.retention());
    every(Duration.ofMinutes(5), "old data was not deleted", retention::sweep);
    background.execute(storage.cipher()::warmUp);
  }

  /// Does something again and again. A failure is told and the next round comes all the same.
  private void every(Duration pause, String failure, Runnable round) {
    timer.scheduleWithFixedDelay(
        () -> {
          try {
            round.run();
          } catch (RuntimeException e) {
            LOG.warn("{}; it is tried again in {}", failure, pause, e);
          }
        },
        pause.toMillis(),
        pause.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private HttpServer listen(List<Connector> all) {
    var routes = new Routes();
    new MessageRoutes(messages, channels, conversations, storage.reads(), pageTokens).addTo(routes);
    conversationRoutes().addTo(routes);
    new TemplateRoutes(channels, templates, templateSync, pageTokens, answers).addTo(routes);
    channelRoutes().addTo(routes);
    new ApiKeyRoutes(
            storage.journal(),
            storage.reads(),
            answers,
            pageTokens,
            authentication,
            auditLog,
            newKeys)
        .addTo(routes);
    new WorkspaceRoutes(storage.reads(), answers, pageTokens, auditLog, newKeys).addTo(routes);
    new AuditRoutes(storage.reads(), pageTokens).addTo(routes);
    new CallbackRoutes(all, channels, callbacks, (type, result) -> {}).addTo(routes);
    var api =
        new HttpApi(
            routes,
            authentication,
            new RateLimits(System::nanoTime),
            (route, method, status, nanos) -> {},
            () -> ids.next().toString());
    Listening plain = Listening.on(config.host(), config.port());
    return HttpServer.start(
        api, config.tls().map(plain::with).orElse(plain), List.of(new DocsRoutes()));
  }

  private ConversationRoutes conversationRoutes() {
    return new ConversationRoutes(
        new ConversationRoutes.Parts(
            channels,
            conversations,
            inbox,
            storage.journal(),
            storage.reads(),
            answers,
            pageTokens,
            clock,
            LastMessages::find,
            (channel, message) ->
                background.execute(() -> channels.session(channel).markRead(message))));
  }

  private ChannelRoutes channelRoutes() {
    return new ChannelRoutes(
        channels,
        connectors,
        new ChannelRoutes.Storage(storage.journal(), storage.reads(), answers, pageTokens),
        ids,
        auditLog,
        () -> config.publicUrl().orElseGet(this::address));
  }
}
