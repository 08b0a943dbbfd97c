package io.recado.prove.world;

import io.recado.emulator.Emulator;
import io.recado.emulator.EmulatorOptions;
import io.recado.prove.fault.FaultProxy;
import io.recado.prove.ledger.ClientCall;
import io.recado.prove.ledger.Ledger;
import io.recado.prove.ledger.Written;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A server with everything around it: a database, a provider behind a breakable network, channels,
/// conversations with open windows, and ledgers.
public final class World implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Plan plan;
  private final Path log;
  private final Canary canary;
  private final Emulator emulator;
  private final FaultProxy network;
  private final Database database;
  private final Map<String, String> settings = new HashMap<>();
  private final Api provider;
  private final Ledger<ClientCall> calls = new Ledger<>();
  private final Ledger<Written> written = new Ledger<>();
  private final Receivers receivers = new Receivers();
  private final List<String> channels = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private String operatorKey = "";
  private ServerProcess server;
  private Api api;

  private World(Plan plan) {
    this.plan = plan;
    this.log = plan.work().resolve("server.log");
    this.canary = Canary.from(new Random(plan.seed()));
    this.emulator = Emulator.start(EmulatorOptions.standard().withSeed(plan.seed()));
    this.network = FaultProxy.before(emulator.port());
    this.database = Database.create(plan.engine(), data());
    int port = FreePort.take();
    settings.putAll(database.settings());
    settings.put("RECADO_HOST", "127.0.0.1");
    settings.put("RECADO_PORT", Integer.toString(port));
    settings.put("RECADO_DATA", data().toString());
    settings.put("RECADO_ADMIN_KEY", canary.adminKey());
    settings.put("RECADO_WEBHOOK_ALLOW", "127.0.0.0/8");
    settings.put("RECADO_WHATSAPP_BASE_URL", network.url());
    this.api = new Api(address(), canary.adminKey());
    this.provider = new Api(emulator.url(), "");
  }

  /// Makes one; returns when every conversation may be sent to.
  ///
  /// @throws CannotRun when the server does not start or does not do as its API says
  public static World make(Plan plan) {
    var world = new World(plan);
    try {
      world.makeWorkspace();
      world.furnish();
      return world;
    } catch (RuntimeException e) {
      world.close();
      throw e;
    }
  }

  /// The folder of the server's data.
  public Path data() {
    return plan.work().resolve("data");
  }

  public Path log() {
    return log;
  }

  public Api api() {
    return api;
  }

  public Emulator emulator() {
    return emulator;
  }

  /// Between the server and the provider.
  public FaultProxy network() {
    return network;
  }

  public ServerProcess server() {
    return server;
  }

  /// The settings with which the server starts.
  public Map<String, String> settings() {
    return Map.copyOf(settings);
  }

  public List<Line> lines() {
    return lines;
  }

  /// The server's names of its channels.
  public List<String> channels() {
    return channels;
  }

  public Ledger<ClientCall> calls() {
    return calls;
  }

  public Ledger<Written> written() {
    return written;
  }

  public Receivers receivers() {
    return receivers;
  }

  /// What no log may hold.
  List<String> secrets() {
    return List.of(canary.word(), canary.phonePrefix(), api.key());
  }

  Canary canary() {
    return canary;
  }

  Api provider() {
    return provider;
  }

  Database database() {
    return database;
  }

  /// Starts the server that was killed or stopped.
  public void restart() {
    server = ServerProcess.start(plan.launch(), settings, log);
  }

  /// The names of the server's fault points. It is not running afterwards.
  public List<String> faultPoints(Debugger debugger) {
    begin(debugger);
    List<String> points = debugger.points();
    server.kill();
    return points;
  }

  /// Kills the server, and starts it again to kill it where it comes to a fault point for the n-th
  /// time.
  ///
  /// @return false when it did not come there in time; it is killed all the same
  public boolean killAt(Debugger debugger, String point, int times, Duration patience) {
    begin(debugger);
    boolean isThere = debugger.runTo(point, times, patience);
    server.kill();
    return isThere;
  }

  private void begin(Debugger debugger) {
    server.kill();
    server = ServerProcess.begin(plan.launch().with(debugger.option()), settings, log);
  }

  /// A server over another data folder, which reaches no provider.
  ///
  /// @throws CannotRun when it refuses to start
  public ServerProcess open(Path folder, int port) {
    Map<String, String> others = new HashMap<>(settings);
    others.put("RECADO_DATA", folder.toString());
    others.put("RECADO_PORT", Integer.toString(port));
    // Nobody listens there, so nothing that is unfinished in it goes out.
    others.put("RECADO_WHATSAPP_BASE_URL", "http://127.0.0.1:1");
    return ServerProcess.start(plan.launch(), others, plan.work().resolve("copies.log"));
  }

  /// Lets clients send and people write from now on.
  public Traffic startTraffic() {
    var traffic = new Traffic(this, calls, written);
    traffic.start(plan.load(), plan.seed());
    return traffic;
  }

  /// Lets a crowd send from now on, in as many conversations as it has heads, the first of all.
  ///
  /// @param first the number of each one's first message, higher than all before it
  public Crowd startCrowd(int heads, int first) {
    return new Crowd(this, lines.subList(0, heads), first);
  }

  /// Lets a person write a text, which the provider tells so many times.
  public void writeWithId(Line line, int number, int times) {
    String id = "wamid.%s%06d".formatted(canary.word(), number);
    String text = "s-%06d-%s".formatted(number, canary.word());
    written.add(new Written(id, line.phone(), text));
    for (int i = 0; i < times; i++) {
      emulator.receiveInbound(
          """
          {"phoneNumberId": "%s", "from": "%s",
           "message": {"id": "%s", "type": "text", "text": {"body": "%s"}}}\
          """
              .formatted(line.numberId(), line.phone(), id, text));
    }
  }

  /// Lets a person write something that is no text and nothing else that is known.
  public void writeUnreadable(Line line, int number) {
    String id = "wamid.%sx%06d".formatted(canary.word(), number);
    written.add(new Written(id, line.phone(), ""));
    emulator.receiveInbound(
        """
        {"phoneNumberId": "%s", "from": "%s",
         "message": {"id": "%s", "type": "text", "text": {"body": [17, null]}, "odd": {"": []}}}\
        """
            .formatted(line.numberId(), line.phone(), id));
  }

  /// Lets a person write.
  ///
  /// @return the provider's id of it
  public String write(Line line, String text) {
    return emulator.receiveInbound(
        "{\"phoneNumberId\": \"%s\", \"from\": \"%s\", \"text\": \"%s\"}"
            .formatted(line.numberId(), line.phone(), text));
  }

  /// Everything happens in a workspace that is not the first one, so that a start must look after
  /// the others too.
  private void makeWorkspace() {
    restart();
    server.stop();
    operatorKey =
        ServerProcess.output(plan.launch(), settings, "keys", "create", "--role=OPERATOR");
    restart();
    api.close();
    api = makeWorkspace("Proved");
  }

  /// Another workspace's API, with its first admin key.
  Api makeWorkspace(String displayName) {
    try (var operator = new Api(address(), operatorKey)) {
      String body = "{\"displayName\": \"%s\"}".formatted(displayName);
      JsonNode made = operator.ok("POST", "/v1/workspaces", body);
      return new Api(address(), made.path("adminKey").asString());
    }
  }

  /// Where the server listens.
  public String address() {
    return "http://127.0.0.1:" + settings.get("RECADO_PORT");
  }

  private void furnish() {
    emulator.behave(plan.behaviour());
    receivers.add(api, Set.of(), Set.of());
    receivers.add(api, Set.of("message.received", "message.failed"), Set.of());
    List<String> accounts = new ArrayList<>();
    for (int i = 0; i < plan.load().channels(); i++) {
      JsonNode channel = api.ok("POST", "/v1/channels", channelBody(i));
      channels.add(channel.path("name").asString());
      accounts.add(account(i));
    }
    receivers.add(api, Set.of(), Set.of(channels.getFirst()));
    emulator.configure("{\"accounts\": [" + String.join(",", accounts) + "]}");
    for (int i = 0; i < plan.load().conversations(); i++) {
      lines.add(openLine(i));
    }
    for (Line line : lines) {
      String text = "hola-" + line.label() + "-" + canary.word();
      written.add(new Written(write(line, text), line.phone(), text));
    }
    boolean areOpen = Pause.until(this::areOpen, PATIENCE);
    if (!areOpen) {
      throw new CannotRun("The people's first messages did not arrive; see " + log + ".");
    }
  }

  private boolean areOpen() {
    return channels.stream()
            .flatMap(name -> api.all("/v1/" + name + "/conversations", "conversations").stream())
            .filter(conversation -> conversation.has("serviceWindow"))
            .count()
        == lines.size();
  }

  private String channelBody(int number) {
    return """
    {"type": "WHATSAPP", "inDoubt": %s, "whatsapp": {
     "phoneNumberId": "%s", "businessAccountId": "2001002001%03d",
     "accessToken": "%s", "appSecret": "%s", "verifyToken": "%s",
     "messagesPerSecond": null, "recipientLimit": null}}\
    """
        .formatted(
            plan.inDoubt().get(number % plan.inDoubt().size()),
            numberId(number),
            number,
            canary.accessToken(),
            canary.appSecret(),
            canary.verifyToken());
  }

  private String account(int number) {
    String channel = channels.get(number);
    return """
    {"businessAccountId": "2001002001%03d", "accessToken": "%s", "appSecret": "%s",
     "verifyToken": "%s", "phoneNumberId": "%s",
     "callbackUrl": "%s/providers/whatsapp/%s"}\
    """
        .formatted(
            number,
            canary.accessToken(),
            canary.appSecret(),
            canary.verifyToken(),
            numberId(number),
            address(),
            channel.substring(channel.lastIndexOf('/') + 1));
  }

  private Line openLine(int number) {
    int at = number % channels.size();
    String body = "{\"contact\": {\"phoneNumber\": \"+%s\"}}".formatted(canary.phone(number));
    String name =
        api.ok("POST", "/v1/" + channels.get(at) + "/conversations", body).path("name").asString();
    return new Line("c" + number, name, channels.get(at), canary.phone(number), numberId(at));
  }

  private static String numberId(int number) {
    return "3001003001%03d".formatted(number);
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    receivers.close();
    network.close();
    emulator.close();
    api.close();
    provider.close();
    database.close();
  }
}
