package io.recado.prove.world;

import io.recado.prove.check.Complaints;
import io.recado.prove.check.Evidence;
import io.recado.prove.check.Listed;
import io.recado.prove.check.Told;
import io.recado.prove.ledger.ProviderCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Waits until a world is quiet, and collects what there is to know about it.
public final class Harvest {

  private static final Duration QUIET = Duration.ofMillis(1_500);
  private static final Duration STEP = Duration.ofMillis(100);

  private final World world;
  private final EventReader events;
  private final List<ProviderCall> provider = new ArrayList<>();
  private long lastArrival;

  public Harvest(World world) {
    this.world = world;
    this.events = new EventReader(world);
  }

  /// Whether the provider's callbacks that found no server are brought now, or when they are due.
  public enum Callbacks {
    HURRIED,
    WHEN_DUE
  }

  /// Waits until nothing is on its way, on any side, and nothing has been for a while; or until
  /// what is on its way has not become less for too long, so that what is stuck is found by the
  /// comparison and what is only late is not taken for lost.
  ///
  /// @param patience how long it may not become less
  /// @return how long it took
  public Duration settle(Callbacks callbacks, Duration patience) {
    long start = System.nanoTime();
    long quietSince = start;
    long lessSince = start;
    long least = Long.MAX_VALUE;
    long delivered = -1;
    while (System.nanoTime() - lessSince < patience.toNanos()) {
      JsonNode told = world.provider().get("/_emulator/callbacks");
      long left =
          told.path("waiting").asLong()
              + told.path("redelivering").asLong()
              + unfinished()
              + events.missing();
      boolean isMoving = left > 0 || told.path("delivered").asLong() != delivered;
      delivered = told.path("delivered").asLong();
      if (left < least) {
        least = left;
        lessSince = System.nanoTime();
      }
      if (isMoving) {
        quietSince = System.nanoTime();
      } else if (System.nanoTime() - quietSince > QUIET.toNanos()) {
        break;
      }
      if (callbacks == Callbacks.HURRIED && told.path("redelivering").asLong() > 0) {
        world.emulator().advance(Duration.ofMinutes(2));
      }
      Pause.of(STEP);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /// How many messages wait, are in flight or in doubt, by the channels' own queues.
  public int unfinished() {
    int sum = 0;
    for (String channel : world.channels()) {
      JsonNode queue = world.api().get("/v1/" + channel).path("queue");
      sum +=
          queue.path("waiting").asInt()
              + queue.path("inFlight").asInt()
              + queue.path("inDoubt").asInt();
    }
    return sum;
  }

  /// Collects everything, and stops the server to look at its database.
  ///
  /// @param areReceiptsTold whether the provider's receipts have come
  public Evidence collect(boolean areReceiptsTold) {
    List<ProviderCall> provider = provider(areReceiptsTold);
    Map<String, List<Listed>> listed = listed(provider);
    List<List<String>> inbox = inbox();
    Told told = events.told();
    world.server().stop();
    return new Evidence(
        world.calls().entries(),
        provider,
        world.written().entries(),
        listed,
        inbox,
        told,
        new Complaints(world.database().damages(), leaks()));
  }

  /// The conversations of each channel by the clients' names, in the order of its list.
  private List<List<String>> inbox() {
    Map<String, String> labels =
        world.lines().stream().collect(Collectors.toMap(Line::name, Line::label));
    return world.channels().stream()
        .map(
            channel ->
                world.api().all("/v1/" + channel + "/conversations", "conversations").stream()
                    .map(each -> each.path("name").asString())
                    .map(name -> labels.getOrDefault(name, name))
                    .toList())
        .toList();
  }

  /// What reached the provider.
  public List<ProviderCall> provider(boolean areReceiptsTold) {
    readProvider();
    return areReceiptsTold
        ? List.copyOf(provider)
        : provider.stream().map(ProviderCall::withoutReceipts).toList();
  }

  /// Reads what has reached the provider since this was called last. To be called now and then in a
  /// long run, since the emulator keeps the latest calls only.
  ///
  /// @throws CannotRun when it has forgotten some meanwhile
  public void readProvider() {
    List<JsonNode> page;
    do {
      JsonNode answer = world.provider().get("/_emulator/calls?limit=10000&after=" + lastArrival);
      page = answer.path("calls").valueStream().toList();
      if (answer.path("forgotten").asLong() > lastArrival) {
        throw new CannotRun("The emulator has forgotten calls before they were looked at.");
      }
      for (JsonNode call : page) {
        lastArrival = call.path("arrival").asLong();
        if (call.path("type").asString().equals("text")) {
          provider.add(read(call));
        }
      }
    } while (!page.isEmpty());
  }

  private static ProviderCall read(JsonNode call) {
    return new ProviderCall(
        call.path("arrival").asLong(),
        call.path("to").asString().replace("+", ""),
        call.at("/payload/text/body").asString(""),
        call.path("wamid").asString(null),
        call.path("refusedWith").isNumber() ? call.path("refusedWith").asInt() : null,
        call.path("receipts").valueStream().map(JsonNode::asString).toList(),
        Instant.parse(call.path("time").asString()));
  }

  /// What the API lists, oldest first, by the clients' name of the conversation.
  public Map<String, List<Listed>> listed(List<ProviderCall> provider) {
    return listed(world.api(), provider);
  }

  /// What another server lists of this world's conversations.
  public Map<String, List<Listed>> listed(Api api, List<ProviderCall> provider) {
    Map<String, Long> accepts =
        provider.stream()
            .filter(ProviderCall::isAccepted)
            .collect(Collectors.groupingBy(ProviderCall::text, Collectors.counting()));
    Map<String, List<Listed>> listed = new LinkedHashMap<>();
    for (Line line : world.lines()) {
      List<Listed> messages = new ArrayList<>();
      for (JsonNode json : api.all("/v1/" + line.name() + "/messages", "messages")) {
        Listed message = message(json);
        boolean isRepeated = accepts.getOrDefault(message.text(), 0L) > 1;
        messages.add(isRepeated ? message.withDoubts(doubts(message.name())) : message);
      }
      listed.put(line.label(), messages.reversed());
    }
    return listed;
  }

  private static Listed message(JsonNode json) {
    var times =
        new Listed.Times(
            Instant.parse(json.path("createTime").asString()),
            time(json, "sentTime"),
            time(json, "deliveredTime"),
            time(json, "readTime"),
            time(json, "failedTime"));
    return new Listed(
        json.path("name").asString(),
        json.path("direction").asString().equals("OUTBOUND"),
        json.path("text").asString(""),
        json.path("status").asString(),
        json.at("/error/reason").asString(""),
        times,
        0);
  }

  private static @Nullable Instant time(JsonNode json, String field) {
    return json.has(field) ? Instant.parse(json.path(field).asString()) : null;
  }

  /// The steps of a message's timeline.
  public List<JsonNode> timeline(String message) {
    return world.api().get("/v1/" + message + "/timeline").path("steps").valueStream().toList();
  }

  private int doubts(String message) {
    return (int)
        timeline(message).stream()
            .filter(step -> step.path("outcome").asString("").equals("IN_DOUBT"))
            .count();
  }

  private List<String> leaks() {
    List<String> secrets = world.secrets();
    try (Stream<String> lines = Files.lines(world.log())) {
      return lines.filter(line -> secrets.stream().anyMatch(line::contains)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
