package io.recado.message;

/// Which messages of a channel go first, where they compete; it never changes the order inside a
/// conversation. The order of the constants is the order of service, and is stored.
public enum Priority {
  /// What a person waits for.
  HIGH,
  /// What may wait, such as a campaign.
  BULK
}
