package io.recado.webhook.delivery;

import io.recado.access.AuditLog;
import io.recado.feed.ShownEvent;
import io.recado.webhook.cursor.Answer;
import io.recado.webhook.cursor.Command;
import io.recado.webhook.cursor.Input;
import io.recado.webhook.cursor.Place;
import io.recado.webhook.endpoint.DisableEndpoint;
import io.recado.webhook.endpoint.Endpoints;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out the commands that block: calls endpoints, reads the log, disables. An attempt and a
/// read end with an answer whatever fails, since the deliverer would wait for it for ever. Safe for
/// many threads.
final class Worker {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /// Between two tries of what has to succeed.
  static final Duration PAUSE = Duration.ofSeconds(1);

  private final Map<Place, ShownEvent> underWay = new ConcurrentHashMap<>();
  private final Delivering.Parts parts;
  private final Endpoints endpoints;
  private final ServedEndpoints served;
  private final Reader reader;
  private final BooleanSupplier stopping;

  /// @param stopping tells when nothing is to be tried again, nor warned of: what is cut short is
  ///   done again after the next start
  Worker(
      Delivering.Parts parts,
      Endpoints endpoints,
      ServedEndpoints served,
      BooleanSupplier stopping) {
    this.parts = parts;
    this.endpoints = endpoints;
    this.served = served;
    this.stopping = stopping;
    this.reader = new Reader(parts.journal(), parts.reads(), parts.feed(), parts.clock());
  }

  /// Whether no event is being told.
  boolean isIdle() {
    return underWay.isEmpty();
  }

  /// Takes the event that was told from a place; empty when none was, or when its endpoint was
  /// forgotten meanwhile.
  Optional<ShownEvent> take(Place place) {
    return Optional.ofNullable(underWay.remove(place));
  }

  /// Forgets what is being told to an endpoint.
  void forget(long endpoint) {
    underWay.keySet().removeIf(place -> place.endpoint() == endpoint);
  }

  /// Tells an endpoint one event.
  Input deliver(Command.Deliver attempt) {
    return new Input.Ended(attempt.ticket(), answer(attempt));
  }

  /// Reads the next stretch of the log for a cursor.
  Input page(Command.ReadPage read) {
    try {
      return served
          .find(read.endpoint())
          .map(known -> reader.page(read, known))
          .orElseGet(() -> new Input.ReadFailed(read.endpoint(), read.cursor()));
    } catch (RuntimeException e) {
      warn("the log could not be read for endpoint {}: {}", read.endpoint(), e.toString());
      return new Input.ReadFailed(read.endpoint(), read.cursor());
    }
  }

  /// Reads on for a conversation that does not keep up with its cursor.
  Input lane(Command.ReadLane read) {
    var failed = new Input.LaneFailed(read.endpoint(), read.cursor(), read.lane());
    try {
      return served.find(read.endpoint()).map(known -> reader.lane(read, known)).orElse(failed);
    } catch (RuntimeException e) {
      warn("the log could not be read for endpoint {}: {}", read.endpoint(), e.toString());
      return failed;
    }
  }

  /// Disables an endpoint, however long the database is away.
  void disable(Command.Disable disable) {
    Served known = served.find(disable.endpoint()).orElse(null);
    boolean isDone = known == null;
    while (!isDone && !stopping.getAsBoolean()) {
      try {
        var stamp = parts.auditLog().stamp(AuditLog.SYSTEM);
        parts
            .journal()
            .commit(new DisableEndpoint(endpoints, known.endpoint(), disable.cause(), stamp));
        LOG.warn("{} was disabled: {}", known.endpoint().name(), disable.cause());
        isDone = true;
      } catch (RuntimeException e) {
        LOG.warn("{} could not be disabled; it is tried again", known.endpoint().name(), e);
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private Answer answer(Command.Deliver attempt) {
    Place place = attempt.place();
    try {
      Served known = served.find(place.endpoint()).orElse(null);
      Optional<ShownEvent> event =
          known == null
              ? Optional.empty()
              : reader.event(attempt.workspace(), known, place.cursor(), place.position());
      if (event.isEmpty()) {
        return Answer.skipped(parts.clock().instant());
      }
      underWay.put(place, event.get());
      Answer answer = parts.post().send(known.endpoint(), event.get().id(), event.get().json());
      parts.observer().attempted(answer.kind(), answer.latency().toNanos());
      return answer;
    } catch (RuntimeException e) {
      // As if the endpoint could not be reached: the same event is tried again in a moment.
      warn("event {} could not be sent to endpoint {}", place.position(), place.endpoint(), e);
      return new Answer(
          Answer.Kind.UNAVAILABLE,
          parts.clock().instant(),
          Duration.ZERO,
          0,
          "a fault of this server",
          null);
    }
  }

  private void warn(String sentence, Object... details) {
    if (!stopping.getAsBoolean()) {
      LOG.warn(sentence, details);
    }
  }
}
