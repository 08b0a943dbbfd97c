package io.recado.access;

import io.recado.http.request.ApiError;
import io.recado.http.request.Fields;
import io.recado.http.request.Role;
import io.recado.journal.Id;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a caller says of a key that is to be made.
///
/// @param channels the channels that it may use; empty when all
record ApiKeyDraft(
    @Nullable String displayName,
    Role role,
    Set<Id> channels,
    @Nullable Integer requestsPerSecond,
    @Nullable Instant expireTime) {

  private static final int MAX_CHANNELS = 100;
  private static final int MAX_RATE = 100_000;
  private static final String CHANNEL = "channels/";

  /// Reads a request's body.
  ///
  /// @throws ApiError with every fault of it
  static ApiKeyDraft read(Fields fields, Instant now) {
    String displayName = fields.text("displayName", 1, 63).orElse(null);
    fields.require("role");
    Role role = fields.choice("role", Role.class).orElse(Role.READER);
    if (role == Role.OPERATOR) {
      fields.violate(
          "role", "INVALID_VALUE", "One of [READER, SENDER, ADMIN]; ./recado keys makes OPERATOR.");
    }
    Set<Id> channels = channels(fields);
    Integer rate = fields.number("requestsPerSecond", 1, MAX_RATE).map(Long::intValue).orElse(null);
    Instant expireTime = fields.time("expireTime").orElse(null);
    if (expireTime != null && !expireTime.isAfter(now)) {
      fields.violate("expireTime", "INVALID_VALUE", "Must be in the future.");
    }
    fields.check();
    return new ApiKeyDraft(displayName, role, channels, rate, expireTime);
  }

  /// The key.
  ApiKey key(Id id, long workspace, KeyText text, Instant now) {
    return new ApiKey(
        id,
        workspace,
        displayName,
        role,
        channels,
        requestsPerSecond,
        text.hint(),
        now,
        expireTime,
        null);
  }

  private static Set<Id> channels(Fields fields) {
    Set<Id> channels = new HashSet<>();
    List<String> names = fields.texts("channels", MAX_CHANNELS, 64).orElse(List.of());
    for (String name : names) {
      String id = name.startsWith(CHANNEL) ? name.substring(CHANNEL.length()) : "";
      if (Id.isId(id)) {
        channels.add(Id.parse(id));
      } else {
        fields.violate(
            "channels", "INVALID_VALUE", "Each is the name of a channel: channels/ and its id.");
      }
    }
    return channels;
  }
}
