package io.recado.message;

/// Where a message is on its way. What each means is in docs/status.md; how it moves is in
/// [Progress].
public enum MessageStatus {
  /// Durable here, not known to be accepted by the provider.
  SENDING,
  /// The provider accepted it.
  SENT,
  /// On the recipient's device; an inbound message begins here.
  DELIVERED,
  /// Seen by the recipient; of an inbound message, by us.
  READ,
  /// Given up.
  FAILED
}
