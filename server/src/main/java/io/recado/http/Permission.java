package io.recado.http;

import io.recado.http.Routes.Route;
import io.recado.http.request.ApiError;
import io.recado.http.request.Caller;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Role;
import io.recado.journal.Id;
import java.util.Map;

/// Decides whether a caller may use a route, before anything is looked up.
final class Permission {

  private Permission() {}

  /// @throws ApiError `ROLE_MISSING`, `CHANNEL_NOT_ALLOWED`, or a violation when the channel's id
  ///   has the wrong form
  static void check(Caller caller, Route route, Map<String, String> variables) {
    Role least = route.least();
    if (least == null || !caller.role().allows(least)) {
      throw ApiError.of(
          ErrorReason.ROLE_MISSING,
          "This needs a key with the role " + least + "; this one has " + caller.role() + ".",
          Map.of("role", String.valueOf(least), "callerRole", caller.role().name()));
    }
    String channel = variables.get("channelId");
    if (channel == null) {
      if (!caller.channels().isEmpty() && !route.acrossChannels()) {
        throw ApiError.of(
            ErrorReason.CHANNEL_NOT_ALLOWED,
            "This key may use some channels only, and this is not inside of one; use another key.");
      }
    } else if (!Id.isId(channel)) {
      throw ApiError.invalid("channelId", "INVALID_VALUE", "An id has 24 lower-case hex digits.");
    } else if (!caller.mayUse(Id.parse(channel))) {
      throw ApiError.of(
          ErrorReason.CHANNEL_NOT_ALLOWED,
          "This key may not use this channel; use a key that may.",
          Map.of("channel", "channels/" + channel));
    }
  }
}
