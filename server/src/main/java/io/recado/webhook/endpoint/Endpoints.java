package io.recado.webhook.endpoint;

import io.recado.channel.Channel;
import io.recado.channel.Channels;
import io.recado.http.request.ApiError;
import io.recado.journal.Id;
import io.recado.journal.ReadPool;
import io.recado.journal.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The endpoints, and who is told when one changes. Safe for many threads.
public final class Endpoints {

  private final EndpointStore store;
  private final ReadPool reads;
  private final Channels channels;
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

  /// Endpoints kept in this store.
  public Endpoints(EndpointStore store, ReadPool reads, Channels channels) {
    this.store = store;
    this.reads = reads;
    this.channels = channels;
  }

  /// An endpoint of the workspace.
  ///
  /// @throws ApiError `RESOURCE_NOT_FOUND`
  public WebhookEndpoint require(long workspace, Id id) {
    return reads
        .read(r -> store.find(r, workspace, id))
        .orElseThrow(() -> ApiError.notFound(WebhookEndpoint.name(id)));
  }

  /// All endpoints of all workspaces by rising key.
  ///
  /// @param after the last key of the page before; 0 for the first
  public List<WebhookEndpoint> all(long after, int limit) {
    return reads.read(r -> store.all(r, after, limit));
  }

  /// Has somebody told of each change once it is durable, on the journal's thread: must be quick.
  public void listen(Consumer<Change> listener) {
    listeners.add(listener);
  }

  /// The key of a channel; empty when the workspace has it no more.
  public Optional<Long> channelKey(long workspace, Id id) {
    return channels.find(id).filter(found -> found.workspace() == workspace).map(Channel::key);
  }

  EndpointStore store() {
    return store;
  }

  /// The endpoint as it is, locked until the commit.
  WebhookEndpoint lock(Tx tx, long workspace, Id id) {
    return store
        .lock(tx, workspace, id)
        .orElseThrow(() -> ApiError.notFound(WebhookEndpoint.name(id)));
  }

  WebhookEndpoint create(Tx tx, WebhookEndpoint endpoint) {
    WebhookEndpoint created = store.insert(tx, endpoint);
    StandingStore.insert(tx, created.workspace(), created.key());
    tell(tx, new Change(null, created));
    return created;
  }

  WebhookEndpoint change(Tx tx, WebhookEndpoint before, WebhookEndpoint after) {
    store.update(tx, after);
    tell(tx, new Change(before, after));
    return after;
  }

  void delete(Tx tx, WebhookEndpoint endpoint, Instant now) {
    EndpointStore.delete(tx, endpoint, now);
    StandingStore.delete(tx, endpoint.workspace(), endpoint.key());
    tell(tx, new Change(endpoint, null));
  }

  private void tell(Tx tx, Change change) {
    tx.afterCommit(() -> listeners.forEach(listener -> listener.accept(change)));
  }

  /// An endpoint as it was and as it is, once that is durable.
  ///
  /// @param before null when it has just been made
  /// @param after null when it has just been deleted
  public record Change(@Nullable WebhookEndpoint before, @Nullable WebhookEndpoint after) {}
}
