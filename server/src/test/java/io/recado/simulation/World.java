package io.recado.simulation;

import io.recado.access.AuditStamp;
import io.recado.channel.CreateChannel;
import io.recado.connector.ProviderHttp;
import io.recado.fault.FaultPoint;
import io.recado.journal.Cipher;
import io.recado.journal.Id;
import io.recado.journal.Migrations;
import io.recado.json.JsonObject;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One run: a database, the processes that use it one after the other, a provider, clients, an
/// operator, and whatever goes wrong, all from one seed. For one thread.
final class World implements AutoCloseable {

  static final long WORKSPACE = 1;
  static final ProviderHttp HTTP = new ProviderHttp();
  static final Cipher CIPHER = cipher();

  private static final ThreadLocal<Node> ENTERED = new ThreadLocal<>();
  private static final long START = Instant.parse("2026-04-03T10:00:00Z").toEpochMilli();
  private static final long SECOND = 1_000_000;

  private final long seed;
  private final RandomGenerator random;
  private final Profile profile;
  private final Agenda agenda;
  private final Trace trace = new Trace();
  private final Ledger ledger = new Ledger();
  private final WorldFaults faults;
  private final Planted planted;
  private final Disk disk;
  private final Feed feed;
  private final Network network;
  private final Operator operator;
  private final List<Client> clients = new ArrayList<>();
  private @Nullable Node node;
  private Id channel;
  private long clockOffset;
  private int lives;
  private boolean isHostile = true;

  World(long seed, @Nullable Bug bug) {
    this.seed = seed;
    random = new SplittableRandom(seed);
    profile = new Profile(seed);
    agenda = new Agenda(random);
    faults = new WorldFaults(this, new SplittableRandom(~seed));
    planted = new Planted(this, bug);
    disk = new Disk(new Trouble());
    feed = new Feed(this);
    network = new Network(this, feed);
    operator = new Operator(this);
  }

  /// On whose behalf this thread runs; null for nobody.
  static @Nullable Node entered() {
    return ENTERED.get();
  }

  /// Runs on behalf of a process from now on.
  static @Nullable Node enter(@Nullable Node node) {
    Node before = ENTERED.get();
    ENTERED.set(node);
    return before;
  }

  /// Lives it from beginning to end and checks what must hold.
  ///
  /// @throws AssertionError with the seed and what happened last
  Outcome run() {
    try {
      begin();
      live(profile.hostile.toMillis() * 1_000);
      isHostile = false;
      faults.end();
      trace("from now on nothing fails");
      drain();
      new Checker(this).check();
    } catch (Throwable e) {
      throw new AssertionError("seed %d: %s%n%s".formatted(seed, e.getMessage(), trace.last()), e);
    }
    return new Outcome(faults.fired, faults.crashes(), ledger.calls.size(), trace.hash());
  }

  private void begin() {
    isHostile = false;
    new Migrations(disk.database()).apply();
    disk.execute("INSERT INTO workspace (id, display_name, create_time) VALUES (x'00', 'w', 0)");
    planted.plant(disk);
    var first = new Node(this);
    channel = first.ids.next();
    first.storage.journal.commit(
        CreateChannel.of(
            first.channels,
            network.connectors(),
            WORKSPACE,
            channel,
            channelBody(),
            new AuditStamp(first.ids.next(), clock().instant(), "system")));
    isHostile = true;
    node = first;
    lives = 1;
    first.start();
    for (int i = 1; i <= profile.conversations; i++) {
      var client = new Client(this, i);
      clients.add(client);
      agenda.after(random.nextLong(SECOND), client::begin);
      writes(client.phone(), 1);
    }
    operator.begin();
    if (profile.clockJumps) {
      agenda.after(random.nextLong(60 * SECOND), this::moveClock);
    }
  }

  private JsonObject channelBody() {
    return JsonObject.builder()
        .with("type", Network.TYPE)
        .with(
            "simulated",
            JsonObject.builder()
                .with("account", Network.ACCOUNT)
                .with(Network.TOKEN, network.token())
                .withNullable(
                    "messagesPerSecond",
                    profile.perSecond == null ? null : Long.valueOf(profile.perSecond))
                .build())
        .with(
            "inDoubt",
            JsonObject.builder()
                .with("policy", profile.resends ? "RESEND" : "FAIL")
                .with("window", profile.window.toSeconds() + "s")
                .build())
        .build();
  }

