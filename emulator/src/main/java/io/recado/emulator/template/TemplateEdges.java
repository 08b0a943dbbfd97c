package io.recado.emulator.template;

import io.recado.emulator.account.Account;
import io.recado.emulator.graph.Call;
import io.recado.emulator.graph.GraphError;
import io.recado.emulator.graph.GraphRoutes;
import io.recado.emulator.graph.Json;
import io.recado.emulator.graph.Node;
import io.recado.emulator.graph.Params;
import io.recado.emulator.graph.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// Creates, edits and deletes templates.
public final class TemplateEdges {
  private static final int MAX_NAMES = 250;
  private static final int MAX_CREATIONS_AN_HOUR = 100;
  private static final Set<String> EDITABLE = Set.of("APPROVED", "REJECTED", "PAUSED");

  private final Templates templates;
  private final TemplateReview review;
  private final InstantSource clock;
  private final Map<String, Deque<Long>> creations = new ConcurrentHashMap<>();

  public TemplateEdges(Templates templates, TemplateReview review, InstantSource clock) {
    this.templates = templates;
    this.review = review;
    this.clock = clock;
  }

  /// @param accounts finds an account by its id
  public void addTo(GraphRoutes routes, Function<String, java.util.Optional<Account>> accounts) {
    routes.put(
        id ->
            templates
                .findOwner(id)
                .flatMap(accounts)
                .map(account -> new Node(Node.Kind.TEMPLATE, account)));
    routes.put(Node.Kind.ACCOUNT, "POST", "message_templates", this::create);
    routes.put(Node.Kind.ACCOUNT, "DELETE", "message_templates", this::delete);
    routes.put(Node.Kind.TEMPLATE, "POST", "", this::edit);
  }

  private Reply create(Call call) {
    ObjectNode body = call.json();
    TemplateRules.checkNew(body);
    checkLimits(call.account(), body.path("name").asString(""));
    String status = TemplateReview.firstStatus(body.path("name").asString(""));
    Template template = templates.add(call.account(), body, status, clock.millis());
    review.begin(call.account(), template);
    return Reply.ok(
        Json.object()
            .put("id", template.id())
            .put("status", status)
            .put("category", template.category()));
  }

  private void checkLimits(Account account, String name) {
    List<String> names =
        templates.all(account).stream().map(each -> each.key().name()).distinct().toList();
    if (names.size() >= MAX_NAMES && !names.contains(name)) {
      throw TemplateRules.refuse(
          2388019,
          "Message template limit exceeded",
          "An account has at most " + MAX_NAMES + " template names.");
    }
    Deque<Long> times = creations.computeIfAbsent(account.id(), _ -> new ArrayDeque<>());
    synchronized (times) {
      long hourAgo = clock.millis() - Duration.ofHours(1).toMillis();
      while (!times.isEmpty() && times.peek() < hourAgo) {
        times.poll();
      }
      if (times.size() >= MAX_CREATIONS_AN_HOUR) {
        throw GraphError.of(
            80008, "At most " + MAX_CREATIONS_AN_HOUR + " templates can be created an hour.");
      }
      times.add(clock.millis());
    }
  }

  private Reply edit(Call call) {
    Template template = require(call);
    ObjectNode body = call.json();
    Params.graph(body)
        .only(
            Set.of(
                "category",
                "components",
                "parameter_format",
                "message_send_ttl_seconds",
                "allow_category_change"));
    checkEditable(template);
    ObjectNode merged = template.json().deepCopy();
    merged.setAll(body);
    TemplateRules.checkContents(Params.graph(merged));
    Template edited =
        templates.change(
            call.account(), template.key(), each -> each.edited(merged, clock.millis()));
    if (edited != null) {
      review.begin(call.account(), edited);
    }
    return Reply.success();
  }

  private void checkEditable(Template template) {
    if (!EDITABLE.contains(template.status())) {
      throw GraphError.of(
          100,
          "A template that is "
              + template.status()
              + " cannot be edited, only "
              + String.join(", ", EDITABLE.stream().sorted().toList())
              + ".");
    }
    long dayAgo = clock.millis() - Duration.ofDays(1).toMillis();
    long monthAgo = clock.millis() - Duration.ofDays(30).toMillis();
    List<Long> edits = template.edits();
    boolean tooMany =
        edits.stream().anyMatch(at -> at > dayAgo)
            || edits.stream().filter(at -> at > monthAgo).count() >= 10;
    if (template.status().equals("APPROVED") && tooMany) {
      throw GraphError.of(
          100, "An approved template can be edited once a day and ten times in 30 days.");
    }
  }

  private Reply delete(Call call) {
    String name = call.query("name").orElseThrow(() -> Params.graph(Json.object()).missing("name"));
    List<Template> named =
        templates.all(call.account()).stream()
            .filter(each -> each.key().name().equals(name))
            .filter(each -> call.query("hsm_id").map(each.id()::equals).orElse(true))
            .toList();
    if (named.isEmpty()) {
      throw TemplateRules.refuse(
          2593002, "Message template not found", "There is no template " + name + " of that id.");
    }
    for (Template template : named) {
      templates.delete(call.account(), template, clock.millis());
      review.tell(call.account(), template, "DELETED");
    }
    return Reply.success();
  }

  private Template require(Call call) {
    return templates
        .findById(call.account(), call.id())
        .orElseThrow(() -> GraphError.unknownObject(call.method(), call.id()));
  }
}
