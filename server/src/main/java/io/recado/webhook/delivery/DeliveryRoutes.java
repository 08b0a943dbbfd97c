package io.recado.webhook.delivery;

import io.recado.access.AuditLog;
import io.recado.feed.EventIds;
import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.page.Page;
import io.recado.http.page.PageTokens;
import io.recado.http.page.Position;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Fields;
import io.recado.http.request.IdempotentAnswers;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.http.request.Role;
import io.recado.journal.Ids;
import io.recado.journal.ReadPool;
import io.recado.journal.Reads;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.webhook.cursor.Command.State;
import io.recado.webhook.delivery.AddReplay.Span;
import io.recado.webhook.endpoint.EndpointFields;
import io.recado.webhook.endpoint.Endpoints;
import io.recado.webhook.endpoint.StandingStore;
import io.recado.webhook.endpoint.StandingStore.Source;
import io.recado.webhook.endpoint.WebhookEndpoint;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `/v1/webhookEndpoints/{id}/deliveries` and what tells events again: `:test`, `:replay`,
/// `deliveries/{id}:retry`, `deliveries:retryFailed`.
public final class DeliveryRoutes implements RouteSource {

  private static final Page.Sizes SIZES = Page.Sizes.lowered(50, 100);
  private static final String ENDPOINT = "/v1/webhookEndpoints/{webhookEndpointId}";
  private static final String COLLECTION = ENDPOINT + "/deliveries";
  private static final String ONE = COLLECTION + "/{deliveryId}";

  private final Endpoints endpoints;
  private final Delivering delivering;
  private final Post post;
  private final Storage storage;
  private final AuditLog auditLog;
  private final Ids ids;
  private final InstantSource clock;

  /// Routes over these parts.
  public DeliveryRoutes(
      Endpoints endpoints,
      Delivering delivering,
      Post post,
      Storage storage,
      AuditLog auditLog,
      Ids ids,
      InstantSource clock) {
    this.endpoints = endpoints;
    this.delivering = delivering;
    this.post = post;
    this.storage = storage;
    this.auditLog = auditLog;
    this.ids = ids;
    this.clock = clock;
  }

  /// How the routes read and change what is stored.
  public record Storage(
      ReadPool reads, IdempotentAnswers answers, PageTokens pageTokens, EventIds eventIds) {}

  @Override
  public void addTo(Routes routes) {
    routes
        .get(COLLECTION, Role.ADMIN, this::list)
        .get(ONE, Role.ADMIN, this::get)
        .post(ONE + ":retry", Role.ADMIN, this::retry)
        .post(COLLECTION + ":retryFailed", Role.ADMIN, this::retryFailed)
        .post(ENDPOINT + ":replay", Role.ADMIN, this::replay)
        .post(ENDPOINT + ":test", Role.ADMIN, this::test);
  }

  private Response list(Request request) {
    WebhookEndpoint endpoint = endpoint(request);
    DeliveryFilter filter = DeliveryFilter.of(request);
    Page page = storage.pageTokens().page(request, SIZES);
    long before = page.after().map(position -> position.number(0)).orElse(Long.MAX_VALUE);
    return Response.ok(
        storage
            .reads()
            .read(
                reads -> {
                  List<Delivery> found =
                      DeliveryStore.page(
                          reads,
                          endpoint.workspace(),
                          endpoint.key(),
                          before,
                          page.limit(),
                          filter);
                  return page.answer(
                      "deliveries",
                      found,
                      one -> json(reads, endpoint, one),
                      one -> Position.of(one.position()));
                }));
  }

  private Response get(Request request) {
    WebhookEndpoint endpoint = endpoint(request);
    Delivery delivery = delivery(request, endpoint);
    return Response.ok(storage.reads().read(reads -> json(reads, endpoint, delivery)));
  }

  private Response retry(Request request) {
    WebhookEndpoint endpoint = enabled(request);
    Delivery delivery = delivery(request, endpoint);
    request.fields().check();
    requireKept(endpoint, delivery);
    JsonObject answer = storage.reads().read(reads -> json(reads, endpoint, delivery));
    if (delivery.state() == State.RETRYING) {
      delivering.dueNow(endpoint.key(), delivery.lane());
      return Response.ok(answer);
    }
    long position = delivery.position();
    return add(
        request, endpoint, "retry", new Span(position - 1, position, Set.of()), Source.LOG, answer);
  }

