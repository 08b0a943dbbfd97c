package io.recado.session;

import io.recado.access.ApiKey;
import io.recado.access.ApiKeyStore;
import io.recado.access.Workspace;
import io.recado.access.WorkspaceStore;
import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.request.ApiError;
import io.recado.http.request.Caller;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.http.request.Role;
import io.recado.journal.ReadPool;
import io.recado.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// `/v1/session`: sign in with an API key, see who is signed in, sign out.
public final class SessionRoutes implements RouteSource {

  private static final String PATH = "/v1/session";

  private final Sessions sessions;
  private final ReadPool reads;

  /// Routes over these parts.
  public SessionRoutes(Sessions sessions, ReadPool reads) {
    this.sessions = sessions;
    this.reads = reads;
  }

  @Override
  public void addTo(Routes routes) {
    routes
        .acrossChannels("POST", PATH, Role.READER, this::open)
        .acrossChannels("GET", PATH, Role.READER, this::get)
        .acrossChannels("DELETE", PATH, Role.READER, this::end);
  }

  private Response open(Request request) {
    request.fields().check();
    Caller caller = request.requireCaller();
    Sessions.Opened opened = sessions.open(caller, request.method(), request.header());
    return Response.ok(json(caller, opened.session())).with("Set-Cookie", opened.cookie());
  }

  private Response get(Request request) {
    Session session = sessions.find(request.header()).orElse(null);
    return Response.ok(json(request.requireCaller(), session));
  }

  private Response end(Request request) {
    String cookie = sessions.end(request.requireCaller(), request.header());
    return Response.none().with("Set-Cookie", cookie);
  }

  /// @param session null when a key and no session says who calls
  private JsonObject json(Caller caller, @Nullable Session session) {
    return reads.read(
        database -> {
          ApiKey key =
              ApiKeyStore.find(database, caller.workspace(), caller.apiKey())
                  .orElseThrow(() -> ApiError.notFound(ApiKey.name(caller.apiKey())));
          JsonObject workspace =
              WorkspaceStore.find(database, caller.workspace())
                  .map(Workspace::json)
                  .orElseGet(JsonObject::empty);
          return JsonObject.builder()
              .with("name", "session")
              .with("workspace", workspace)
              .with("apiKey", key.json())
              .with("createTime", session == null ? null : session.createTime().toString())
              .with("expireTime", session == null ? null : session.endTime().toString())
              .build();
        });
  }
}
