package io.recado;

import io.recado.channel.Channels;
import io.recado.http.Routes;
import io.recado.journal.Ids;
import io.recado.network.AddressRange;
import io.recado.ops.Metrics;
import io.recado.webhook.delivery.Delivering;
import io.recado.webhook.delivery.DeliveryRoutes;
import io.recado.webhook.delivery.Post;
import io.recado.webhook.endpoint.EndpointRoutes;
import io.recado.webhook.endpoint.EndpointStore;
import io.recado.webhook.endpoint.Endpoints;
import io.recado.webhook.endpoint.StandingStore;
import io.recado.webhook.guard.AddressGuard;
import io.recado.webhook.guard.CustomerHttp;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/// Webhooks: the parts that keep endpoints and tell events to them.
final class Webhooks implements AutoCloseable {

  private final Storage storage;
  private final Access access;
  private final Telling telling;
  private final Ids ids;
  private final InstantSource clock;
  private final AddressGuard guard;
  private final CustomerHttp http;
  private final Endpoints endpoints;
  private final Post post;
  private final Delivering delivering;

  Webhooks(
      Storage storage,
      Access access,
      Channels channels,
      Telling telling,
      Ids ids,
      InstantSource clock,
      Setup setup) {
    this.storage = storage;
    this.access = access;
    this.telling = telling;
    this.ids = ids;
    this.clock = clock;
    guard = new AddressGuard(setup.allowed);
    http = new CustomerHttp(guard);
    endpoints = new Endpoints(new EndpointStore(storage.cipher()), storage.reads(), channels);
    post = new Post(http, clock, "Recado-Webhooks/" + version());
    delivering =
        new Delivering(
            endpoints,
            new Delivering.Parts(
                storage.journal(),
                storage.reads(),
                telling.feed,
                telling.watch,
                post,
                clock,
                access.auditLog,
                new Random(), // of jitter, on one thread
                setup.metrics));
  }

  /// @param allowed networks that customers' URLs may reach although they are not public
  record Setup(List<AddressRange> allowed, Metrics metrics) {}

  void addTo(Routes routes) {
    new EndpointRoutes(
            endpoints,
            new EndpointRoutes.Storage(
                storage.journal(), storage.reads(), access.answers(), access.pageTokens()),
            ids,
            new SecureRandom(),
            access.auditLog,
            guard::findFault)
        .addTo(routes);
    new DeliveryRoutes(
            endpoints,
            delivering,
            post,
            new DeliveryRoutes.Storage(
                storage.reads(), access.answers(), access.pageTokens(), telling.feed.ids()),
            access.auditLog,
            ids,
            clock)
        .addTo(routes);
  }

  void begin(Metrics metrics) {
    metrics.watchWebhooks(
        () -> storage.reads().read(StandingStore::behind),
        state -> storage.reads().read(r -> EndpointStore.count(r, state)),
        System::nanoTime);
    delivering.start();
  }

  void wake() {
    delivering.wake();
  }

  boolean drain(Duration patience) throws InterruptedException {
    return delivering.drain(patience);
  }

  @Override
  public void close() {
    delivering.close();
    http.close();
    guard.close();
  }

  private static String version() {
    String version = Webhooks.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
