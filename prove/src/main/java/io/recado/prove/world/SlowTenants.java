package io.recado.prove.world;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Workspaces of other customers all of whose webhook endpoints hang, and in which something
/// happens every second.
public final class SlowTenants implements AutoCloseable {

  private static final int AT_ONCE = 8;

  private final Sinks sinks;
  private final List<Tenant> tenants = new ArrayList<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger events = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// @param conversation the server's name of one in the workspace
  private record Tenant(Api api, String conversation) {}

  private SlowTenants(Sinks sinks) {
    this.sinks = sinks;
  }

  /// Makes them; nothing happens in them yet.
  ///
  /// @param endpoints of each workspace
  public static SlowTenants make(World world, Sinks sinks, int workspaces, int endpoints) {
    var slow = new SlowTenants(sinks);
    try (ExecutorService makers = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Tenant>> made = new ArrayList<>();
      for (int i = 0; i < workspaces; i++) {
        int number = i;
        made.add(makers.submit(() -> slow.tenant(world, number, endpoints)));
      }
      for (Future<Tenant> tenant : made) {
        slow.tenants.add(tenant.get());
      }
      return slow;
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new CannotRun("The slow workspaces could not be made: " + e.getMessage());
    }
  }

  private Tenant tenant(World world, int number, int endpoints) {
    Api api = world.makeWorkspace("Slow " + number);
    String channel =
        api.ok(
                "POST",
                "/v1/channels",
                """
                {"type": "WHATSAPP", "whatsapp": {"phoneNumberId": "4001003001%03d",
                 "businessAccountId": "5001002001%03d", "accessToken": "EAA%s", "appSecret": "%s",
                 "verifyToken": "%s"}}\
                """
                    .formatted(
                        number,
                        number,
                        world.canary().word(),
                        world.canary().appSecret(),
                        world.canary().verifyToken()))
            .path("name")
            .asString();
    String contact = "{\"contact\": {\"phoneNumber\": \"+%s\"}}".formatted(world.canary().phone(0));
    String conversation =
        api.ok("POST", "/v1/" + channel + "/conversations", contact).path("name").asString();
    for (int i = 0; i < endpoints; i++) {
      String url = sinks.url(number * endpoints + i);
      api.ok("POST", "/v1/webhookEndpoints", "{\"url\": \"%s\"}".formatted(url));
    }
    return new Tenant(api, conversation);
  }

  /// Lets something happen in each of them every second from now on, until they are closed.
  public void start() {
    for (Tenant tenant : tenants) {
      threads.execute(() -> happen(tenant));
    }
  }

  private void happen(Tenant tenant) {
    for (int i = 0; !over.get(); i++) {
      tenant.api.ok("PATCH", "/v1/" + tenant.conversation, "{\"labels\": [\"n%d\"]}".formatted(i));
      events.incrementAndGet();
      Pause.of(java.time.Duration.ofSeconds(1));
    }
  }

  /// How much has happened in all of them.
  public int events() {
    return events.get();
  }

  @Override
  public void close() {
    over.set(true);
    threads.close();
    tenants.forEach(tenant -> tenant.api.close());
  }
}