  private Response retryFailed(Request request) {
    WebhookEndpoint endpoint = enabled(request);
    request.fields().check();
    long workspace = endpoint.workspace();
    long oldest = storage.reads().read(r -> StandingStore.oldest(r, workspace));
    long head = storage.reads().read(r -> StandingStore.head(r, workspace));
    long failed =
        storage.reads().read(r -> DeliveryStore.countFailed(r, workspace, endpoint.key()));
    return add(
        request,
        endpoint,
        "retryFailed",
        new Span(failed == 0 ? head : oldest - 1, head, Set.of()),
        Source.FAILED,
        JsonObject.builder().with("deliveries", failed).build());
  }

  private Response replay(Request request) {
    WebhookEndpoint endpoint = enabled(request);
    Fields body = request.fields();
    body.require("startTime");
    Instant start = body.time("startTime").orElse(Instant.MIN);
    Instant end = body.time("endTime").orElse(null);
    if (end != null && !end.isAfter(start)) {
      body.violate("endTime", "INVALID_VALUE", "Must be after startTime.");
    }
    var types = EndpointFields.types(body, "types");
    body.check();
    long workspace = endpoint.workspace();
    Span span =
        storage
            .reads()
            .read(
                r ->
                    new Span(
                        StandingStore.before(r, workspace, start),
                        end == null
                            ? StandingStore.head(r, workspace)
                            : StandingStore.before(r, workspace, end),
                        types));
    boolean isEmpty = span.until() <= span.after();
    JsonObject answer =
        JsonObject.builder()
            .with("events", isEmpty ? 0 : span.until() - span.after())
            .with("firstEvent", isEmpty ? null : storage.eventIds().text(span.after() + 1))
            .with("lastEvent", isEmpty ? null : storage.eventIds().text(span.until()))
            .build();
    return add(request, endpoint, "replay", span, Source.LOG, answer);
  }

  private Response add(
      Request request,
      WebhookEndpoint endpoint,
      String action,
      Span span,
      Source source,
      JsonObject answer) {
    var stamp = auditLog.stamp(request.requireCaller());
    return storage
        .answers()
        .commit(
            request,
            new AddReplay(endpoint, action, span, source, stamp, delivering::replay, answer));
  }

  private Response test(Request request) {
    WebhookEndpoint endpoint = endpoint(request);
    request.fields().check();
    String id = "evt_test_" + ids.next();
    JsonObject body =
        JsonObject.builder()
            .with("id", id)
            .with("type", "webhookEndpoint.test")
            .with("timestamp", clock.instant().toString())
            .with(
                "data",
                JsonObject.builder()
                    .with(
                        "webhookEndpoint",
                        JsonObject.builder().with("name", endpoint.name()).build())
                    .build())
            .build();
    JsonObject trial = DeliveryJson.trial(post.send(endpoint, id, Json.write(body)));
    return storage.answers().commit(request, new KeepTrial(endpoint.workspace(), trial));
  }

  private JsonObject json(Reads reads, WebhookEndpoint endpoint, Delivery delivery) {
    return DeliveryJson.of(reads, endpoint, delivery, storage.eventIds());
  }

  private WebhookEndpoint endpoint(Request request) {
    return endpoints.require(request.requireCaller().workspace(), request.id("webhookEndpointId"));
  }

  private WebhookEndpoint enabled(Request request) {
    WebhookEndpoint endpoint = endpoint(request);
    if (!endpoint.isEnabled()) {
      throw ApiError.of(
          ErrorReason.WEBHOOK_ENDPOINT_DISABLED,
          "The endpoint is disabled; enable it first with :enable.",
          Map.of("resource", endpoint.name()));
    }
    return endpoint;
  }

  private Delivery delivery(Request request, WebhookEndpoint endpoint) {
    String id = request.variable("deliveryId");
    if (!EventIds.isId(id)) {
      throw ApiError.invalid(
          "deliveryId", "INVALID_VALUE", "A delivery has the id of its event, evt_ and 24 digits.");
    }
    var position = storage.eventIds().position(id);
    return storage
        .reads()
        .read(
            r ->
                position.isEmpty()
                    ? Optional.<Delivery>empty()
                    : DeliveryStore.find(
                        r, endpoint.workspace(), endpoint.key(), position.getAsLong()))
        .orElseThrow(() -> ApiError.notFound(endpoint.name() + "/deliveries/" + id));
  }

  private void requireKept(WebhookEndpoint endpoint, Delivery delivery) {
    long oldest = storage.reads().read(r -> StandingStore.oldest(r, endpoint.workspace()));
    if (delivery.position() < oldest) {
      throw ApiError.of(
          ErrorReason.EVENTS_EXPIRED,
          "The event is not kept any more, so it cannot be told again.");
    }
  }
}
