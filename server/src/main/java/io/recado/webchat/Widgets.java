package io.recado.webchat;

import io.recado.channel.Channel;
import io.recado.channel.Channels;
import io.recado.connector.Connector.ChannelSettings;
import io.recado.http.Cors;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The channels that are widgets, and which pages may hold each.
///
/// @param type the type of such channels
/// @param origins a channel's allowed origins
/// @param identitySecret what a channel's users are proved with
public record Widgets(
    Channels channels,
    String type,
    Function<ChannelSettings, List<String>> origins,
    Function<ChannelSettings, Optional<String>> identitySecret)
    implements Cors {

  /// The channel of a visitor's request: the same answer for a channel of another type and one that
  /// does not exist.
  Channel require(Request request) {
    var id = request.id("channelId");
    return channels
        .find(id)
        .filter(channel -> channel.type().equals(type))
        .orElseThrow(() -> ApiError.notFound("channels/" + id));
  }

  /// The longest text, in UTF-16 units.
  int maxTextLength(Channel channel) {
    return channels.connector(channel).capabilities().maxTextLength();
  }

  @Override
  public void check(Request head, String origin) {
    if (!origins.apply(require(head).settings()).contains(origin)) {
      throw ApiError.of(
          ErrorReason.ORIGIN_NOT_ALLOWED,
          "Pages of this origin may not use the channel; add the origin to its"
              + " webchat.allowedOrigins.",
          Map.of("origin", origin.length() > 255 ? "" : origin));
    }
  }
}
