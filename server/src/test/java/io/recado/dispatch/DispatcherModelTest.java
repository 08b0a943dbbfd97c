package io.recado.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.channel.Channel;
import io.recado.channel.Channel.InDoubt;
import io.recado.channel.Channel.InDoubt.Policy;
import io.recado.channel.Channel.RecipientLimit;
import io.recado.connector.Reason;
import io.recado.dispatch.Input.Signal;
import io.recado.journal.Id;
import io.recado.message.Failure;
import io.recado.message.OutboxRow.State;
import io.recado.message.Priority;
import io.recado.message.Queued;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Thousands of random events, seeded: whatever happens, [DispatchWorld] finds never two in flight
/// in a conversation and none out of order, and in the end everything has left the outbox.
class DispatcherModelTest {

  private static final int STEPS = 3_000;

  private final List<Queued> late = new ArrayList<>();

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverHappensOrderIsKeptAndEverythingLeavesInTheEnd(long seed) {
    var random = new Random(seed);
    var world =
        new DispatchWorld(
            random.nextBoolean() ? 50 : null,
            random.nextBoolean() ? new RecipientLimit(3, Duration.ofSeconds(2)) : null,
            new InDoubt(
                random.nextBoolean() ? Policy.FAIL : Policy.RESEND,
                Duration.ofSeconds(20),
                Duration.ofSeconds(5)));
    int conversations = 1 + random.nextInt(12);
    for (int i = 0; i < STEPS; i++) {
      step(world, random, conversations);
    }
    world.state(Channel.State.ACTIVE);
    handOver(world);
    int rounds = 0;
    do {
      world.readAll();
      List.copyOf(world.inFlight.values()).forEach(world::sent);
    } while ((world.advanceToNext() || !world.reads.isEmpty() || !world.inFlight.isEmpty())
        && rounds++ < 200_000);
    assertThat(world.outbox).isEmpty();
    world.advance(Duration.ofMinutes(5));
    assertThat(world.size()).isZero();
  }

  private void step(DispatchWorld world, Random random, int conversations) {
    long conversation = random.nextInt(conversations);
    switch (random.nextInt(20)) {
      case 0, 1, 2 -> accepted(world, random, world.store(conversation));
      case 3 -> accepted(world, random, world.store(conversation, world.nextId(), Priority.BULK));
      case 4 -> late.add(world.store(conversation));
      case 5 -> handOver(world);
      case 6 -> {
        Id lower = world.nextId();
        late.add(world.store(conversation, world.nextId()));
        accepted(world, random, world.store(conversation, lower));
      }
      case 7 -> world.skipSeq(conversation);
      case 8, 9 -> world.read();
      case 10, 11, 12, 13, 14 -> end(world, random);
      case 15 -> receipt(world, random);
      case 16 -> world.advance(Duration.ofMillis(random.nextInt(8_000)));
      case 17 -> world.advanceToNext();
      case 18 -> world.state(random.nextInt(4) == 0 ? Channel.State.PAUSED : Channel.State.ACTIVE);
      default -> {
        if (random.nextInt(20) == 0) {
          late.clear();
          world.restart();
        }
      }
    }
  }

  /// Messages are handed over in the order of their acceptance, sometimes late: a page may show
  /// them before.
  private void accepted(DispatchWorld world, Random random, Queued queued) {
    late.add(queued);
    if (random.nextInt(3) > 0) {
      handOver(world);
    }
  }

  private void handOver(DispatchWorld world) {
    while (!late.isEmpty()) {
      world.arrive(late.removeFirst());
    }
  }

  private static void end(DispatchWorld world, Random random) {
    if (world.inFlight.isEmpty()) {
      return;
    }
    List<Queued> flying = List.copyOf(world.inFlight.values());
    Queued one = flying.get(random.nextInt(flying.size()));
    switch (random.nextInt(10)) {
      case 0 -> world.end(one, new Next.Failed(Failure.of(Reason.CONTENT_REFUSED)));
      case 1 -> world.end(one, world.again(one, Duration.ofMillis(random.nextInt(9_000))));
      case 2 -> world.end(one, world.inDoubt(one));
      case 3 ->
          world.end(
              one,
              new Next.Awaited(
                  one.outbox().awaitingReceipt(State.HELD, world.now.plusSeconds(30))));
      case 4 -> world.end(one, world.again(one, Duration.ofSeconds(1)), new Signal.Throttled(null));
      case 5 -> {
        Next doubt = world.stored(one, world.inDoubt(one));
        world.receipt(one);
        world.tell(new Input.Ended(one, doubt, new Signal.None()));
      }
      case 6 -> {
        world.sent(one);
        world.bringBack(one);
      }
      case 7 -> {
        world.inFlight.remove(one.id());
        world.bringBack(one);
        world.tell(new Input.Ended(one, new Next.Settled(), new Signal.None()));
      }
      default -> world.sent(one);
    }
  }

  private static void receipt(DispatchWorld world, Random random) {
    if (!world.outbox.isEmpty()) {
      List<Queued> all = List.copyOf(world.outbox.values());
      Queued one = all.get(random.nextInt(all.size()));
      if (one.outbox().attempt() > 0) {
        world.receipt(one);
      }
    }
  }
}
