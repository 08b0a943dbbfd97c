package io.recado.prove.check;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A message as the API lists it in the end.
///
/// @param reason why it failed; empty when it did not
/// @param doubts how many of its attempts its timeline has as in doubt; looked up only where it
///   matters, else 0
public record Listed(
    String name,
    boolean isOutbound,
    String text,
    String status,
    String reason,
    Times times,
    int doubts) {

  /// Each null when it has not happened.
  public record Times(
      Instant create,
      @Nullable Instant sent,
      @Nullable Instant delivered,
      @Nullable Instant read,
      @Nullable Instant failed) {

    /// Whether what happens later has no earlier time.
    boolean areConsistent() {
      List<Instant> inOrder =
          Stream.of(create, sent, delivered, read).filter(Objects::nonNull).toList();
      return inOrder.stream().sorted().toList().equals(inOrder)
          && (failed == null || !failed.isBefore(create));
    }
  }

  /// Status and what tells two kinds of it apart.
  String state() {
    return status.equals("FAILED") && reason.equals("OUTCOME_UNKNOWN") ? "FAILED?" : status;
  }

  public Listed withDoubts(int found) {
    return new Listed(name, isOutbound, text, status, reason, times, found);
  }
}
