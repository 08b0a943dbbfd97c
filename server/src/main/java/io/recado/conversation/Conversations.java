package io.recado.conversation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.recado.channel.Channel;
import io.recado.connector.Address;
import io.recado.connector.Identifier;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.http.request.ApiError;
import io.recado.journal.Id;
import io.recado.journal.Ids;
import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.journal.Reads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the process knows of conversations. What never changes of one is kept in memory, so that
/// the usual message asks the database nothing. Safe for many threads.
public final class Conversations {

  private static final int KNOWN = 200_000;

  private final ReadPool reads;
  private final Journal journal;
  private final Ids ids;
  private final InstantSource clock;
  private final Cache<Name, Identity> byId = Caffeine.newBuilder().maximumSize(KNOWN).build();
  private final Cache<Key, Id> idsByKey = Caffeine.newBuilder().maximumSize(KNOWN).build();
  private final Cache<Long, Address> addresses =
      Caffeine.newBuilder().maximumSize(KNOWN).expireAfterWrite(Duration.ofSeconds(30)).build();

  /// Conversations of one database.
  public Conversations(ReadPool reads, Journal journal, Ids ids, InstantSource clock) {
    this.reads = reads;
    this.journal = journal;
    this.ids = ids;
    this.clock = clock;
  }

  /// A channel's conversation.
  ///
  /// @throws ApiError when there is none of that id on that channel
  public Identity require(Channel channel, Id id) {
    var name = new Name(channel.workspace(), id);
    Identity known = byId.getIfPresent(name);
    if (known == null) {
      known =
          reads
              .read(r -> ConversationStore.identity(r, channel.workspace(), id))
              .orElseThrow(() -> notFound(channel, id));
      byId.put(name, known);
    }
    if (known.channel() != channel.key()) {
      throw notFound(channel, id);
    }
    return known;
  }

  /// The id of a conversation's key.
  public Id id(long workspace, long key) {
    var name = new Key(workspace, key);
    Id known = idsByKey.getIfPresent(name);
    if (known == null) {
      known =
          reads
              .read(r -> ConversationStore.id(r, workspace, key))
              .orElseThrow(() -> new IllegalStateException("a conversation's key without a row"));
      idsByKey.put(name, known);
    }
    return known;
  }

  /// The ids of several keys, read together where they are not known yet.
  ///
  /// @param reads asks on behalf of a query that is under way
  public Map<Long, Id> ids(Reads reads, long workspace, Collection<Long> keys) {
    Map<Long, Id> ids = new HashMap<>();
    List<Long> unknown = new ArrayList<>();
    for (long key : keys) {
      Id known = idsByKey.getIfPresent(new Key(workspace, key));
      if (known == null) {
        unknown.add(key);
      } else {
        ids.put(key, known);
      }
    }
    Map<Long, Id> found = ConversationStore.ids(reads, workspace, unknown);
    found.forEach((key, id) -> idsByKey.put(new Key(workspace, key), id));
    ids.putAll(found);
    return ids;
  }

  /// Every name of a conversation's contact; up to half a minute old.
  public Address address(long workspace, long conversation) {
    Address known = addresses.getIfPresent(conversation);
    if (known == null) {
      known = reads.read(r -> Identifiers.address(r, workspace, conversation));
      addresses.put(conversation, known);
    }
    return known;
  }

  /// The conversation with a contact, if there is one.
  public Optional<Long> find(Channel channel, List<Identifier> contact) {
    return reads.read(
        r ->
            contact.stream()
                .map(i -> Identifiers.find(r, channel.workspace(), channel.key(), i))
                .flatMap(Optional::stream)
                .findFirst());
  }

  /// The conversation with a contact; made when there is none.
  ///
  /// @param contact by what names it is known; at least one
  /// @param displayName kept when the contact has none yet; null when unknown
  public Identity open(Channel channel, List<Identifier> contact, @Nullable String displayName) {
    Identity opened = journal.commit(opening(channel, contact, displayName));
    addresses.invalidate(opened.key());
    return opened;
  }

  /// The change that [#open] makes, to be committed with others.
  public OpenConversation opening(
      Channel channel, List<Identifier> contact, @Nullable String displayName) {
    return new OpenConversation(
        channel.workspace(), channel.key(), ids.next(), contact, displayName, clock.instant());
  }

  private static ApiError notFound(Channel channel, Id id) {
    return ApiError.notFound(channel.name() + "/conversations/" + id);
  }

  private record Name(long workspace, Id id) {}

  private record Key(long workspace, long key) {}
}
