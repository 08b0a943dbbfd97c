package io.recado.webchat;

import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.request.Digest;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// `/widget.js`: the script that a page loads to have the widget. Open to everybody.
public final class WidgetRoutes implements RouteSource {

  private static final String FILE = "widget.js";

  private final byte[] script = read();
  private final String etag =
      '"'
          + HexFormat.of()
              .formatHex(new Digest().text(new String(script, StandardCharsets.UTF_8)).end(), 0, 8)
          + '"';

  @Override
  public void addTo(Routes routes) {
    routes.open("GET", "/" + FILE, 0, this::get);
  }

  private Response get(Request request) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ETag", etag);
    // A new version reaches the pages within minutes, and most pages ask for nothing.
    headers.put("Cache-Control", "public, max-age=300");
    // Pages that isolate themselves may hold it, too.
    headers.put("Cross-Origin-Resource-Policy", "cross-origin");
    return etag.equals(request.header().apply("If-None-Match"))
        ? new Response(304, "", new byte[0], headers)
        : new Response(200, "text/javascript; charset=utf-8", script, headers);
  }

  private static byte[] read() {
    try (InputStream file = WidgetRoutes.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new FileNotFoundException(FILE + " is missing on the class path");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
