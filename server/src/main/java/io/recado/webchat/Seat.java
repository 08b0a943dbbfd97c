package io.recado.webchat;

import io.recado.channel.Channel;
import java.time.Instant;

/// A visitor of one channel, as a request's token has proved.
///
/// @param expireTime when the token ends
record Seat(Channel channel, Visitor visitor, Instant expireTime) {

  /// The name that limits go by.
  String limitKey() {
    return channel.key() + " " + visitor.name().scheme() + " " + visitor.name().value();
  }
}
