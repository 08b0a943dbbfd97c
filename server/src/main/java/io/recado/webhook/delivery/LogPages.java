package io.recado.webhook.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.recado.feed.EventChoice;
import io.recado.feed.EventFeed;
import io.recado.feed.EventFeed.Stretch;
import io.recado.feed.ShownEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The log in pages that all endpoints of a workspace share, so that an event is read and shown
/// once for all of them, also when they are behind. Safe for many threads.
final class LogPages {

  static final int PAGE = 256;

  /// Of events' bodies.
  private static final long MOST_BYTES = 32 << 20;

  private final EventFeed feed;
  private final Cache<Key, Stretch> pages =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .executor(Runnable::run)
          .weigher((Key _, Stretch page) -> bytes(page))
          .build();
  private final Map<Long, Long> heads = new ConcurrentHashMap<>();

  LogPages(EventFeed feed) {
    this.feed = feed;
  }

  /// What lies after a position, wanted or not.
  Stretch after(long workspace, long position, int limit) {
    if (!isFull(workspace, position)) {
      // Near the log's end, where the feed shares what it reads.
      Stretch near = feed.follow(workspace, position, limit, EventChoice.ALL);
      heads.merge(workspace, near.end(), Math::max);
      if (near.isAtHead() || !isFull(workspace, position)) {
        return near;
      }
    }
    Stretch page = page(workspace, position);
    List<ShownEvent> rest =
        page.events().stream().filter(event -> event.position() > position).toList();
    boolean hasGap = rest.isEmpty() || rest.getFirst().position() != position + 1;
    return new Stretch(rest, page.end(), false, hasGap);
  }

  /// An event; empty when it is not kept any more.
  Optional<ShownEvent> find(long workspace, long position) {
    Stretch held = pages.getIfPresent(new Key(workspace, (position - 1) / PAGE));
    Stretch page = held == null ? feed.follow(workspace, position - 1, 1, EventChoice.ALL) : held;
    List<ShownEvent> events = page.events();
    int place = (int) ((position - 1) % PAGE);
    return held != null && place < events.size() && events.get(place).position() == position
        ? Optional.of(events.get(place))
        // Some of its page are not kept any more.
        : events.stream().filter(event -> event.position() == position).findFirst();
  }

  /// Whether the page after a position has all its events.
  private boolean isFull(long workspace, long position) {
    return (position / PAGE + 1) * PAGE <= heads.getOrDefault(workspace, 0L);
  }

  private Stretch page(long workspace, long position) {
    return pages.get(
        new Key(workspace, position / PAGE),
        key -> {
          long begin = key.number * PAGE;
          Stretch read = feed.stretch(workspace, begin, PAGE, EventChoice.ALL);
          List<ShownEvent> here =
              read.events().stream().filter(event -> event.position() <= begin + PAGE).toList();
          long end = here.size() < read.events().size() ? begin + PAGE : read.end();
          // A page that was the log's end when it was read is read by others when it is not.
          return new Stretch(here, end, false, read.hasGap());
        });
  }

  private static int bytes(Stretch page) {
    return 64 + page.events().stream().mapToInt(event -> event.json().length + 128).sum();
  }

  private record Key(long workspace, long number) {}
}
