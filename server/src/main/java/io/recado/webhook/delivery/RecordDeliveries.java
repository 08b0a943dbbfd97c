package io.recado.webhook.delivery;

import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.webhook.cursor.Place;
import io.recado.webhook.cursor.Progress;
import io.recado.webhook.endpoint.StandingStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What came of a workspace's deliveries, and how far its endpoints have come, in one go: whatever
/// a cursor has passed is delivered, or listed as failed.
///
/// @param told in the order of the attempts
record RecordDeliveries(long workspace, List<Told> told, List<Progress> progress)
    implements Write<Integer> {

  @Override
  public Integer apply(Tx tx) {
    // A statement that adds many rows may have each of them but once.
    Map<Slot, Told> latest = new HashMap<>();
    told.forEach(one -> latest.put(Slot.of(one), one));
    for (Told one : told) {
      DeliveryStore.add(tx, one, latest.get(Slot.of(one)) == one);
    }
    progress.forEach(one -> StandingStore.store(tx, one));
    return told.size();
  }

  private record Slot(long endpoint, long position) {
    static Slot of(Told told) {
      Place place = told.record().place();
      return new Slot(place.endpoint(), place.position());
    }
  }
}
