package io.recado.webhook.delivery;

import io.recado.feed.EventChoice;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.PlanBench;
import io.recado.webhook.delivery.LaneStore.Bounds;
import io.recado.webhook.endpoint.StandingStore;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// How deliveries are found never by reading a table, never by sorting one.
interface DeliveryPlansContract {

  Dialect engine();

  @Test
  default void deliveriesAndWhereTheyStandFollowAnIndex() throws SQLException {
    try (var bench = new PlanBench(engine())) {
      bench
          .run(r -> DeliveryStore.page(r, 1, 1, 1_000, 50, DeliveryFilter.ALL))
          .run(r -> DeliveryStore.find(r, 1, 1, 7))
          .run(r -> LaneStore.find(r, 1, 7, new Bounds(0, 1_000), EventChoice.ALL))
          .run(r -> StandingStore.before(r, 1, Instant.EPOCH))
          .run(r -> StandingStore.cursors(r, 1, 1))
          .assertIndexed();
    }
  }

  @Test
  default void theDeliveriesOfAMessageAreFoundByIt() throws SQLException {
    try (var bench = new PlanBench(engine())) {
      bench
          .run(r -> DeliveryStore.ofMessage(r, 1, new Id(0, 1)))
          .assertUses("webhook_delivery_by_message");
    }
  }
}
