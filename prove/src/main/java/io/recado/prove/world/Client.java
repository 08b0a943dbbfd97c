package io.recado.prove.world;

import io.recado.prove.ledger.Answer;
import io.recado.prove.ledger.ClientCall;
import io.recado.prove.ledger.Ledger;
import io.recado.prove.world.Api.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Sends one message after the other, each under a key of its own, and asks with the same key until
/// it knows what came of it.
final class Client implements Runnable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int LONGEST_BACK_OFF_MILLIS = 800;
  private static final Set<Integer> TRY_AGAIN = Set.of(408, 409, 429);

  private final Line line;
  private final Api api;
  private final Ledger<ClientCall> ledger;
  private final InstantSource clock;
  private final Random random;
  private final Pace pace;

  /// @param isOver whether nothing new is to be sent
  record Pace(Duration mean, String canary, BooleanSupplier isOver) {}

  Client(
      Line line,
      Api api,
      Ledger<ClientCall> ledger,
      InstantSource clock,
      Random random,
      Pace pace) {
    this.line = line;
    this.api = api;
    this.ledger = ledger;
    this.clock = clock;
    this.random = random;
    this.pace = pace;
  }

  @Override
  public void run() {
    pause();
    for (int i = 1; !pace.isOver.getAsBoolean(); i++) {
      send(i);
      pause();
    }
  }

  private void pause() {
    Pause.of(pace.mean.multipliedBy(random.nextInt(500, 1_500)).dividedBy(1_000));
  }

  private void send(int sequence) {
    String text =
        "%s-%06d-%s-%08x".formatted(line.label(), sequence, pace.canary, random.nextInt());
    long end = System.nanoTime() + PATIENCE.toNanos();
    int backOff = 25;
    while (!isKnown(sequence, text) && System.nanoTime() < end) {
      Pause.of(Duration.ofMillis(random.nextInt(backOff, 2 * backOff)));
      backOff = Math.min(2 * backOff, LONGEST_BACK_OFF_MILLIS);
    }
  }

  private boolean isKnown(int sequence, String text) {
    Instant start = clock.instant();
    Answer answer = call(text);
    ledger.add(
        new ClientCall(
            line.label(), sequence, line.phone(), text, text, start, clock.instant(), answer));
    return switch (answer) {
      case Answer.Accepted _ -> true;
      case Answer.Refused refused -> refused.isFinal();
      case Answer.Unknown _ -> false;
    };
  }

  private Answer call(String text) {
    try {
      Reply reply =
          api.call(
              "POST",
              "/v1/" + line.name() + "/messages",
              "{\"text\": \"" + text + "\"}",
              "Idempotency-Key",
              text);
      String name = reply.body().path("name").asString("");
      if (reply.status() == 200 && !name.isEmpty()) {
        return new Answer.Accepted(name);
      }
      boolean isFinal = reply.status() < 500 && !TRY_AGAIN.contains(reply.status());
      return new Answer.Refused(reply.status(), reply.reason(), isFinal);
    } catch (IOException e) {
      return new Answer.Unknown(e.getClass().getSimpleName());
    }
  }
}
