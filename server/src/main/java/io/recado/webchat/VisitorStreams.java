package io.recado.webchat;

import io.recado.connector.Address;
import io.recado.connector.Identifier;
import io.recado.event.Event;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The visitors' streams that are open on this node: each is woken when its conversation changes.
/// Whoever changes one on another node is noticed by the stream's own looking, a little later. Safe
/// for many threads.
public final class VisitorStreams {

  private static final int MOST = 2_000;
  private static final int MOST_PER_VISITOR = 10;

  private final Map<Name, Set<Open>> byName = new ConcurrentHashMap<>();
  private final Map<Long, Set<Open>> byConversation = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  /// An event is durable. Cheap: for the journal's thread.
  public void appended(Event event) {
    if (event.conversation() != null) {
      byConversation.getOrDefault(event.conversation(), Set.of()).forEach(open -> open.bell.ring());
    }
  }

  /// Shows a visitor that an answer is being written.
  ///
  /// @param channel the channel's id
  /// @param to the visitor, by all names
  public void typing(String channel, Address to) {
    for (Identifier name : to.identifiers()) {
      byName
          .getOrDefault(new Name(channel, name), Set.of())
          .forEach(open -> open.bell.ringForTyping());
    }
  }

  /// Wakes a visitor's streams, whose conversation has just begun.
  void begun(Seat seat) {
    byName.getOrDefault(Name.of(seat), Set.of()).forEach(open -> open.bell.ring());
  }

  /// Opens a stream.
  ///
  /// @throws ApiError `TOO_MANY_STREAMS` when this visitor, or all together, have too many
  Open open(Seat seat) {
    Name name = Name.of(seat);
    if (byName.getOrDefault(name, Set.of()).size() >= MOST_PER_VISITOR) {
      throw tooMany("visitor");
    }
    if (count.incrementAndGet() > MOST) {
      count.decrementAndGet();
      throw tooMany("server");
    }
    var open = new Open(name);
    byName.compute(name, (_, all) -> with(all, open));
    return open;
  }

  private static ApiError tooMany(String subject) {
    return ApiError.retryAfter(
        ErrorReason.TOO_MANY_STREAMS,
        "There are too many streams of this " + subject + "; close some, or come again later.",
        Map.of("subject", subject),
        Duration.ofSeconds(10));
  }

  private static Set<Open> with(@Nullable Set<Open> all, Open one) {
    Set<Open> set = all == null ? ConcurrentHashMap.newKeySet() : all;
    set.add(one);
    return set;
  }

  private static @Nullable Set<Open> without(Set<Open> all, Open one) {
    all.remove(one);
    return all.isEmpty() ? null : all;
  }

  /// Whom a stream is for.
  private record Name(String channel, Identifier visitor) {
    static Name of(Seat seat) {
      return new Name(seat.channel().id().toString(), seat.visitor().name());
    }
  }

  /// An open stream. For its own thread.
  final class Open implements AutoCloseable {

    private final Name name;
    private final Bell bell = new Bell();
    private @Nullable Long conversation;

    private Open(Name name) {
      this.name = name;
    }

    Bell bell() {
      return bell;
    }

    /// Has it woken by this conversation from now on.
    void follow(long key) {
      if (conversation == null) {
        conversation = key;
        byConversation.compute(key, (_, all) -> with(all, this));
      }
    }

    @Override
    public void close() {
      count.decrementAndGet();
      byName.computeIfPresent(name, (_, all) -> without(all, this));
      if (conversation != null) {
        byConversation.computeIfPresent(conversation, (_, all) -> without(all, this));
      }
    }
  }
}
