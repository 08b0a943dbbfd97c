package io.recado.webhook.cursor;

/// How many deliveries may be under way at once, over all endpoints: those that are slow, or of
/// which nothing is known yet, share a small number among themselves, so that they leave the rest
/// to the others.
final class Allowance {

  /// At most so many slow deliveries are started.
  static final int MOST_SLOW = 500;

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
