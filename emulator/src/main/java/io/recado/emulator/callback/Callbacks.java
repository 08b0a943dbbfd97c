package io.recado.emulator.callback;

import io.recado.emulator.account.Account;
import io.recado.emulator.behaviour.Behaviour;
import io.recado.emulator.time.Timers;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Tells businesses what happened. Handing over never blocks; delivery goes on by itself.
public final class Callbacks implements AutoCloseable {
  private final Subscriptions subscriptions;
  private final Supplier<Behaviour> behaviour;
  private final Timers timers;
  private final RandomGenerator random;
  private final CallbackClient client = new CallbackClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Redelivery redelivery;
  private final Map<Destination, CallbackQueue> queues = new ConcurrentHashMap<>();

  public Callbacks(
      Subscriptions subscriptions,
      Supplier<Behaviour> behaviour,
      Timers timers,
      InstantSource clock,
      RandomGenerator random) {
    this.subscriptions = subscriptions;
    this.behaviour = behaviour;
    this.timers = timers;
    this.random = random;
    this.redelivery = new Redelivery(client, timers, clock, threads);
  }

  /// Has `update` told soon, together with others that come up in the same moment; to nobody when
  /// its account has no address or is not subscribed.
  public void tell(Update update) {
    String numberId = update instanceof Update.OnNumber onNumber ? onNumber.number().id() : null;
    Optional<Destination> destination = subscriptions.findDestination(update.account(), numberId);
    destination.ifPresent(to -> queues.computeIfAbsent(to, this::newQueue).add(update));
  }

  private CallbackQueue newQueue(Destination to) {
    return new CallbackQueue(
        to, () -> behaviour.get().receipts().batch(), redelivery, timers, threads);
  }

  /// Verifies the account's own address; blocks for up to 10 seconds.
  public Handshake verify(Account account) {
    String url = account.callbackUrl();
    return url == null
        ? Handshake.failed("no callbackUrl is set, so nothing is called back")
        : verify(url, account.verifyToken());
  }

  /// Verifies an address; blocks for up to 10 seconds.
  public Handshake verify(String url, String verifyToken) {
    String challenge = Integer.toString(random.nextInt(100_000_000, Integer.MAX_VALUE));
    return client.verify(url, verifyToken, challenge);
  }

  public CallbackCounts counts() {
    long waiting = queues.values().stream().mapToLong(CallbackQueue::waiting).sum();
    long dropped = queues.values().stream().mapToLong(CallbackQueue::dropped).sum();
    return redelivery.counts(waiting, dropped);
  }

  @Override
  public void close() {
    client.close();
    threads.shutdownNow();
  }
}
