package io.recado.simulation;

/// Faults that we plant to see whether the simulation finds them.
enum Bug {
  /// A person's message that comes twice is stored twice.
  INBOUND_NOT_DEDUPLICATED(2, "I9: "),
  /// Some events are never written.
  EVENT_DROPPED(1, "I7: "),
  /// A new process takes the attempts of the one before for never made.
  ATTEMPT_FORGOTTEN(7, "I2: "),
  /// A status of equal rank is taken for news: `<=` where `<` is right.
  EQUAL_RANK_IS_NEWS(1, "I7: "),
  /// A message is sent once more after it was accepted.
  RETRIED_AFTER_ACCEPT(1, "I2: "),
  /// Callers are answered before the commit.
  ANSWERED_BEFORE_COMMIT(6, "I1: "),
  /// A message is handed over before its predecessor.
  HANDED_OVER_BEFORE_PREDECESSOR(9, "I4: "),
  /// A hand-over is lost and nobody looks into the database for it.
  HAND_OVER_LOST(3, "I3: "),
  /// A lost answer is taken for a failure and the message is sent again.
  DOUBT_IS_RETRIED(1, "I2: "),
  /// A message is sent although its time to live is over.
  EXPIRED_IS_SENT(1, "I3: "),
  /// The idempotency key is not committed with its effect.
  KEY_NOT_COMMITTED(2, "I10: "),
  /// A message that waits for its next attempt is overtaken by those behind it.
  LANE_GOES_ON_DURING_RETRY(4, "I4: "),
  /// A receipt that comes before its message is known is forgotten.
  EARLY_RECEIPT_FORGOTTEN(1, "I1: ");

  /// The first world in which it shows.
  final long seed;

  /// The invariant that it breaks there.
  final String breaks;

  Bug(long seed, String breaks) {
    this.seed = seed;
    this.breaks = breaks;
  }
}
