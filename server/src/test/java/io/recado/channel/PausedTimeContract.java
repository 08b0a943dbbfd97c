package io.recado.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.Content;
import io.recado.journal.Dialect;
import io.recado.message.Queued;
import io.recado.testing.DeliveryBench;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The time in which a channel is paused does not count against its messages' time to live; on both
/// databases.
interface PausedTimeContract {

  Dialect engine();

  @Test
  default void aMessageThatWaitedBeforeThePauseLivesLongerByAllOfIt() {
    try (var bench = new DeliveryBench(engine())) {
      Instant expire = accept(bench, "+573000000001").outbox().expireTime();
      bench.server.clock.advance(Duration.ofMinutes(10));
      change(bench, "pause");
      bench.server.clock.advance(Duration.ofHours(3));
      change(bench, "resume");

      assertThat(bench.outbox().getFirst().outbox().expireTime())
          .isEqualTo(expire.plus(Duration.ofHours(3)));
    }
  }

  @Test
  default void aMessageThatWasAcceptedInThePauseLivesLongerByItsPartOfIt() {
    try (var bench = new DeliveryBench(engine())) {
      change(bench, "pause");
      bench.server.clock.advance(Duration.ofHours(1));
      Instant expire = accept(bench, "+573000000001").outbox().expireTime();
      bench.server.clock.advance(Duration.ofHours(2));
      change(bench, "resume");

      assertThat(bench.outbox().getFirst().outbox().expireTime())
          .isEqualTo(expire.plus(Duration.ofHours(2)));
    }
  }

  @Test
  default void resumingAChannelThatRunsChangesNothing() {
    try (var bench = new DeliveryBench(engine())) {
      Instant expire = accept(bench, "+573000000001").outbox().expireTime();
      bench.server.clock.advance(Duration.ofHours(2));
      change(bench, "resume");

      assertThat(bench.outbox().getFirst().outbox().expireTime()).isEqualTo(expire);
    }
  }

  private static Queued accept(DeliveryBench bench, String phone) {
    var draft =
        DeliveryBench.draft(new Content.Text("hi"), null, bench.now().plus(Duration.ofHours(1)));
    return bench.commit(bench.accepting(bench.openConversation(phone), draft, Optional.empty()));
  }

  private static void change(DeliveryBench bench, String verb) {
    bench.server.json("POST /v1/" + bench.channel.name() + ":" + verb, "{}");
  }
}
