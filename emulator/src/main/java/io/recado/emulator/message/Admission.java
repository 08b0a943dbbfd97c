package io.recado.emulator.message;

import io.recado.emulator.behaviour.Behaviour;
import io.recado.emulator.graph.GraphError;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Refuses sends for what Meta allows at a time, for a recipient's fate, or because the behaviour
/// says so.
final class Admission {
  private static final int REFUSALS_AT_FIRST = 3;

  private final Supplier<Behaviour> behaviour;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final TokenBuckets<String> numbers = new TokenBuckets<>();
  private final TokenBuckets<Pair> pairs = new TokenBuckets<>();
  private final Map<Pair, Integer> refusals = new ConcurrentHashMap<>();

  Admission(Supplier<Behaviour> behaviour, InstantSource clock, RandomGenerator random) {
    this.behaviour = behaviour;
    this.clock = clock;
    this.random = random;
  }

  /// @throws GraphError 130429 or 131056 for a limit or a fate, or the code that the behaviour
  ///   names
  void admit(SendRequest request, Fate fate) {
    Pair pair = new Pair(request.number().id(), request.to().phone());
    fail(behaviour.get().answers().failWith());
    if (fate == Fate.THROTTLED_AT_FIRST && refusedAtFirst(pair)) {
      throw GraphError.of(
          130429, "This recipient is throttled three times before a message is accepted.");
    }
    if (fate == Fate.PAIR_LIMITED_AT_FIRST && refusedAtFirst(pair)) {
      throw GraphError.of(
          131056, "This recipient meets the pair limit three times before a message is accepted.");
    }
    Behaviour.Limits limits = behaviour.get().limits();
    takeFromNumber(limits.messagesPerSecond(), pair.numberId());
    takeFromPair(limits.recipient(), pair);
  }

  private void fail(Behaviour.@Nullable Failure failure) {
    if (failure != null && random.nextDouble() < failure.rate()) {
      throw GraphError.of(failure.code(), "The emulator's behaviour answers this error.");
    }
  }

  private boolean refusedAtFirst(Pair pair) {
    int refused = refusals.merge(pair, 1, Integer::sum);
    if (refused > REFUSALS_AT_FIRST) {
      refusals.remove(pair);
      return false;
    }
    return true;
  }

  private void takeFromNumber(@Nullable Integer perSecond, String numberId) {
    if (perSecond != null
        && !numbers.take(numberId, clock.millis(), perSecond, 1_000.0 / perSecond)) {
      throw GraphError.of(
          130429, "The number has sent " + perSecond + " messages within a second.");
    }
  }

  private void takeFromPair(Behaviour.@Nullable RecipientLimit limit, Pair pair) {
    if (limit != null
        && !pairs.take(pair, clock.millis(), limit.burst(), limit.interval().toMillis())) {
      throw GraphError.of(
          131056, "Too many messages from this number to this recipient; wait before the next.");
    }
  }
}
