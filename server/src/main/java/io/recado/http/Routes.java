package io.recado.http;

import io.recado.http.request.Caller;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.http.request.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the routes of all features. Every route says who may use it: there is no default.
public final class Routes {

  /// The body limit of a route that names none, in bytes.
  public static final int BODY_BYTES = 256 << 10;

  private final List<Route> routes = new ArrayList<>();

  /// Reads something.
  ///
  /// @param template such as `/v1/channels/{channelId}/templates/{templateName}:preview`
  /// @param least the least role that may use it
  public Routes get(String template, Role least, Handler handler) {
    return add(new Route("GET", template, least, BODY_BYTES, false, Gate.NONE, handler));
  }

  /// Reads across channels: a key that is confined to some channels may use it, and the handler
  /// must answer with those alone ([Caller#mayUse]). Every other route without `{channelId}` is
  /// closed to such a key.
  public Routes getAcrossChannels(String template, Role least, Handler handler) {
    return add(new Route("GET", template, least, BODY_BYTES, true, Gate.NONE, handler));
  }

  /// Makes or does something.
  public Routes post(String template, Role least, Handler handler) {
    return add(new Route("POST", template, least, BODY_BYTES, false, Gate.NONE, handler));
  }

  /// Makes or does something with a large body.
  ///
  /// @param bodyBytes the largest body that is read
  public Routes post(String template, Role least, int bodyBytes, Handler handler) {
    return add(new Route("POST", template, least, bodyBytes, false, Gate.NONE, handler));
  }

  /// Changes something.
  public Routes patch(String template, Role least, Handler handler) {
    return add(new Route("PATCH", template, least, BODY_BYTES, false, Gate.NONE, handler));
  }

  /// Removes something.
  public Routes delete(String template, Role least, Handler handler) {
    return add(new Route("DELETE", template, least, BODY_BYTES, false, Gate.NONE, handler));
  }

  /// A route that needs no API key, because it proves its caller in another way or tells nothing
  /// worth hiding. Its body is given as it came, whatever its content type. A `GET` answers `HEAD`
  /// too.
  public Routes open(String method, String template, int bodyBytes, Handler handler) {
    return open(method, template, bodyBytes, Gate.NONE, handler);
  }

  /// As above, for a route that can tell strangers by less than their body.
  ///
  /// @param gate refuses before the body is read
  public Routes open(String method, String template, int bodyBytes, Gate gate, Handler handler) {
    return add(new Route(method, template, null, bodyBytes, false, gate, handler));
  }

  /// All routes, in the order in which they were added.
  public List<Route> all() {
    return List.copyOf(routes);
  }

  private Routes add(Route route) {
    routes.add(route);
    return this;
  }

  /// Answers a request; plain blocking code on a virtual thread.
  @FunctionalInterface
  public interface Handler {
    Response handle(Request request) throws InterruptedException;
  }

  /// Looks at a request before its body is read.
  @FunctionalInterface
  public interface Gate {
    /// Lets everything pass.
    Gate NONE = _ -> {};

    /// @param head the request without its body
    /// @throws io.recado.http.request.ApiError when it is refused
    void check(Request head);
  }

  /// One route.
  ///
  /// @param least the least role; null when no key is needed
  /// @param bodyBytes the largest body that is read
  /// @param acrossChannels whether a key that is confined to some channels may use it although no
  ///   channel is in its path
  /// @param gate what must let a request pass before its body is read
  public record Route(
      String method,
      String template,
      @Nullable Role least,
      int bodyBytes,
      boolean acrossChannels,
      Gate gate,
      Handler handler) {

    /// Whether it answers with server-sent events: by its name, such as `/v1/events:stream`.
    public boolean isStream() {
      return template.endsWith(":stream");
    }

    /// Whether no API key is needed.
    public boolean isOpen() {
      return least == null;
    }
  }
}
