package io.recado;

import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.request.Response;
import io.recado.journal.Id;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// `/demo`: the page of a shop that does not exist, with the web chat's widget in it, so that
/// whoever tries Recado can be the visitor. Part of the sandbox alone.
///
/// @param channel the widget's channel
record DemoShop(Id channel) implements RouteSource {

  /// As strict as a careful shop would have it: the widget must live with that.
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src"
              + " data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "Cache-Control",
          "no-cache");

  @Override
  public void addTo(Routes routes) {
    routes
        .open("GET", "/demo", 0, _ -> page())
        .open("GET", "/demo/shop.css", 0, _ -> file("shop.css", "text/css; charset=utf-8"))
        .open("GET", "/demo/shop.js", 0, _ -> file("shop.js", "text/javascript; charset=utf-8"));
  }

  private Response page() {
    String page = new String(read("index.html"), StandardCharsets.UTF_8);
    byte[] linked = page.replace("CHANNEL", channel.toString()).getBytes(StandardCharsets.UTF_8);
    return new Response(200, "text/html; charset=utf-8", linked, HEADERS);
  }

  private static Response file(String name, String type) {
    return new Response(200, type, read(name), HEADERS);
  }

  private static byte[] read(String name) {
    try (InputStream file = DemoShop.class.getResourceAsStream("demo/" + name)) {
      if (file == null) {
        throw new FileNotFoundException("demo/" + name + " is missing on the class path");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
