package io.recado.inbound;

import io.recado.channel.Channel;
import io.recado.channel.Channels;
import io.recado.connector.CallbackReceiver;
import io.recado.connector.Connector;
import io.recado.connector.ProviderEvent;
import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.journal.Id;
import io.recado.json.MalformedJson;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `/providers/{type}/{channelId}`: where providers call. No API key; each call is proved in its
/// provider's own way.
public final class CallbackRoutes implements RouteSource {

  private static final int BODY_BYTES = 4 << 20;

  private final List<Connector> connectors;
  private final Channels channels;
  private final Callbacks callbacks;
  private final Observer observer;

  /// One pair of routes for each connector that is called back.
  public CallbackRoutes(
      List<Connector> connectors, Channels channels, Callbacks callbacks, Observer observer) {
    this.connectors = List.copyOf(connectors);
    this.channels = channels;
    this.callbacks = callbacks;
    this.observer = observer;
  }

  @Override
  public void addTo(Routes routes) {
    for (Connector connector : connectors) {
      connector
          .callbacks()
          .ifPresent(
              receiver -> {
                String path =
                    "/providers/" + connector.type().toLowerCase(Locale.ROOT) + "/{channelId}";
                routes
                    .open("GET", path, 0, request -> handshake(connector, receiver, request))
                    .open(
                        "POST",
                        path,
                        BODY_BYTES,
                        head -> requireSigned(connector, receiver, head),
                        request -> callback(connector, receiver, request));
              });
    }
  }

  private Response handshake(Connector connector, CallbackReceiver receiver, Request request) {
    Channel channel = channel(connector, request);
    return receiver
        .handshake(channel.settings(), name -> Optional.ofNullable(request.query().get(name)))
        .map(Response::text)
        .orElseThrow(
            () ->
                ApiError.of(
                    ErrorReason.VERIFY_TOKEN_INVALID,
                    "The verify token is not the channel's verifyToken."));
  }

  /// Whatever can be refused without the body is: anyone can send one of 4 MiB.
  private void requireSigned(Connector connector, CallbackReceiver receiver, Request head) {
    channel(connector, head);
    if (!receiver.isSigned(name -> Optional.ofNullable(head.header().apply(name)))) {
      throw unsigned(connector);
    }
  }

  private Response callback(Connector connector, CallbackReceiver receiver, Request request) {
    Channel channel = channel(connector, request);
    if (!receiver.isAuthentic(
        channel.settings(),
        name -> Optional.ofNullable(request.header().apply(name)),
        request.body())) {
      throw unsigned(connector);
    }
    callbacks.apply(channel, events(connector, receiver, request));
    observer.received(connector.type(), "stored");
    return Response.text("");
  }

  private ApiError unsigned(Connector connector) {
    observer.received(connector.type(), "unsigned");
    return ApiError.of(
        ErrorReason.SIGNATURE_INVALID,
        "The signature does not fit the body and the channel's secret.");
  }

  private List<ProviderEvent> events(
      Connector connector, CallbackReceiver receiver, Request request) {
    try {
      return receiver.parse(request.body());
    } catch (MalformedJson e) {
      observer.received(connector.type(), "malformed");
      throw ApiError.of(ErrorReason.INVALID_JSON, e.getMessage());
    }
  }

  /// The same answer for a channel of another type and one that does not exist.
  private Channel channel(Connector connector, Request request) {
    Id id = request.id("channelId");
    return channels
        .find(id)
        .filter(channel -> channel.type().equals(connector.type()))
        .orElseThrow(() -> ApiError.notFound("channels/" + id));
  }

  /// Told of each call, for metrics.
  @FunctionalInterface
  public interface Observer {
    /// @param result `stored`, `unsigned` or `malformed`
    void received(String channelType, String result);
  }
}
