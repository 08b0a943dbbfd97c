package io.recado.webhook.cursor;

/// How many deliveries may be under way at once, over all endpoints: those that are slow, or of
/// which nothing is known yet, share a small number among themselves, so that they leave the rest
/// to the others.
final class Allowance {

  /// At most so many slow deliveries are started. Somewhat fewer than the 500 that are promised:
  /// some of which nothing bad was known turn out to be slow, and a receiver takes a moment to see
  /// that a request was given up.
  static final int MOST_SLOW = 480;

  /// At most so many others.
  static final int MOST_FAST = 1_000;

  private int slow;
  private int fast;

  boolean hasRoom(boolean isFast) {
    return isFast ? fast < MOST_FAST : slow < MOST_SLOW;
  }

  void take(boolean isFast) {
    if (isFast) {
      fast++;
    } else {
      slow++;
    }
  }

  void give(boolean isFast) {
    if (isFast) {
      fast--;
    } else {
      slow--;
    }
  }

  /// One that was thought fast turned out to be slow.
  void turnSlow() {
    fast--;
    slow++;
  }

  int slow() {
    return slow;
  }
}