  private void writes(String phone, int number) {
    agenda.after(
        number == 1 ? random.nextLong(SECOND / 10) : random.nextLong(100 * SECOND),
        () -> {
          if (isHostile) {
            network.writes(phone, number);
            writes(phone, number + 1);
          }
        });
  }

  private void moveClock() {
    if (isHostile) {
      clockOffset += random.nextLong(-300_000, 300_000);
      ledger.clockJumps.add(agenda.nowMillis());
      trace("the clock is moved to %s", clock().instant());
      agenda.after(random.nextLong(120 * SECOND), this::moveClock);
    }
  }

  private void live(long untilMicros) {
    while (agenda.step(untilMicros)) {
      // Each step is one event.
    }
  }

  /// Until everything is settled, or until it is certain that it never will be.
  private void drain() {
    long end = agenda.nowMicros() + 2_400 * SECOND;
    while (!isSettled()) {
      if (agenda.nowMicros() > end) {
        throw new AssertionError("I3: not settled 40 minutes after the last fault: " + unsettled());
      }
      live(agenda.nowMicros() + 5 * SECOND);
    }
    live(agenda.nowMicros() + 10 * SECOND);
  }

  private boolean isSettled() {
    return node != null
        && feed.open() == 0
        && operator.isDone()
        && clients.stream().allMatch(Client::isDone)
        && Tables.count(disk.connection(), "SELECT COUNT(*) FROM outbox") == 0;
  }

  private String unsettled() {
    return "outbox %s, callbacks %d, operator done %s, clients done %d of %d"
        .formatted(
            Tables.query(
                disk.connection(),
                "SELECT state || ' ' || lower(hex(message_id)) FROM outbox LIMIT 5",
                row -> row.getString(1)),
            feed.open(),
            operator.isDone(),
            clients.stream().filter(Client::isDone).count(),
            clients.size());
  }

  /// A process has ended; the next one starts in a moment.
  void buried(Node dead) {
    if (node == dead) {
      node = null;
      agenda.after(
          random.nextLong(2 * SECOND),
          () -> {
            lives++;
            trace("process %d starts", lives);
            node = new Node(this);
            node.start();
          });
    }
  }

  /// What happened, for who wants to understand it. Formatted only when it is wanted.
  void trace(String what, Object... values) {
    trace.add(agenda.nowMicros(), what, values);
  }

  /// How long a packet travels.
  long latency() {
    return random.nextInt(20) == 0 ? random.nextLong(SECOND) : random.nextLong(20_000);
  }

  /// How long a commit takes.
  long commitMicros() {
    return random.nextInt(50) == 0 && isHostile ? random.nextLong(SECOND) : random.nextLong(3_000);
  }

  /// The wall clock of all processes.
  InstantSource clock() {
    return () -> Instant.ofEpochMilli(START + agenda.nowMillis() + clockOffset);
  }

  boolean isHostile() {
    return isHostile;
  }

  Profile profile() {
    return profile;
  }

  RandomGenerator random() {
    return random;
  }

  Agenda agenda() {
    return agenda;
  }

  Ledger ledger() {
    return ledger;
  }

  WorldFaults faults() {
    return faults;
  }

  Planted planted() {
    return planted;
  }

  Disk disk() {
    return disk;
  }

  Network network() {
    return network;
  }

  Operator operator() {
    return operator;
  }

  /// Which process runs now; null when none does.
  @Nullable Node node() {
    return node;
  }

  /// The how manieth process it is.
  int lives() {
    return lives;
  }

  Id channel() {
    return channel;
  }

  @Override
  public void close() {
    if (node != null) {
      node.end();
    }
    disk.close();
  }

  private static Cipher cipher() {
    String master = "a master key of tests only";
    return Cipher.open(master, Cipher.newKeyset(master, new SecureRandom()));
  }

  /// What a run came to.
  ///
  /// @param hash of everything that happened: equal for equal seeds
  record Outcome(Map<FaultPoint, Integer> fired, int crashes, int calls, long hash) {}

  private final class Trouble implements Disk.Trouble {

    @Override
    public boolean beforeCommit() throws SQLException {
      if (isHostile && random.nextDouble() < profile.commitFails) {
        trace("a commit fails");
        throw new SQLException("injected", null, random.nextBoolean() ? 13 : 5);
      }
      return planted.commits();
    }

    @Override
    public String rewrite(String sql) {
      return planted.rewrite(sql);
    }
  }
}
