package io.recado.testing;

import io.recado.access.AuditLog;
import io.recado.channel.ChannelRoutes;
import io.recado.channel.ChannelStore;
import io.recado.channel.Channels;
import io.recado.channel.Connectors;
import io.recado.connector.Connector.SessionContext;
import io.recado.connector.ProviderHttp;
import io.recado.connector.whatsapp.WhatsAppConnector;
import io.recado.event.EventStore;
import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.Routes.Route;
import io.recado.http.page.PageTokens;
import io.recado.http.request.ApiError;
import io.recado.http.request.Caller;
import io.recado.http.request.IdempotentAnswers;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.http.request.Role;
import io.recado.journal.Cipher;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.Ids;
import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.message.WithdrawMessages;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// The parts below and around channels on a real database, with routes that are called without a
/// network. Requests are written as `POST /v1/channels`.
public final class TestServer implements AutoCloseable {

  /// The workspace of the usual caller.
  public static final long WORKSPACE = 1;

  private static final Id KEY = Id.parse("0123456789abcdef01234567");

  public final SettableClock clock = SettableClock.standing();
  public final CarrierPigeons pigeons = new CarrierPigeons();
  public final TestDatabase database;
  public final Journal journal;
  public final ReadPool reads;
  public final Cipher cipher;
  public final Ids ids;
  public final Connectors connectors;
  public final ChannelStore channelStore;
  public final Channels channels;
  public final PageTokens pageTokens;
  public final IdempotentAnswers answers;
  private final Routes routes = new Routes();

  /// A server on an empty database.
  public TestServer(Dialect engine) {
    this(TestDatabase.on(engine));
  }

  /// A server on a database, which is closed with it.
  public TestServer(TestDatabase database) {
    this.database = database;
    journal = new Journal(database.database(), (_, _) -> {}, _ -> {});
    reads = new ReadPool(database.database(), 2);
    var random = new SecureRandom();
    String master = "a master key of tests only";
    cipher = Cipher.open(master, Cipher.newKeyset(master, random));
    ids = new Ids(clock, random);
    connectors = new Connectors(List.of(pigeons, new WhatsAppConnector("http://localhost:9")));
    channelStore = new ChannelStore(cipher, connectors);
    channels = newChannels();
    pageTokens = new PageTokens(cipher);
    answers = new IdempotentAnswers(journal, reads, cipher, clock);
    add(
        new ChannelRoutes(
            channels,
            connectors,
            new ChannelRoutes.Storage(
                journal,
                reads,
                answers,
                pageTokens,
                new WithdrawMessages((_, _, message) -> settled.add(message))),
            ids,
            new AuditLog(ids, clock),
            () -> "https://recado.example.com"));
  }

  /// The messages that were settled because their channel was deleted.
  public final List<Id> settled = new CopyOnWriteArrayList<>();

  /// What another node on the same database knows.
  public Channels newChannels() {
    return new Channels(
        channelStore, reads, connectors, new SessionContext(new ProviderHttp(), clock));
  }

  /// Adds a feature's routes.
  public void add(RouteSource source) {
    source.addTo(routes);
  }

  /// Calls a route as an admin of [#WORKSPACE].
  ///
  /// @param request method, path and query
  /// @param body JSON, also with apostrophes for quotation marks; empty for none
  public Response call(String request, String body) {
    return call(new Caller(WORKSPACE, KEY, Role.ADMIN, Set.of()), request, body, Map.of());
  }

  /// Calls a route.
  public Response call(Caller caller, String request, String body, Map<String, String> headers) {
    String[] line = request.split(" ", 2);
    String[] target = line[1].split("\\?", 2);
    Map<String, String> query = target.length == 2 ? query(target[1]) : Map.of();
    for (Route route : routes.all()) {
      Optional<Map<String, String>> variables = match(route.template(), target[0]);
      if (route.method().equals(line[0]) && variables.isPresent()) {
        return handle(
            route,
            new Request(
                line[0],
                route.template(),
                variables.get(),
                query,
                headers::get,
                body.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                caller));
      }
    }
    throw new AssertionError("there is no route for " + request);
  }

  /// As [#call], for what must be answered with JSON.
  public JsonObject json(String request, String body) {
    return Json.readObject(call(request, body).body());
  }

  /// The refusal of a call.
  public ApiError refusal(String request, String body) {
    try {
      Response answer = call(request, body);
      throw new AssertionError(
          "was not refused: " + new String(answer.body(), StandardCharsets.UTF_8));
    } catch (ApiError e) {
      return e;
    }
  }

  /// Who calls for a workspace, with a key for some channels or, with none, for all.
  public static Caller caller(long workspace, Id... channels) {
    return new Caller(workspace, KEY, Role.ADMIN, Set.of(channels));
  }

  /// The types and changes of all events of [#WORKSPACE], oldest first.
  public List<String> events() {
    return reads.read(
        r ->
            EventStore.after(r, WORKSPACE, 0, 1_000).stream()
                .map(
                    logged ->
                        logged.event().type().wireName() + " " + Json.text(logged.event().change()))
                .toList());
  }

  @Override
  public void close() {
    journal.close();
    reads.close();
    database.close();
  }

  private static Response handle(Route route, Request request) {
    try {
      return route.handler().handle(request);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new HashMap<>();
    for (String pair : text.split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    return query;
  }

  private static Optional<Map<String, String>> match(String template, String path) {
    String[] expected = template.split("(?=[/:])");
    String[] given = path.split("(?=[/:])");
    if (expected.length != given.length) {
      return Optional.empty();
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < expected.length; i++) {
      if (expected[i].startsWith("/{")) {
        variables.put(expected[i].substring(2, expected[i].length() - 1), given[i].substring(1));
      } else if (!expected[i].equals(given[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }
}
