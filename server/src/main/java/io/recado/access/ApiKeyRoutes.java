package io.recado.access;

import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.page.Page;
import io.recado.http.page.PageTokens;
import io.recado.http.page.Position;
import io.recado.http.request.ApiError;
import io.recado.http.request.Caller;
import io.recado.http.request.IdempotentAnswers;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.http.request.Role;
import io.recado.journal.Id;
import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import java.util.List;
import java.util.function.Consumer;

/// `/v1/apiKeys`: make, list, get and revoke the workspace's keys. For admins.
public final class ApiKeyRoutes implements RouteSource {

  private static final Page.Sizes SIZES = Page.Sizes.lowered(50, 100);
  private static final String COLLECTION = "/v1/apiKeys";
  private static final String ONE = "/v1/apiKeys/{apiKeyId}";

  private final Journal journal;
  private final ReadPool reads;
  private final IdempotentAnswers answers;
  private final PageTokens pageTokens;
  private final Consumer<Id> revoked;
  private final AuditLog auditLog;
  private final NewKeys newKeys;

  /// Routes over these parts.
  ///
  /// @param revoked is told of each key that was revoked
  public ApiKeyRoutes(
      Journal journal,
      ReadPool reads,
      IdempotentAnswers answers,
      PageTokens pageTokens,
      Consumer<Id> revoked,
      AuditLog auditLog,
      NewKeys newKeys) {
    this.journal = journal;
    this.reads = reads;
    this.answers = answers;
    this.pageTokens = pageTokens;
    this.revoked = revoked;
    this.auditLog = auditLog;
    this.newKeys = newKeys;
  }

  @Override
  public void addTo(Routes routes) {
    routes
        .post(COLLECTION, Role.ADMIN, this::create)
        .get(COLLECTION, Role.ADMIN, this::list)
        .get(ONE, Role.ADMIN, this::get)
        .delete(ONE, Role.ADMIN, this::delete);
  }

  private Response create(Request request) {
    Caller caller = request.requireCaller();
    AuditStamp stamp = auditLog.stamp(caller);
    ApiKeyDraft draft = ApiKeyDraft.read(request.fields(), stamp.time());
    return answers.commit(request, newKeys.create(caller.workspace(), draft, stamp));
  }

  private Response list(Request request) {
    Page page = pageTokens.page(request, SIZES);
    Id before = page.after().map(position -> position.id(0)).orElse(null);
    long workspace = request.requireCaller().workspace();
    List<ApiKey> keys =
        reads.read(database -> ApiKeyStore.page(database, workspace, before, page.limit()));
    return Response.ok(page.answer("apiKeys", keys, ApiKey::json, key -> Position.of(key.id())));
  }

  private Response get(Request request) {
    Id id = request.id("apiKeyId");
    long workspace = request.requireCaller().workspace();
    return reads
        .read(database -> ApiKeyStore.find(database, workspace, id))
        .map(key -> Response.ok(key.json()))
        .orElseThrow(() -> ApiError.notFound(ApiKey.name(id)));
  }

  private Response delete(Request request) {
    Id id = request.id("apiKeyId");
    Caller caller = request.requireCaller();
    journal.commit(new RevokeApiKey(caller.workspace(), id, auditLog.stamp(caller)));
    revoked.accept(id);
    return Response.none();
  }
}
