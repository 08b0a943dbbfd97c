package io.recado.prove.world;

import io.recado.prove.ledger.ClientCall;
import io.recado.prove.ledger.Ledger;
import io.recado.prove.ledger.Written;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Clients who send and people who write, all at once, until told to stop.
public final class Traffic {

  private static final Duration PATIENCE = Duration.ofSeconds(150);

  private final World world;
  private final Ledger<ClientCall> calls;
  private final Ledger<Written> written;
  private final AtomicBoolean over = new AtomicBoolean();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Traffic(World world, Ledger<ClientCall> calls, Ledger<Written> written) {
    this.world = world;
    this.calls = calls;
    this.written = written;
  }

  void start(Load load, long seed) {
    List<Line> lines = world.lines();
    Duration mean = Duration.ofSeconds(1).multipliedBy(lines.size()).dividedBy(load.perSecond());
    var pace = new Client.Pace(mean, world.canary().word(), over::get);
    for (int i = 0; i < lines.size(); i++) {
      var random = new Random(seed + i);
      threads.execute(
          new Client(lines.get(i), world.api(), calls, InstantSource.system(), random, pace));
    }
    if (load.inboundPerSecond() > 0) {
      threads.execute(() -> write(load.inboundPerSecond(), new Random(~seed)));
    }
  }

  private void write(int perSecond, Random random) {
    for (int i = 1; !over.get(); i++) {
      Line line = world.lines().get(random.nextInt(world.lines().size()));
      String text = "p-%06d-%s".formatted(i, world.canary().word());
      written.add(new Written(world.write(line, text), line.phone(), text));
      Pause.of(Duration.ofSeconds(1).dividedBy(perSecond));
    }
  }

  /// Lets nothing new begin; returns when what has begun is known.
  public void stop() {
    over.set(true);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
