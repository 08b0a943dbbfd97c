package io.recado.emulator.control;

import io.recado.emulator.behaviour.Behaviour;
import io.recado.emulator.behaviour.BehaviourJson;
import io.recado.emulator.callback.CallbackCounts;
import io.recado.emulator.callback.Callbacks;
import io.recado.emulator.graph.Json;
import io.recado.emulator.graph.Reply;
import io.recado.emulator.graph.Request;
import io.recado.emulator.message.Ledger;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/// Answers the paths below `/_emulator/`, to callers on the same machine only.
public final class ControlRoutes {
  private static final Set<String> PATHS =
      Set.of(
          "messages", "calls", "inbound", "behaviour", "clock", "config", "templates", "callbacks");

  private final Setup setup;
  private final People people;
  private final TemplateControl templates;
  private final Ledger ledger;
  private final Callbacks callbacks;
  private final AtomicReference<Behaviour> behaviour;
  private final Consumer<Duration> advance;

  /// @param advance moves the clock
  public ControlRoutes(
      Setup setup,
      People people,
      TemplateControl templates,
      Ledger ledger,
      Callbacks callbacks,
      AtomicReference<Behaviour> behaviour,
      Consumer<Duration> advance) {
    this.setup = setup;
    this.people = people;
    this.templates = templates;
    this.ledger = ledger;
    this.callbacks = callbacks;
    this.behaviour = behaviour;
    this.advance = advance;
  }

  public Reply answer(Request request) {
    if (!request.fromLoopback()) {
      return refuse(403, "The control paths answer callers on the same machine only.");
    }
    List<String> segments = request.segments();
    String path = segments.size() == 2 ? segments.get(1) : "";
    try {
      return route(request, path);
    } catch (IllegalArgumentException e) {
      String sentence = e.getMessage();
      return refuse(400, sentence == null ? "The request cannot be read." : sentence);
    }
  }

  private Reply route(Request request, String path) {
    return switch (request.method() + " " + path) {
      case "GET messages" -> list(request, "messages", entry -> entry.decision().wamid() != null);
      case "GET calls" -> list(request, "calls", _ -> true);
      case "DELETE messages", "DELETE calls" -> forget();
      case "POST inbound" -> Reply.ok(Json.object().put("wamid", people.write(json(request))));
      case "GET behaviour" -> Reply.ok(BehaviourJson.write(behaviour.get()));
      case "PUT behaviour" -> changeBehaviour(json(request));
      case "POST clock" -> advanceClock(json(request));
      case "GET config" -> Reply.ok(setup.describe());
      case "PUT config" -> Reply.ok(setup.configure(json(request)));
      case "POST templates" -> Reply.ok(templates.setStatus(json(request)));
      case "GET callbacks" -> Reply.ok(describe(callbacks.counts()));
      default ->
          PATHS.contains(path)
              ? refuse(405, request.method() + " is not possible on /_emulator/" + path + ".")
              : refuse(
                  404,
                  "There is no such control path; there are "
                      + String.join(", ", PATHS.stream().sorted().toList())
                      + ".");
    };
  }

  private static ObjectNode json(Request request) {
    return Json.findObject(request.body())
        .orElseThrow(() -> new IllegalArgumentException("The body must be a JSON object."));
  }

  private static Reply refuse(int status, String sentence) {
    return Reply.json(status, Json.object().put("error", sentence));
  }

  private Reply list(Request request, String key, Predicate<Ledger.Entry> which) {
    long after = whole(request, "after", 0);
    int limit = (int) Math.min(whole(request, "limit", Ledger.MAX_ENTRIES), Ledger.MAX_ENTRIES);
    Ledger.Page page = ledger.list(after, limit, which);
    byte[] body = LedgerJson.write(page, key, key.equals("calls"));
    return new Reply(200, "application/json; charset=UTF-8", body);
  }

  private static long whole(Request request, String name, long standard) {
    String text = request.query(name).orElse(Long.toString(standard));
    if (!text.matches("[0-9]{1,15}")) {
      throw new IllegalArgumentException(name + " must be a whole number, not below 0.");
    }
    return Long.parseLong(text);
  }

  private Reply forget() {
    ledger.clear();
    return Reply.success();
  }

  private Reply changeBehaviour(ObjectNode change) {
    Behaviour changed = behaviour.updateAndGet(current -> BehaviourJson.change(current, change));
    return Reply.ok(BehaviourJson.write(changed));
  }

  private Reply advanceClock(ObjectNode json) {
    String text = new ControlInput(json, "clock").only(Set.of("advance")).text("advance");
    try {
      advance.accept(Duration.parse(text));
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "advance must be a duration such as \"PT25H\" or \"PT30S\".", e);
    }
    return Reply.success();
  }

  private static ObjectNode describe(CallbackCounts counts) {
    return Json.object()
        .put("waiting", counts.waiting())
        .put("redelivering", counts.redelivering())
        .put("delivered", counts.delivered())
        .put("failed", counts.failed())
        .put("dropped", counts.dropped());
  }
}
