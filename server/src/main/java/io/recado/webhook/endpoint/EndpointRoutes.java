package io.recado.webhook.endpoint;

import io.recado.access.AuditLog;
import io.recado.access.AuditStamp;
import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.page.Page;
import io.recado.http.page.PageTokens;
import io.recado.http.page.Position;
import io.recado.http.request.Caller;
import io.recado.http.request.Fields;
import io.recado.http.request.IdempotentAnswers;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.http.request.Role;
import io.recado.journal.Id;
import io.recado.journal.Ids;
import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.webhook.WebhookSecret;
import io.recado.webhook.endpoint.WebhookEndpoint.State;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// `/v1/webhookEndpoints`: make, list, get, change and delete endpoints, give them new secrets,
/// enable them.
public final class EndpointRoutes implements RouteSource {

  private static final Page.Sizes SIZES = Page.Sizes.lowered(50, 100);
  private static final String COLLECTION = "/v1/webhookEndpoints";
  private static final String ONE = "/v1/webhookEndpoints/{webhookEndpointId}";

  private final Endpoints endpoints;
  private final Storage storage;
  private final Ids ids;
  private final RandomGenerator random;
  private final AuditLog auditLog;
  private final Function<String, Optional<String>> urlFault;

  /// @param random a source fit for secrets
  /// @param urlFault what is wrong with a URL, as a sentence
  public EndpointRoutes(
      Endpoints endpoints,
      Storage storage,
      Ids ids,
      RandomGenerator random,
      AuditLog auditLog,
      Function<String, Optional<String>> urlFault) {
    this.endpoints = endpoints;
    this.storage = storage;
    this.ids = ids;
    this.random = random;
    this.auditLog = auditLog;
    this.urlFault = urlFault;
  }

  /// How the routes read and change what is stored.
  public record Storage(
      Journal journal, ReadPool reads, IdempotentAnswers answers, PageTokens pageTokens) {}

  @Override
  public void addTo(Routes routes) {
    routes
        .post(COLLECTION, Role.ADMIN, this::create)
        .get(COLLECTION, Role.ADMIN, this::list)
        .get(ONE, Role.ADMIN, this::get)
        .patch(ONE, Role.ADMIN, this::patch)
        .delete(ONE, Role.ADMIN, this::delete)
        .post(ONE + ":rotateSecret", Role.ADMIN, this::rotateSecret)
        .post(ONE + ":enable", Role.ADMIN, this::enable);
  }

  private Response create(Request request) {
    Caller caller = request.requireCaller();
    AuditStamp stamp = auditLog.stamp(caller);
    Fields body = request.fields();
    EndpointDraft draft = fields(caller.workspace()).draft(body);
    body.check();
    var endpoint =
        new WebhookEndpoint(
            0,
            caller.workspace(),
            ids.next(),
            draft.url(),
            draft.types(),
            draft.channels(),
            draft.state(),
            null,
            draft.state() == State.DISABLED ? stamp.time() : null,
            SigningSecret.first(random),
            stamp.time(),
            stamp.time());
    return storage
        .answers()
        .commit(
            request,
            new CreateEndpoint(endpoints, endpoint, stamp).answering(EndpointJson::withSecret));
  }

  private Response list(Request request) {
    Page page = storage.pageTokens().page(request, SIZES);
    Id before = page.after().map(position -> position.id(0)).orElse(null);
    long workspace = request.requireCaller().workspace();
    return Response.ok(
        storage
            .reads()
            .read(
                reads -> {
                  List<WebhookEndpoint> found =
                      endpoints.store().page(reads, workspace, before, page.limit());
                  return page.answer(
                      "webhookEndpoints",
                      found,
                      endpoint -> EndpointJson.of(reads, endpoint),
                      endpoint -> Position.of(endpoint.id()));
                }));
  }

  private Response get(Request request) {
    WebhookEndpoint endpoint = endpoint(request);
    return Response.ok(storage.reads().read(reads -> EndpointJson.of(reads, endpoint)));
  }

  private Response patch(Request request) {
    WebhookEndpoint endpoint = endpoint(request);
    Fields body = request.fields();
    UnaryOperator<EndpointDraft> patch =
        fields(endpoint.workspace()).patch(body, request.parameter("updateMask"));
    body.check();
    return update(request, endpoint, patch);
  }

  private Response enable(Request request) {
    WebhookEndpoint endpoint = endpoint(request);
    request.fields().check();
    return update(request, endpoint, draft -> draft.withState(State.ENABLED));
  }

  private Response update(
      Request request, WebhookEndpoint endpoint, UnaryOperator<EndpointDraft> patch) {
    AuditStamp stamp = auditLog.stamp(request.requireCaller());
    return storage
        .answers()
        .commit(
            request,
            new UpdateEndpoint(endpoints, endpoint, patch, stamp).answering(EndpointJson::of));
  }

  private Response delete(Request request) {
    AuditStamp stamp = auditLog.stamp(request.requireCaller());
    storage.journal().commit(new DeleteEndpoint(endpoints, endpoint(request), stamp));
    return Response.none();
  }

  private Response rotateSecret(Request request) {
    WebhookEndpoint endpoint = endpoint(request);
    request.fields().check();
    AuditStamp stamp = auditLog.stamp(request.requireCaller());
    return storage
        .answers()
        .commit(
            request,
            new RotateSecret(endpoints, endpoint, WebhookSecret.create(random), stamp)
                .answering(EndpointJson::withSecret));
  }

  private WebhookEndpoint endpoint(Request request) {
    return endpoints.require(request.requireCaller().workspace(), request.id("webhookEndpointId"));
  }

  private EndpointFields fields(long workspace) {
    return new EndpointFields(id -> endpoints.channelKey(workspace, id).isPresent(), urlFault);
  }
}
