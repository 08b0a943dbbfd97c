package io.recado.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.conversation.Conversations;
import io.recado.event.Event;
import io.recado.event.EventLog;
import io.recado.event.EventType;
import io.recado.feed.EventFeed;
import io.recado.feed.EventFeed.Stretch;
import io.recado.feed.EventIds;
import io.recado.feed.ShownEvent;
import io.recado.journal.Dialect;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import io.recado.testing.DeliveryBench;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What endpoints read of the log, on every database.
interface LogPagesContract {

  Dialect engine();

  @Test
  default void aPageThatWasTheLogsEndWhenItWasReadIsNotItsEndForWhoComesLater() {
    try (var bench = new DeliveryBench(engine())) {
      EventFeed feed = feed(bench);
      var pages = new LogPages(feed);
      append(bench, (int) (LogPages.PAGE - feed.head(1)));
      readAll(pages); // of the page it is known now that it is full
      readAll(pages); // so it is kept

      append(bench, 7);
      assertThat(readAll(pages))
          .containsExactlyElementsOf(
              LongStream.rangeClosed(1, LogPages.PAGE + 7L).boxed().toList());
    }
  }

  /// Reads as a cursor does, until it is told that there is no more.
  private static List<Long> readAll(LogPages pages) {
    List<Long> positions = new ArrayList<>();
    Stretch stretch = new Stretch(List.of(), 0, false, false);
    while (!stretch.isAtHead()) {
      stretch = pages.after(1, stretch.end(), LogPages.PAGE);
      stretch.events().stream().map(ShownEvent::position).forEach(positions::add);
    }
    return positions;
  }

  private static EventFeed feed(DeliveryBench bench) {
    var server = bench.server;
    return new EventFeed(
        server.reads,
        EventIds.open(server.journal, bench.now()),
        server.channels,
        new Conversations(server.reads, server.journal, server.ids, server.clock));
  }

  private static void append(DeliveryBench bench, int count) {
    bench.server.journal.commit(new Append(bench.channel.key(), count, bench.now()));
  }

  /// Appends plain events of a channel.
  record Append(long channel, int count, Instant now) implements Write<Boolean> {

    @Override
    public long workspace() {
      return 1;
    }

    @Override
    public Boolean apply(Tx tx) {
      for (int i = 0; i < count; i++) {
        JsonObject change = JsonObject.builder().with("number", i).build();
        EventLog.append(tx, Event.ofChannel(1, EventType.CHANNEL_UPDATED, now, channel, change));
      }
      return true;
    }
  }
}
