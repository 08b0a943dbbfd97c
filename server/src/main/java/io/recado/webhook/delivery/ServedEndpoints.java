package io.recado.webhook.delivery;

import io.recado.feed.LogWatch;
import io.recado.journal.ReadPool;
import io.recado.webhook.cursor.Input;
import io.recado.webhook.endpoint.Endpoints;
import io.recado.webhook.endpoint.StandingStore;
import io.recado.webhook.endpoint.StandingStore.Reading;
import io.recado.webhook.endpoint.WebhookEndpoint;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The endpoints that events are told to now. One thread adds, changes and removes them; many ask.
final class ServedEndpoints {

  private final Map<Long, Served> served = new ConcurrentHashMap<>();
  private final Endpoints endpoints;
  private final ReadPool reads;
  private final LogWatch watch;

  ServedEndpoints(Endpoints endpoints, ReadPool reads, LogWatch watch) {
    this.endpoints = endpoints;
    this.reads = reads;
    this.watch = watch;
  }

  /// An endpoint; empty when nothing is told to it now.
  Optional<Served> find(long endpoint) {
    return Optional.ofNullable(served.get(endpoint));
  }

  /// Reads where an endpoint stands, and serves it from now on. Blocks.
  ///
  /// @return how the deliverer is told of it
  /// @throws io.recado.journal.StorageException when that cannot be read
  Input.Opened open(WebhookEndpoint endpoint) {
    long workspace = endpoint.workspace();
    Served fresh = Served.of(endpoint, endpoints);
    Input.Opened opened =
        reads.read(
            r -> {
              StandingStore.cursors(r, workspace, endpoint.key())
                  .forEach(one -> fresh.readings().put(one.cursor().number(), one));
              return new Input.Opened(
                  workspace,
                  endpoint.key(),
                  StandingStore.standing(r, workspace, endpoint.key()),
                  fresh.readings().values().stream().map(Reading::cursor).toList(),
                  StandingStore.lanes(r, workspace, endpoint.key()));
            });
    watch.mark(workspace); // from now on other nodes' events are looked for, too
    served.put(endpoint.key(), fresh);
    return opened;
  }

  /// An endpoint was changed; its cursors stay.
  ///
  /// @return false when it is not served
  boolean refresh(WebhookEndpoint after) {
    Optional<Served> known = find(after.key());
    known.ifPresent(
        before -> {
          Served fresh = Served.of(after, endpoints);
          fresh.readings().putAll(before.readings());
          served.put(after.key(), fresh);
        });
    return known.isPresent();
  }

  /// Serves an endpoint no longer.
  void remove(long endpoint) {
    served.remove(endpoint);
  }
}
