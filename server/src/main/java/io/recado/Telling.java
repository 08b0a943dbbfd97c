package io.recado;

import io.recado.channel.Channels;
import io.recado.conversation.Conversations;
import io.recado.event.Event;
import io.recado.feed.EventFeed;
import io.recado.feed.EventIds;
import io.recado.feed.EventRoutes;
import io.recado.feed.EventStream;
import io.recado.feed.LogWatch;
import io.recado.http.Routes;
import io.recado.http.request.StreamPlaces;
import io.recado.journal.Journal;
import io.recado.ops.Metrics;
import java.time.Instant;

/// Telling what happened: the parts that read the log of events for those outside.
final class Telling {

  private static final int STREAMS = 2_000;
  private static final int STREAMS_PER_KEY = 10;

  private final Storage storage;
  private final Access access;
  private final Channels channels;
  private final StreamPlaces streams = new StreamPlaces(STREAMS, STREAMS_PER_KEY);
  final LogWatch watch;
  final EventFeed feed;

  /// @param watch is told of what is committed
  Telling(
      Storage storage,
      Access access,
      Channels channels,
      Conversations conversations,
      LogWatch watch,
      Instant now) {
    this.storage = storage;
    this.access = access;
    this.channels = channels;
    this.watch = watch;
    var ids = EventIds.open(storage.journal(), now);
    feed = new EventFeed(storage.reads(), ids, channels, conversations);
  }

  /// Has metrics and followers of the log told of what is committed.
  static Journal.Observer observer(Metrics metrics, LogWatch watch) {
    return new Journal.Observer() {
      @Override
      public void committed(int writes, long nanos) {
        metrics.committed(writes, nanos);
      }

      @Override
      public void told(Object fact) {
        metrics.told(fact);
        if (fact instanceof Event event) {
          watch.appended(event);
        }
      }
    };
  }

  void addTo(Routes routes) {
    var streaming =
        new EventRoutes.Streaming(
            watch,
            streams,
            request -> access.authentication.authenticate(request.authorization()),
            EventStream.Pace.USUAL);
    new EventRoutes(feed, channels, access.pageTokens(), streaming).addTo(routes);
  }

  void begin(Metrics metrics) {
    metrics.watchStreams(streams::count);
    watch.start();
  }

  /// Looks for what other nodes have committed.
  void poll() {
    watch.poll(storage.reads());
  }
}
