package io.recado.access;

import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.page.Page;
import io.recado.http.page.PageTokens;
import io.recado.http.page.Position;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.http.request.Role;
import io.recado.journal.Id;
import io.recado.journal.ReadPool;
import java.util.List;

/// `/v1/auditLog`: who changed what, newest first. For admins.
public final class AuditRoutes implements RouteSource {

  private static final Page.Sizes SIZES = Page.Sizes.lowered(50, 100);

  private final ReadPool reads;
  private final PageTokens pageTokens;

  /// Routes over these parts.
  public AuditRoutes(ReadPool reads, PageTokens pageTokens) {
    this.reads = reads;
    this.pageTokens = pageTokens;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("/v1/auditLog", Role.ADMIN, this::list);
  }

  private Response list(Request request) {
    Page page = pageTokens.page(request, SIZES);
    Id before = page.after().map(position -> position.id(0)).orElse(null);
    long workspace = request.requireCaller().workspace();
    List<AuditEntry> entries =
        reads.read(database -> AuditStore.page(database, workspace, before, page.limit()));
    return Response.ok(
        page.answer("entries", entries, AuditEntry::json, entry -> Position.of(entry.id())));
  }
}
