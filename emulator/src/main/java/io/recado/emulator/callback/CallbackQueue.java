package io.recado.emulator.callback;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What waits for one destination. A few callbacks are under way at a time; each takes up to a
/// batch.
final class CallbackQueue {
  private static final Logger LOG = LoggerFactory.getLogger(CallbackQueue.class);
  private static final int MAX_WAITING = 1_000_000;
  private static final int MAX_UNDER_WAY = 4;

  private final Destination destination;
  private final IntSupplier batchSize;
  private final Redelivery redelivery;
  private final ExecutorService threads;
  private final ArrayDeque<Update> waiting = new ArrayDeque<>();
  private boolean drainComing;
  private int underWay;
  private long dropped;

  CallbackQueue(
      Destination destination,
      IntSupplier batchSize,
      Redelivery redelivery,
      ExecutorService threads) {
    this.destination = destination;
    this.batchSize = batchSize;
    this.redelivery = redelivery;
    this.threads = threads;
  }

  /// True when the caller is to have [#drain] run soon.
  synchronized boolean add(Update update) {
    if (waiting.size() >= MAX_WAITING) {
      if (dropped++ == 0) {
        LOG.warn("More than {} updates wait for a callback; the newest are dropped", MAX_WAITING);
      }
      return false;
    }
    waiting.add(update);
    boolean first = !drainComing;
    drainComing = true;
    return first;
  }

  /// Starts as many callbacks as may be under way.
  synchronized void drain() {
    drainComing = false;
    while (!waiting.isEmpty() && underWay < MAX_UNDER_WAY) {
      List<Update> batch = takeBatch();
      underWay++;
      threads.execute(() -> send(batch));
    }
  }

  private List<Update> takeBatch() {
    int size = Math.min(batchSize.getAsInt(), waiting.size());
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
    drain();
  }

  synchronized long waiting() {
    return waiting.size() + underWay;
  }

  synchronized long dropped() {
    return dropped;
  }
}
