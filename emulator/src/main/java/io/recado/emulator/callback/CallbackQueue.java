package io.recado.emulator.callback;

import io.recado.emulator.time.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What waits for one destination: sent together when it comes up within a few milliseconds, and
/// also with what comes up while the callback before is under way, so that a busy business gets few
/// and large callbacks.
///
/// A second callback goes out beside the first when a whole batch waits, or when the first is not
/// answered within [#PATIENCE]; at most [#MAX_UNDER_WAY] do.
final class CallbackQueue {
  private static final Logger LOG = LoggerFactory.getLogger(CallbackQueue.class);
  private static final int MAX_WAITING = 1_000_000;
  private static final int MAX_UNDER_WAY = 4;

  private static final Duration PATIENCE = Duration.ofMillis(50);

  private final Destination destination;
  private final IntSupplier batchSize;
  private final Redelivery redelivery;
  private final Timers timers;
  private final ExecutorService threads;
  private final ArrayDeque<Update> waiting = new ArrayDeque<>();
  private boolean sendComing;
  private boolean patienceEnds;
  private int underWay;
  private long dropped;

  CallbackQueue(
      Destination destination,
      IntSupplier batchSize,
      Redelivery redelivery,
      Timers timers,
      ExecutorService threads) {
    this.destination = destination;
    this.batchSize = batchSize;
    this.redelivery = redelivery;
    this.timers = timers;
    this.threads = threads;
  }

  /// Has `update` sent soon.
  synchronized void add(Update update) {
    if (waiting.size() >= MAX_WAITING) {
      if (dropped++ == 0) {
        LOG.warn("More than {} updates wait for a callback; the newest are dropped", MAX_WAITING);
      }
      return;
    }
    waiting.add(update);
    if (!sendComing) {
      sendComing = true;
      timers.after(Duration.ZERO, this::sendWaiting);
    }
  }

  private synchronized void sendWaiting() {
    sendComing = false;
    int batch = batchSize.getAsInt();
    while (!waiting.isEmpty() && (underWay == 0 || waiting.size() >= batch) && start(batch)) {}
    if (!waiting.isEmpty() && !patienceEnds) {
      patienceEnds = true;
      timers.after(PATIENCE, this::sendRest);
    }
  }

  private synchronized void sendRest() {
    patienceEnds = false;
    int batch = batchSize.getAsInt();
    while (!waiting.isEmpty() && start(batch)) {}
  }

  /// False when as many are under way as may be, or the emulator stops.
  private boolean start(int batchSize) {
    if (underWay == MAX_UNDER_WAY || threads.isShutdown()) {
      return false;
    }
    List<Update> batch = takeBatch(batchSize);
    underWay++;
    threads.execute(() -> send(batch));
    return true;
  }

  private List<Update> takeBatch(int most) {
    int size = Math.min(most, waiting.size());
    List<Update> batch = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      batch.add(waiting.poll());
    }
    return batch;
  }

  private void send(List<Update> batch) {
    try {
      redelivery.send(destination, CallbackBody.of(batch));
    } finally {
      sent();
    }
  }

  private synchronized void sent() {
    underWay--;
    sendWaiting();
  }

  synchronized long waiting() {
    return waiting.size() + underWay;
  }

  synchronized long dropped() {
    return dropped;
  }
}
