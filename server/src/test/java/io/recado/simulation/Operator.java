package io.recado.simulation;

import io.recado.access.AuditStamp;
import io.recado.channel.Channel;
import io.recado.channel.ChannelChanges;
import io.recado.journal.Write;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Who looks after the channel: pauses it, resumes it, gives it a new token when it is broken.
final class Operator {

  private static final long SECOND = 1_000_000;

  private final World world;
  private final RandomGenerator random;
  private long pausedSince;
  private boolean isPaused;
  private int open;

  Operator(World world) {
    this.world = world;
    this.random = world.random();
  }

  /// Whether everything is as it should be.
  boolean isDone() {
    return open == 0 && !isPaused;
  }

  void begin() {
    if (world.profile().pauses) {
      world.agenda().after(random.nextLong(60 * SECOND), this::pause);
    }
  }

  /// Gives the channel the token that the provider wants, after a while.
  void mendLater() {
    open++;
    world.agenda().after(random.nextLong(90 * SECOND), this::mend);
  }

  private void mend() {
    change(
        node ->
            ChannelChanges.token(
                node.channels,
                node.channel(world.channel()),
                Network.TOKEN,
                world.network().token(),
                stamp(node)),
        () -> open--);
  }

  private void pause() {
    if (!world.isHostile()) {
      return;
    }
    isPaused = true;
    pausedSince = world.clock().millis();
    change(
        node ->
            ChannelChanges.state(node.channels, node.channel(world.channel()), true, stamp(node)),
        () -> world.agenda().after(random.nextLong(60 * SECOND), this::resume));
  }

  private void resume() {
    change(
        node ->
            ChannelChanges.state(node.channels, node.channel(world.channel()), false, stamp(node)),
        () -> {
          world.ledger().pausedMillis += Math.max(0, world.clock().millis() - pausedSince);
          isPaused = false;
          world.agenda().after(random.nextLong(120 * SECOND), this::pause);
        });
  }

  private static AuditStamp stamp(Node node) {
    return new AuditStamp(node.ids.next(), node.world().clock().instant(), "system");
  }

  private void change(Function<Node, Write<Channel>> write, Runnable done) {
    Node node = world.node();
    if (node == null) {
      world.agenda().after(SECOND, () -> change(write, done));
      return;
    }
    node.request(
        () -> node.storage.journal.commit(write.apply(node)),
        channel -> {
          world.trace("operator: the channel is %s", channel.state());
          done.run();
        },
        fault -> world.agenda().after(SECOND, () -> change(write, done)));
  }
}
