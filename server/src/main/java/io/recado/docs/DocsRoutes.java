package io.recado.docs;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/openapi.yaml`, `/openapi.json` and the page `/docs` with what it loads from `/docs/…`.
///
/// Open to everybody: nothing in them is secret. All links are relative, so that they hold behind a
/// proxy that puts a prefix before them. A file under `/docs/` that is not one of ours is left to
/// the next route.
///
/// Safe for use by many threads.
public final class DocsRoutes implements HttpService {

  /// The page runs nothing and loads nothing but what this server serves as a file; only small
  /// pictures inside the renderer's own style sheet come as `data:`.
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private static final HeaderName CSP = HeaderNames.create("Content-Security-Policy");
  private static final HeaderName NOSNIFF = HeaderNames.create("X-Content-Type-Options");
  private static final HeaderName REFERRER = HeaderNames.create("Referrer-Policy");

  /// Files of ours change with any build, under the same name: asked for again each time.
  private static final String REVALIDATE = "no-cache";

  /// The renderer's files have its version in their path: never asked for again.
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private static final Map<String, String> OUR_TYPES =
      Map.of("page.css", "text/css; charset=utf-8", "page.js", "text/javascript; charset=utf-8");

  private volatile @Nullable Document json;

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/openapi.yaml", (request, response) -> send(request, response, yaml()))
        .get("/openapi.json", (request, response) -> send(request, response, json()))
        .get("/docs", (request, response) -> send(request, response, page()))
        .get("/docs/", (request, response) -> redirect(response))
        .get("/docs/{file}", this::ours)
        .get("/docs/{version}/{file}", this::renderers);
  }

  private static Document yaml() {
    return Document.of("application/yaml", Resource.bytes("/openapi.yaml"));
  }

  private Document json() {
    Document known = json;
    if (known == null) {
      // Two threads may both do it the first time; they come to the same.
      known = Document.of("application/json; charset=utf-8", OpenApiJson.from(yaml().bytes()));
      json = known;
    }
    return known;
  }

  private static Document page() {
    String page = new String(ours("page.html"), StandardCharsets.UTF_8);
    String linked = page.replace("VERSION", Renderer.version());
    return Document.of("text/html; charset=utf-8", linked.getBytes(StandardCharsets.UTF_8));
  }

  private void ours(ServerRequest request, ServerResponse response) {
    String file = request.path().pathParameters().get("file");
    String type = OUR_TYPES.get(file);
    if (type == null) {
      response.next();
    } else {
      send(request, response, Document.of(type, ours(file)));
    }
  }

  private static byte[] ours(String file) {
    return Resource.bytes("/io/recado/docs/" + file);
  }

  private void renderers(ServerRequest request, ServerResponse response) {
    var path = request.path().pathParameters();
    Optional<Renderer.Asset> found = Renderer.find(path.get("version"), path.get("file"));
    if (found.isEmpty()) {
      response.next();
      return;
    }
    Renderer.Asset asset = found.get();
    protect(response);
    response.header(HeaderNames.CACHE_CONTROL, FOR_EVER).header(HeaderNames.ETAG, asset.etag());
    if (!notModified(request, response, asset.etag())) {
      response.header(HeaderNames.CONTENT_TYPE, asset.type());
      asset.writeTo(response.outputStream());
    }
  }

  private static void redirect(ServerResponse response) {
    response.status(Status.PERMANENT_REDIRECT_308).header(HeaderNames.LOCATION, "../docs").send();
  }

  private static void send(ServerRequest request, ServerResponse response, Document document) {
    protect(response);
    response
        .header(HeaderNames.CACHE_CONTROL, REVALIDATE)
        .header(HeaderNames.ETAG, document.etag());
    if (!notModified(request, response, document.etag())) {
      response.header(HeaderNames.CONTENT_TYPE, document.type()).send(document.bytes());
    }
  }

  /// Answers 304 when the caller has `etag` already.
  private static boolean notModified(ServerRequest request, ServerResponse response, String etag) {
    boolean same =
        request.headers().values(HeaderNames.IF_NONE_MATCH).stream()
            .flatMap(value -> Arrays.stream(value.split(",")))
            .map(value -> value.strip().replaceFirst("^W/", ""))
            .anyMatch(value -> value.equals(etag) || value.equals("*"));
    if (same) {
      response.status(Status.NOT_MODIFIED_304).send();
    }
    return same;
  }

  private static void protect(ServerResponse response) {
    response
        .header(CSP, CONTENT_SECURITY_POLICY)
        .header(NOSNIFF, "nosniff")
        .header(REFERRER, "no-referrer");
  }
}
