package io.recado;

import io.recado.access.RateLimits;
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
import io.recado.connector.webchat.WebChatConnector;
import io.recado.connector.whatsapp.WhatsAppConnector;
import io.recado.console.ConsoleRoutes;
import io.recado.conversation.OpenConversation;
import io.recado.docs.DocsRoutes;
import io.recado.feed.LogWatch;
import io.recado.http.HttpApi;
import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.server.ClientAddress;
import io.recado.http.server.HttpServer;
import io.recado.http.server.Listening;
import io.recado.journal.DatabaseClaim;
import io.recado.journal.Id;
import io.recado.journal.Ids;
import io.recado.journal.StorageException;
import io.recado.json.JsonObject;
import io.recado.message.Backlog;
import io.recado.message.WithdrawMessages;
import io.recado.ops.Health;
import io.recado.ops.Health.Check;
import io.recado.ops.Metrics;
import io.recado.ops.OpsRoutes;
import io.recado.ops.StorageWatch;
import io.recado.retention.Retention;
import io.recado.statistics.Statistics;
import io.recado.statistics.StatisticsRoutes;
import io.recado.template.TemplateRoutes;
import io.recado.template.TemplateSync;
import io.recado.template.Templates;
import io.recado.webchat.VisitorStreams;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The composition root: builds every part by hand, in the order in which they need each other, and
/// closes them in reverse. Nothing else knows which connectors there are.
public final class Server implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final int ALL_CHANNELS = 1_000;

  private final Config config;
  private final RouteSource further;
  private final InstantSource clock;
  private final Metrics metrics = new Metrics();
  private final VisitorStreams visitorStreams = new VisitorStreams();
  private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
  private final Rounds rounds = new Rounds();
  private final Storage storage;
  private final Optional<DatabaseClaim> claim;
  private final StorageWatch storageWatch;
  private final Ids ids;
  private final Access access;
  private final List<Connector> connectors;
  private final Channels channels;
  private final Templates templates;
  private final TemplateSync templateSync;
  private final Messaging messaging;
  private final LogWatch logWatch = new LogWatch();
  private final Telling telling;
  private final Webhooks webhooks;
  private final HttpServer http;
  private volatile boolean ready;

  private Server(Config config, Storage.Kind kind, InstantSource given, RouteSource further) {
    this.config = config;
    this.further = further;
    // What is stored and what is answered are the same to the digit.
    clock = () -> given.instant().truncatedTo(ChronoUnit.MILLIS);
    requirePort(config);
    storage = Storage.open(config, kind, Telling.observer(metrics, logWatch, visitorStreams));
    claim = claim(storage);
    try {
      storageWatch = watchStorage();
      var random = new SecureRandom();
      ids = new Ids(clock, random);
      access = new Access(storage, ids, clock, random, config, this::publicUrl, background);
      connectors =
          List.of(
              new WhatsAppConnector(config.whatsappBaseUrl()),
              new WebChatConnector(visitorStreams::typing));
      channels = openChannels();
      templates = new Templates(storage.reads(), clock);
      templateSync = new TemplateSync(channels, storage.journal(), templates, clock, background);
      var provided = new Messaging.Provided(channels, templates, templateSync);
      messaging = new Messaging(storage, access, provided, ids, clock, background, metrics);
      if (storage.folder() != null) {
        // A shared database has a disk of its own.
        messaging.acceptWhile(storageWatch::hasRoom);
      }
      telling =
          new Telling(
              storage, access, channels, messaging.conversations, logWatch, clock.instant());
      webhooks =
          new Webhooks(
              storage,
              access,
              channels,
              telling,
              ids,
              clock,
              new Webhooks.Setup(config.webhookAllow(), metrics));
      http = listen();
    } catch (RuntimeException e) {
      storage.close();
      claim.ifPresent(DatabaseClaim::close);
      throw e;
    }
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
    return start(config, kind, clock, _ -> {});
  }

  /// As above, with further routes.
  static Server start(Config config, Storage.Kind kind, InstantSource clock, RouteSource further) {
    var server = new Server(config, kind, clock, further);
    server.begin();
    return server;
  }

  /// Where it listens, such as `http://127.0.0.1:8080`.
  public String address() {
    String scheme = config.tls().isPresent() ? "https" : "http";
    String host = config.host().equals("0.0.0.0") ? "127.0.0.1" : config.host();
    return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + http.port();
  }

  /// How people reach it, such as `https://chat.example.com`.
  private String publicUrl() {
    return config.publicUrl().orElseGet(this::address);
  }

  /// The admin key of workspace `default`, when it has just been made: to be shown once.
  public Optional<String> newAdminKey() {
    return access.home.newKey();
  }

  /// Makes a channel of a given id in workspace `default`, unless it is there.
  ///
  /// @param body as a caller of the API would send it
  /// @return whether it was made now
  boolean ensureChannel(Id id, JsonObject body, String actor) {
    if (channels.find(id).isPresent()) {
      return false;
    }
    long workspace = access.home.workspace().key();
    storage
        .journal()
        .commit(
            CreateChannel.of(
                channels,
                new Connectors(connectors),
                workspace,
                id,
                body,
                access.auditLog.stamp(actor)));
    return true;
  }

  /// Makes a conversation of a given id, unless the contact has one.
  void ensureConversation(Id channel, Id id, List<Identifier> contact, String displayName) {
    Channel home = channels.require(access.home.workspace().key(), channel);
    storage
        .journal()
        .commit(
            new OpenConversation(
                home.workspace(), home.key(), id, contact, displayName, clock.instant()));
  }

  /// The clock was moved on purpose, as if that time had passed.
  void wake() {
    messaging.dispatch.clockMoved();
    webhooks.wake();
  }

  /// Refuses new work, lets what is under way end, and closes.
  ///
  /// @return whether everything ended in time
  public boolean drain(Duration patience) throws InterruptedException {
    ready = false;
    long end = System.nanoTime() + patience.toNanos();
    boolean answered = http.drain(patience);
    Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    boolean sent = messaging.dispatch.drain(left);
    left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    boolean told = webhooks.drain(left);
    close();
    return answered && sent && told;
  }

  /// Closes at once; whatever was under way is in doubt at the next start.
  @Override
  public void close() {
    ready = false;
    http.close();
    rounds.close();
    logWatch.close();
    messaging.dispatch.close();
    webhooks.close();
    background.shutdownNow();
    storageWatch.close();
    try {
      messaging.inbox.storeAll();
    } catch (RuntimeException e) {
      LOG.warn("the inbox order was not stored; the next start repairs it", e);
    }
    storage.close();
    claim.ifPresent(DatabaseClaim::close);
  }

  /// Before anything is made: an admin key that was shown to nobody would be lost.
  private static void requirePort(Config config) {
    try (var probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(config.host(), config.port()));
    } catch (IOException e) {
      throw new CannotStart(
          "RECADO_PORT: cannot listen on %s port %d (%s); choose another port, or 0 for a free one."
              .formatted(config.host(), config.port(), e.getMessage()));
    }
  }

  /// A data folder is locked by its file; a shared database by a session.
  private static Optional<DatabaseClaim> claim(Storage storage) {
    if (storage.folder() != null) {
      return Optional.empty();
    }
    var taken = DatabaseClaim.take(storage.database());
    if (taken.isEmpty()) {
      storage.close();
      throw new CannotStart(
          "RECADO_DATABASE_URL: another Recado is using this database; one node serves it in this"
              + " release, so stop that one first");
    }
    return taken;
  }

  private void renewClaim() {
    // A stop interrupts the renewal, and that is no sign of another server.
    if (!claim.map(DatabaseClaim::renew).orElse(true) && ready) {
      LOG.error("another Recado has taken the database; ending, so that nothing is sent twice");
      Runtime.getRuntime().halt(1);
    }
  }

  private StorageWatch watchStorage() {
    var watch =
        new StorageWatch(
            () -> storage.reads().read(r -> r.query("SELECT 1", _ -> {}, row -> row.number())),
            StorageWatch.Disk.of(existing(config.data().toAbsolutePath())),
            System::nanoTime);
    metrics.watch(
        storage.journal()::waiting,
        watch::freeBytes,
        () -> storage.reads().read(Backlog::read),
        clock,
        System::nanoTime);
    return watch.start();
  }

  /// With PostgreSQL there may be no data folder; the disk is that of the nearest folder above it.
  private static Path existing(Path folder) {
    return Files.exists(folder) ? folder : existing(folder.getParent());
  }

  private Channels openChannels() {
    var known = new Connectors(connectors);
    return new Channels(
        new ChannelStore(storage.cipher(), known),
        storage.reads(),
        known,
        new SessionContext(new ProviderHttp(), clock));
  }

  /// Every route but those of the documentation.
  Routes routes() {
    var routes = new Routes();
    messaging.addTo(routes, connectors, metrics);
    messaging.addVisitors(routes, visitorStreams, new ClientAddress(config.trustedProxies())::of);
    webhooks.addTo(routes);
    new TemplateRoutes(channels, templates, templateSync, access.pageTokens(), access.answers())
        .addTo(routes);
    new ChannelRoutes(
            channels,
            new Connectors(connectors),
            new ChannelRoutes.Storage(
                storage.journal(),
                storage.reads(),
                access.answers(),
                access.pageTokens(),
                new WithdrawMessages(messaging.dispatch::settledElsewhere)),
            ids,
            access.auditLog,
            this::publicUrl)
        .addTo(routes);
    further.addTo(routes);
    telling.addTo(routes);
    access.addTo(routes);
    new StatisticsRoutes(channels, storage.reads(), clock).addTo(routes);
    new OpsRoutes(metrics, health(), config.metricsToken()).addTo(routes);
    return routes;
  }

  private HttpServer listen() {
    HeadStart.await();
    var api =
        new HttpApi(
            routes(),
            access.sessions,
            new RateLimits(System::nanoTime),
            metrics,
            () -> ids.next().toString());
    Listening plain = Listening.on(config.host(), config.port());
    return HttpServer.start(
        api,
        config.tls().map(plain::with).orElse(plain),
        List.of(new DocsRoutes(), new ConsoleRoutes()));
  }

  private Health health() {
    var journal = new Check("journal", storage.journal()::isRunning);
    return new Health(
        List.of(journal),
        List.of(
            journal,
            new Check("database", storageWatch::isDatabaseUp),
            new Check("disk", storageWatch::hasRoom),
            new Check("started", () -> ready)));
  }

  private void begin() {
    List<Channel> all = everyChannel();
    messaging.dispatch.start(all);
    ready = true;
    templateSync.start(rounds.timer());
    var retention = new Retention(storage.journal(), storage.reads(), clock, config.retention());
    telling.begin(metrics);
    var statistics = new Statistics(storage.journal(), storage.reads());
    webhooks.begin(metrics);
    rounds.every(Duration.ofSeconds(1), "other nodes' events were not looked for", telling::poll);
    rounds.every(
        Duration.ofSeconds(5), "the claim on the database was not renewed", this::renewClaim);
    rounds.every(
        Duration.ofSeconds(1), "the inbox order was not stored", messaging.inbox::storeAll);
    rounds.every(
        Duration.ofSeconds(1), "scheduled messages were not sent", messaging.schedule::sweep);
    rounds.every(Duration.ofSeconds(1), "nothing was counted", statistics::count);
    rounds.every(Duration.ofSeconds(15), "messages were not expired", messaging.expiry::sweep);
    rounds.every(Duration.ofMinutes(5), "old data was not deleted", retention::sweep);
    background.execute(storage.cipher()::warmUp);
    background.execute(() -> repairInboxes(all));
  }

  private void repairInboxes(List<Channel> all) {
    try {
      all.stream().mapToLong(Channel::workspace).distinct().forEach(messaging.inbox::repair);
    } catch (StorageException e) {
      LOG.warn("the inbox order was not repaired; the next start repairs it: {}", e.kind());
    }
  }

  private List<Channel> everyChannel() {
    List<Channel> known = new ArrayList<>();
    List<Channel> page = channels.all(0, ALL_CHANNELS);
    while (!page.isEmpty()) {
      known.addAll(page);
      page = channels.all(page.getLast().key(), ALL_CHANNELS);
    }
    return known;
  }
}
