package io.recado.webhook.delivery;

import io.recado.event.EventType;
import io.recado.feed.EventChoice;
import io.recado.feed.EventFeed;
import io.recado.feed.EventFeed.Stretch;
import io.recado.feed.ShownEvent;
import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.webhook.cursor.Command;
import io.recado.webhook.cursor.Heading;
import io.recado.webhook.cursor.Input;
import io.recado.webhook.cursor.StoredCursor;
import io.recado.webhook.delivery.LaneStore.Bounds;
import io.recado.webhook.endpoint.StandingStore.Source;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Answers what the deliverer wants to know of the log. Blocks; safe for many threads.
final class Reader {

  private final Journal journal;
  private final ReadPool reads;
  private final EventFeed feed;
  private final LogPages pages;
  private final InstantSource clock;

  Reader(Journal journal, ReadPool reads, EventFeed feed, InstantSource clock) {
    this.journal = journal;
    this.reads = reads;
    this.feed = feed;
    this.pages = new LogPages(feed);
    this.clock = clock;
  }

  Input page(Command.ReadPage read, Served served) {
    if (served.source(read.cursor()) == Source.FAILED) {
      return failed(read, served);
    }
    Stretch stretch = pages.after(read.workspace(), read.after(), read.limit());
    if (stretch.hasGap() && stretch.end() > read.after()) {
      long oldest = feed.oldest(read.workspace());
      if (oldest > read.after() + 1) {
        return gap(read, served, oldest);
      }
    }
    EventChoice choice = served.choice(read.cursor());
    List<Heading> headings =
        stretch.events().stream()
            .filter(event -> choice.takes(event.type(), event.channel()))
            .map(Reader::heading)
            .toList();
    return new Input.PageRead(
        read.endpoint(), read.cursor(), read.after(), headings, stretch.end(), stretch.isAtHead());
  }

  private Input failed(Command.ReadPage read, Served served) {
    long until =
        Optional.ofNullable(served.readings().get(read.cursor()))
            .map(reading -> reading.cursor().until())
            .orElse(read.after());
    var bounds = new Bounds(read.after(), until);
    List<Heading> found =
        reads.read(
            r -> DeliveryStore.failed(r, read.workspace(), read.endpoint(), bounds, read.limit()));
    boolean isEnd = found.size() < read.limit();
    long upTo = isEnd ? until : found.getLast().position();
    return new Input.PageRead(read.endpoint(), read.cursor(), read.after(), found, upTo, isEnd);
  }

  private Input gap(Command.ReadPage read, Served served, long oldest) {
    StoredCursor cursor = new StoredCursor(read.cursor(), oldest - 1, null);
    long before = journal.commit(new NoteGap(served.endpoint(), cursor, clock.instant()));
    boolean isWanted = served.choice(read.cursor()).takes(EventType.WEBHOOK_ENDPOINT_GAP, null);
    long notice =
        isWanted
            ? feed
                .after(
                    read.workspace(),
                    before,
                    LogPages.PAGE,
                    new EventChoice(Set.of(EventType.WEBHOOK_ENDPOINT_GAP), Set.of()))
                .stream()
                .findFirst()
                .map(ShownEvent::position)
                .orElse(0L)
            : 0;
    return new Input.GapFound(read.endpoint(), read.cursor(), oldest, notice);
  }

  Input lane(Command.ReadLane read, Served served) {
    var bounds = new Bounds(read.after(), read.upTo());
    long workspace = read.workspace();
    if (served.source(read.cursor()) == Source.FAILED) {
      List<Long> positions =
          reads
              .read(r -> DeliveryStore.failedOf(r, workspace, read.endpoint(), bounds, read.lane()))
              .stream()
              .map(Heading::position)
              .toList();
      long upTo = positions.size() < LogPages.PAGE ? read.upTo() : positions.getLast();
      return found(read, positions, upTo);
    }
    EventChoice choice = served.choice(read.cursor());
    LaneStore.Found found =
        reads.read(r -> LaneStore.find(r, workspace, read.lane(), bounds, choice));
    return found(read, found.positions(), found.upTo());
  }

  private static Input found(Command.ReadLane read, List<Long> positions, long upTo) {
    return new Input.LaneRead(
        read.endpoint(), read.cursor(), read.lane(), read.after(), positions, upTo);
  }

  /// An event, if it is still kept and wanted.
  Optional<ShownEvent> event(long workspace, Served served, int cursor, long position) {
    EventChoice choice = served.choice(cursor);
    return pages
        .find(workspace, position)
        .filter(event -> choice.takes(event.type(), event.channel()));
  }

  private static Heading heading(ShownEvent event) {
    return new Heading(event.position(), Heading.lane(event.channel(), event.conversation()));
  }
}
