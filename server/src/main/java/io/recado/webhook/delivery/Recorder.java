package io.recado.webhook.delivery;

import io.recado.journal.Journal;
import io.recado.webhook.cursor.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores what came of deliveries, in batches, one after the other: a later one never overtakes an
/// earlier one, and none is dropped while the database is away. For the deliverer's thread, but for
/// what stores.
final class Recorder {

  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Journal journal;
  private final Executor work;
  private final Runnable stored;
  private final Deque<List<RecordDeliveries>> batches = new ArrayDeque<>();
  private List<Told> told = new ArrayList<>();
  private boolean isStoring;
  private volatile boolean isStopped;

  /// @param stored run when a batch is stored, on any thread
  Recorder(Journal journal, Executor work, Runnable stored) {
    this.journal = journal;
    this.work = work;
    this.stored = stored;
  }

  void add(Told one) {
    told.add(one);
  }

  boolean hasNothing() {
    return told.isEmpty() && batches.isEmpty() && !isStoring;
  }

  boolean isStoring() {
    return isStoring;
  }

  /// Takes what came since, to be stored next.
  void take(List<Progress> progress) {
    if (told.isEmpty() && progress.isEmpty()) {
      return;
    }
    Map<Long, List<Told>> toldBy = new LinkedHashMap<>();
    Map<Long, List<Progress>> progressBy = new LinkedHashMap<>();
    for (Told one : told) {
      toldBy.computeIfAbsent(one.record().workspace(), _ -> new ArrayList<>()).add(one);
    }
    for (Progress one : progress) {
      progressBy.computeIfAbsent(one.workspace(), _ -> new ArrayList<>()).add(one);
    }
    told = new ArrayList<>();
    List<RecordDeliveries> batch = new ArrayList<>();
    toldBy.forEach(
        (workspace, list) ->
            batch.add(
                new RecordDeliveries(
                    workspace, list, progressBy.getOrDefault(workspace, List.of()))));
    progressBy.forEach(
        (workspace, list) -> {
          if (!toldBy.containsKey(workspace)) {
            batch.add(new RecordDeliveries(workspace, List.of(), list));
          }
        });
    batches.add(batch);
    next();
  }

  /// A batch was stored.
  void onStored() {
    isStoring = false;
    next();
  }

  /// Gives up what cannot be stored.
  void stop() {
    isStopped = true;
  }

  private void next() {
    List<RecordDeliveries> batch = isStoring ? null : batches.poll();
    if (batch != null) {
      isStoring = true;
      work.execute(
          () -> {
            store(batch);
            stored.run();
          });
    }
  }

  private void store(List<RecordDeliveries> batch) {
    List<RecordDeliveries> left = batch;
    while (!isStopped) {
      List<RecordDeliveries> failed = new ArrayList<>();
      var outcomes = journal.commitAll(left);
      for (int i = 0; i < left.size(); i++) {
        if (outcomes.get(i).failure() != null) {
          LOG.warn(
              "deliveries of webhooks were not stored; it is tried again in {}",
              PAUSE,
              outcomes.get(i).failure());
          failed.add(left.get(i));
        }
      }
      if (failed.isEmpty()) {
        return;
      }
      left = failed;
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
