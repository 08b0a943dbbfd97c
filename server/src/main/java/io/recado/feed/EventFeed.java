package io.recado.feed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.recado.channel.Channels;
import io.recado.conversation.Conversations;
import io.recado.event.EventStore.Logged;
import io.recado.feed.LogStore.Span;
import io.recado.journal.ReadPool;
import io.recado.journal.Reads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A workspace's log of events, shown as the API shows it.
///
/// Oldest first, without gaps: whoever reads on from the position that a stretch ends at misses
/// none. Many readers at a log's end cost what one does, as each event is read and shown once for
/// all of them. Safe for many threads.
public final class EventFeed {

  /// How many events are looked at for one stretch, wanted or not.
  static final int LOOKED_AT = 2_000;

  /// At most some 50 MB.
  private static final int TAILS = 200;

  private final ReadPool reads;
  private final EventIds ids;
  private final EventJson data;
  private final Cache<Long, Tail> tails =
      Caffeine.newBuilder().maximumSize(TAILS).expireAfterAccess(Duration.ofMinutes(1)).build();

  /// A feed of all workspaces.
  public EventFeed(ReadPool reads, EventIds ids, Channels channels, Conversations conversations) {
    this.reads = reads;
    this.ids = ids;
    this.data = new EventJson(ids, channels, conversations);
  }

  /// How its events are named.
  public EventIds ids() {
    return ids;
  }

  /// The events after a position that are wanted, oldest first, for who follows the log. Fewer than
  /// the limit, even none, does not mean that there are no more: see [#follow].
  ///
  /// @param position 0 for the beginning
  public List<ShownEvent> after(long workspace, long position, int limit, EventChoice choice) {
    return follow(workspace, position, limit, choice).events();
  }

  /// As [#after], with the position to read on from. There is nothing to wait for before a stretch
  /// is at the head.
  public Stretch follow(long workspace, long position, int limit, EventChoice choice) {
    Tail tail = tails.get(workspace, _ -> new Tail((from, most) -> all(workspace, from, most)));
    Optional<Stretch> near = tail.after(position, limit, choice);
    if (near.isPresent()) {
      return near.get();
    }
    Stretch far = stretch(workspace, position, limit, choice);
    if (far.isAtHead()) {
      tail.begin(far.end());
    }
    return far;
  }

  /// As [#follow], for who does not come again.
  public Stretch stretch(long workspace, long position, int limit, EventChoice choice) {
    return reads.read(r -> stored(r, workspace, position, limit, choice));
  }

  /// The position of the newest event; 0 when there never was one.
  public long head(long workspace) {
    return reads.read(r -> LogStore.head(r, workspace));
  }

  /// The position of the oldest event that is still kept; one after the head when none is. Whoever
  /// has seen the one before it has missed none.
  public long oldest(long workspace) {
    return reads.read(r -> LogStore.oldest(r, workspace));
  }

  private Stretch all(long workspace, long position, int most) {
    return reads.read(r -> stored(r, workspace, position, most, EventChoice.ALL));
  }

  private Stretch stored(
      Reads reads, long workspace, long position, int limit, EventChoice choice) {
    // First: what is up to the head is there for the second statement, too.
    long head = LogStore.head(reads, workspace);
    if (position >= head) {
      return new Stretch(List.of(), position, true, false);
    }
    long end = Math.min(head, position + Math.max(limit, LOOKED_AT));
    Span span = LogStore.span(reads, workspace, new Span.Bounds(position, end, limit), choice);
    List<Logged> wanted = span.wanted();
    if (span.first() == 0) {
      // Retention has deleted all of them, and perhaps many more.
      end = Math.max(end, Math.min(head, LogStore.oldest(reads, workspace) - 1));
    } else if (wanted.size() == limit) {
      end = wanted.getLast().position();
    }
    boolean hasGap = span.first() != position + 1;
    return new Stretch(data.show(reads, workspace, wanted), end, end == head, hasGap);
  }

  /// What lies after a position.
  ///
  /// @param events those that are wanted
  /// @param end the position to read on from: nothing else up to there is wanted
  /// @param isAtHead whether this was the log's end when it was read
  /// @param hasGap whether what came next after the position has been deleted: the reader was away
  ///   for longer than events are kept
  public record Stretch(List<ShownEvent> events, long end, boolean isAtHead, boolean hasGap) {}
}
