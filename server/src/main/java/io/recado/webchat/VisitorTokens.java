package io.recado.webchat;

import io.recado.channel.Channel;
import io.recado.connector.Identifier;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.journal.Cipher;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Makes and reads the tokens that widgets keep. A token is encrypted and authenticated with the
/// server's keyset and bound to workspace and channel, so nobody makes one, reads who it names, or
/// uses it elsewhere. Safe for many threads.
final class VisitorTokens {

  /// How long a token lasts; each new session gives a fresh one.
  static final Duration LIFE = Duration.ofDays(30);

  /// The longest token that is looked at, in characters.
  static final int MOST_CHARACTERS = 1_024;

  private final Cipher cipher;

  VisitorTokens(Cipher cipher) {
    this.cipher = cipher;
  }

  String seal(Channel channel, Visitor visitor, Instant expireTime) {
    JsonObject plain =
        JsonObject.builder()
            .with("scheme", visitor.name().scheme())
            .with("value", visitor.name().value())
            .with("name", visitor.displayName())
            .with("expire", expireTime.getEpochSecond())
            .build();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(cipher.encrypt(Json.write(plain), place(channel)));
  }

  /// @throws ApiError `VISITOR_TOKEN_INVALID`, `VISITOR_TOKEN_EXPIRED`
  Opened open(Channel channel, String token, Instant now) {
    JsonObject plain = decrypt(channel, token);
    if (plain == null) {
      throw invalid("This is no token of this channel; start a new session.");
    }
    Instant expireTime = Instant.ofEpochSecond(plain.number("expire").orElse(0L));
    if (!now.isBefore(expireTime)) {
      throw ApiError.of(
          ErrorReason.VISITOR_TOKEN_EXPIRED,
          "The session's token has expired; start a new session without it.");
    }
    var name =
        new Identifier(plain.string("scheme").orElseThrow(), plain.string("value").orElseThrow());
    return new Opened(new Visitor(name, plain.string("name").orElse(null)), expireTime);
  }

  static ApiError invalid(String why) {
    return ApiError.of(ErrorReason.VISITOR_TOKEN_INVALID, why);
  }

  private @Nullable JsonObject decrypt(Channel channel, String token) {
    if (token.length() > MOST_CHARACTERS) {
      return null;
    }
    try {
      byte[] sealed = Base64.getUrlDecoder().decode(token);
      return Json.readObject(cipher.decrypt(sealed, place(channel)));
    } catch (IllegalArgumentException | Cipher.Unreadable _) {
      return null;
    }
  }

  private static String place(Channel channel) {
    return channel.workspace() + "|webchat|visitor|" + channel.id();
  }

  /// What a token says.
  record Opened(Visitor visitor, Instant expireTime) {}
}
