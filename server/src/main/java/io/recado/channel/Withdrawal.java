package io.recado.channel;

import io.recado.journal.Tx;
import java.time.Instant;

/// Settles what a channel that is deleted was still to do. Messages build on channels, so it is
/// handed in.
@FunctionalInterface
public interface Withdrawal {
  /// Settles unfinished messages as failed, inside a write.
  ///
  /// @return how many; fewer than `most` when none is left
  int withdraw(Tx tx, Channel channel, Instant now, int most);
}
