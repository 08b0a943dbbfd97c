package io.recado.statistics;

import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.statistics.Tallies.Tally;
import java.util.List;

/// Adds what was counted of a part of a workspace's log, together with how far that part goes.
///
/// @param from up to which position it was counted before
/// @param to up to which position it is counted now
record AddTallies(long workspace, long from, long to, List<Tally> tallies)
    implements Write<Boolean> {

  /// False when this part was counted by somebody else meanwhile; nothing is added then.
  @Override
  public Boolean apply(Tx tx) {
    if (!StatisticStore.move(tx, workspace, from, to)) {
      return false;
    }
    tallies.forEach(tally -> StatisticStore.add(tx, workspace, tally));
    return true;
  }
}
