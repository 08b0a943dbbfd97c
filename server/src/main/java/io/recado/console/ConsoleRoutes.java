package io.recado.console;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/`, the console's page, and what it loads from `/console/…`.
///
/// Open to everybody: nothing in them is secret; the page shows nothing before somebody signs in.
/// All links are relative, so that they hold behind a proxy that puts a prefix before them. A path
/// that is not one of ours is left to the next route. Safe for many threads.
public final class ConsoleRoutes implements HttpService {

  private static final HeaderName CSP = HeaderNames.create("Content-Security-Policy");
  private static final HeaderName NOSNIFF = HeaderNames.create("X-Content-Type-Options");
  private static final HeaderName REFERRER = HeaderNames.create("Referrer-Policy");
  private static final HeaderName OPENER = HeaderNames.create("Cross-Origin-Opener-Policy");
  private static final HeaderName EMBEDDING = HeaderNames.create("Cross-Origin-Resource-Policy");

  /// The page is asked for again each time, so that it names the files of the program that runs.
  private static final String REVALIDATE = "no-cache";

  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private volatile @Nullable Site site;

  @Override
  public void routing(HttpRules rules) {
    rules.get("/", this::page).get("/console/*", this::asset);
  }

  private void page(ServerRequest request, ServerResponse response) {
    Site known = site();
    response
        .header(CSP, known.contentSecurityPolicy())
        .header(OPENER, "same-origin")
        .header(HeaderNames.CACHE_CONTROL, REVALIDATE)
        .header(HeaderNames.ETAG, known.etag());
    if (hasAlready(request, known.etag())) {
      protect(response);
      response.status(Status.NOT_MODIFIED_304).send();
    } else {
      send(request, response, known.page());
    }
  }

  private void asset(ServerRequest request, ServerResponse response) {
    String path = request.path().path().substring("/console/".length());
    Optional<Asset> found = site().find(path);
    if (found.isEmpty()) {
      response.next();
    } else {
      response.header(HeaderNames.CACHE_CONTROL, FOR_EVER);
      send(request, response, found.get());
    }
  }

  private Site site() {
    Site known = site;
    if (known == null) {
      // Two threads may both do it the first time; they come to the same.
      known = Site.read();
      site = known;
    }
    return known;
  }

  private static void send(ServerRequest request, ServerResponse response, Asset asset) {
    protect(response);
    response
        .header(HeaderNames.CONTENT_TYPE, asset.type())
        .header(HeaderNames.VARY, HeaderNames.ACCEPT_ENCODING_NAME);
    if (takesGzip(request)) {
      response.header(HeaderNames.CONTENT_ENCODING, "gzip").send(asset.gzip());
    } else {
      response.send(asset.plain());
    }
  }

  private static void protect(ServerResponse response) {
    response
        .header(NOSNIFF, "nosniff")
        .header(REFERRER, "no-referrer")
        .header(EMBEDDING, "same-origin");
  }

  private static boolean takesGzip(ServerRequest request) {
    return request.headers().values(HeaderNames.ACCEPT_ENCODING).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(value -> value.replace(" ", ""))
        .anyMatch(value -> value.equals("gzip") || value.startsWith("gzip;q=") && isWanted(value));
  }

  private static boolean isWanted(String coding) {
    return !coding.matches("gzip;q=0(\\.0*)?");
  }

  private static boolean hasAlready(ServerRequest request, String etag) {
    return request.headers().values(HeaderNames.IF_NONE_MATCH).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(value -> value.strip().replaceFirst("^W/", ""))
        .anyMatch(value -> value.equals(etag) || value.equals("*"));
  }
}
