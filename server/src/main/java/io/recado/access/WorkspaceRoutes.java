package io.recado.access;

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
import io.recado.journal.ReadPool;
import java.util.List;

/// `/v1/workspaces`: make and list tenants. For operators alone.
public final class WorkspaceRoutes implements RouteSource {

  private static final Page.Sizes SIZES = Page.Sizes.lowered(50, 100);
  private static final String COLLECTION = "/v1/workspaces";

  private final ReadPool reads;
  private final IdempotentAnswers answers;
  private final PageTokens pageTokens;
  private final AuditLog auditLog;
  private final NewKeys newKeys;

  /// Routes over these parts.
  public WorkspaceRoutes(
      ReadPool reads,
      IdempotentAnswers answers,
      PageTokens pageTokens,
      AuditLog auditLog,
      NewKeys newKeys) {
    this.reads = reads;
    this.answers = answers;
    this.pageTokens = pageTokens;
    this.auditLog = auditLog;
    this.newKeys = newKeys;
  }

  @Override
  public void addTo(Routes routes) {
    routes.post(COLLECTION, Role.OPERATOR, this::create).get(COLLECTION, Role.OPERATOR, this::list);
  }

  private Response create(Request request) {
    Fields fields = request.fields();
    String displayName = fields.requiredText("displayName", 63).orElse("");
    fields.check();
    Caller caller = request.requireCaller();
    return answers.commit(
        request, newKeys.createWorkspace(caller.workspace(), displayName, auditLog.stamp(caller)));
  }

  private Response list(Request request) {
    Page page = pageTokens.page(request, SIZES);
    Id before = page.after().map(position -> position.id(0)).orElse(null);
    List<Workspace> workspaces =
        reads.read(database -> WorkspaceStore.page(database, before, page.limit()));
    return Response.ok(
        page.answer(
            "workspaces", workspaces, Workspace::json, workspace -> Position.of(workspace.id())));
  }
}
