package io.recado.statistics;

/// What is counted. The names are stored.
enum Measure {
  /// Outbound messages, by the step that they took.
  ACCEPTED,
  SENT,
  DELIVERED,
  READ,
  /// Its label is the reason.
  FAILED,

  /// Inbound messages: that came, and that were marked as read.
  RECEIVED,
  SEEN,

  /// How long outbound messages took from one step to the next. The label is the [Histogram#bucket]
  /// of the milliseconds.
  ACCEPTED_TO_SENT,
  SENT_TO_DELIVERED,
  DELIVERED_TO_READ
}
