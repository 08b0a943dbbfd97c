package io.recado.channel;

import io.recado.connector.Connector;
import io.recado.connector.Connector.ChannelSettings;
import io.recado.connector.Connector.SessionContext;
import io.recado.connector.ConnectorSession;
import io.recado.event.Event;
import io.recado.event.EventLog;
import io.recado.event.EventType;
import io.recado.http.request.ApiError;
import io.recado.journal.Id;
import io.recado.journal.ReadPool;
import io.recado.journal.Reads;
import io.recado.journal.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The channels as this node knows them, each with its open session.
///
/// Changes that this node has committed are seen at once, those of other nodes within [#MAX_AGE].
/// Finding a channel that was used before is one look-up in memory. Safe for many threads.
public final class Channels {

  /// How late a change of another node may be seen.
  public static final Duration MAX_AGE = Duration.ofSeconds(3);

  private final ChannelStore store;
  private final ReadPool reads;
  private final Connectors connectors;
  private final SessionContext context;
  private final ReadThrough<Id, Channel> byId;
  private final Map<Long, Id> ids = new ConcurrentHashMap<>();
  private final Map<Long, String> types = new ConcurrentHashMap<>();
  private final Map<Id, Open> sessions = new ConcurrentHashMap<>();
  private final List<Consumer<ChannelChange>> listeners = new CopyOnWriteArrayList<>();

  /// @param context what all sessions may use
  public Channels(
      ChannelStore store, ReadPool reads, Connectors connectors, SessionContext context) {
    this.store = store;
    this.reads = reads;
    this.connectors = connectors;
    this.context = context;
    this.byId =
        new ReadThrough<>(
            id -> reads.read(r -> store.findAnywhere(r, id)).map(this::seen),
            MAX_AGE,
            context.clock(),
            this::readAgain);
  }

  /// A channel of a workspace.
  ///
  /// @throws ApiError `RESOURCE_NOT_FOUND`, with the same words whether there is no such channel or
  ///   it is another workspace's
  public Channel require(long workspace, Id id) {
    return find(id)
        .filter(channel -> channel.workspace() == workspace)
        .orElseThrow(() -> ApiError.notFound("channels/" + id));
  }

  /// A channel of whatever workspace. For callbacks, which prove in another way whose they are.
  public Optional<Channel> find(Id id) {
    return byId.find(id);
  }

  /// A channel by its key; empty once it is deleted.
  public Optional<Channel> find(long key) {
    Id id = ids.get(key);
    if (id == null) {
      id = reads.read(r -> store.findAnywhere(r, key)).map(Channel::id).orElse(null);
      if (id == null) {
        return Optional.empty();
      }
      ids.put(key, id);
    }
    return byId.find(id);
  }

  /// The resource name of a channel by its key, also of one that was deleted.
  ///
  /// @param reads asks on behalf of a query that is under way
  public String name(Reads reads, long key) {
    Id id =
        ids.computeIfAbsent(
            key,
            _ ->
                ChannelStore.id(reads, key)
                    .orElseThrow(() -> new IllegalStateException("a channel's key without a row")));
    return "channels/" + id;
  }

  /// The workspace's channel with an account of the provider. Asks the database.
  public Optional<Channel> findByAccount(long workspace, String type, String account) {
    return reads.read(r -> store.findByAccount(r, workspace, type, account)).map(this::seen);
  }

  /// The workspace's channels whose setting has a value. Asks the database for all of the type.
  public List<Channel> findBySetting(long workspace, String type, String setting, String value) {
    return reads.read(r -> store.findBySetting(r, workspace, type, setting, value)).stream()
        .map(this::seen)
        .toList();
  }

  /// Channels of all workspaces by rising key. Asks the database; for what works on behalf of all.
  ///
  /// @param after the last key of the page before; 0 for the first
  public List<Channel> all(long after, int limit) {
    return reads.read(r -> store.all(r, after, limit)).stream().map(this::seen).toList();
  }

  /// The type of a channel, by its key. Asks nobody, so that the journal's thread may ask it: a
  /// channel that this process has not met is of type `unknown`.
  public String type(long key) {
    return types.getOrDefault(key, "unknown");
  }

  /// The channel's link to its network, with the settings that it has now.
  public ConnectorSession session(Channel channel) {
    Channel current = find(channel.id()).orElse(channel);
    Open open = sessions.get(current.id());
    if (open == null || open.settings != current.settings()) {
      open = sessions.compute(current.id(), (_, old) -> reopened(current, old));
    }
    return open.session;
  }

  /// What the channel's network is.
  public Connector connector(Channel channel) {
    return connectors.require(channel.type());
  }

  /// Has a listener told of every change from now on, once it is durable: on the thread that
  /// committed it, so it must be quick and must not fail. Changes of other nodes are told when they
  /// are noticed, which is when somebody asks for the channel.
  public void listen(Consumer<ChannelChange> listener) {
    listeners.add(listener);
  }

  ChannelStore store() {
    return store;
  }

  /// Stores a change with its event, inside a write.
  Channel change(Tx tx, Channel before, Channel after, Instant now) {
    store.update(tx, after);
    PausedTime.note(tx, before, after, now);
    EventLog.append(tx, event(after, now, null));
    tx.afterCommit(() -> committed(new ChannelChange(before, after)));
    return after;
  }

  /// Makes a channel, inside a write; empty when another one has its account.
  Optional<Channel> create(Tx tx, Channel channel, Instant now) {
    Optional<Channel> created = store.insert(tx, channel);
    created.ifPresent(
        made -> {
          EventLog.append(tx, event(made, now, null));
          tx.afterCommit(() -> committed(new ChannelChange(null, made)));
        });
    return created;
  }

  /// Deletes a channel, inside a write.
  void delete(Tx tx, Channel channel, Instant now) {
    store.delete(tx, channel, now);
    EventLog.append(tx, event(channel, now, now));
    tx.afterCommit(() -> committed(new ChannelChange(channel, null)));
  }

  /// Takes note of a callback that came in for another channel, inside a write; no event.
  void relayed(Tx tx, Channel after) {
    store.update(tx, after);
    tx.afterCommit(() -> byId.put(after.id(), after));
  }

  /// A key never comes to mean another channel, nor a channel to be of another type.
  private Channel seen(Channel channel) {
    ids.putIfAbsent(channel.key(), channel.id());
    types.putIfAbsent(channel.key(), channel.type());
    return channel;
  }

  private static Event event(Channel channel, Instant now, @Nullable Instant deleteTime) {
    return Event.ofChannel(
        channel.workspace(),
        EventType.CHANNEL_UPDATED,
        now,
        channel.key(),
        ChannelJson.change(channel, deleteTime));
  }

  private void committed(ChannelChange change) {
    Channel channel = change.channel();
    if (change.after() == null) {
      byId.remove(channel.id());
    } else {
      byId.put(channel.id(), seen(channel));
    }
    tell(change);
  }

  private void readAgain(Channel before, Optional<Channel> now) {
    if (!now.equals(Optional.of(before))) {
      tell(new ChannelChange(before, now.orElse(null)));
    }
  }

  private void tell(ChannelChange change) {
    if (change.after() == null) {
      sessions.remove(change.channel().id());
    }
    listeners.forEach(listener -> listener.accept(change));
  }

  /// The session goes on as long as the settings say the same.
  private Open reopened(Channel channel, @Nullable Open old) {
    ConnectorSession session =
        old != null && old.settings.equals(channel.settings())
            ? old.session
            : connector(channel).open(channel.settings(), context);
    return new Open(channel.settings(), session);
  }

  private record Open(ChannelSettings settings, ConnectorSession session) {}
}
