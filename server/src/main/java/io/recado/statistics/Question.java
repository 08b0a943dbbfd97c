package io.recado.statistics;

import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Request;
import io.recado.http.request.ResourceName;
import io.recado.http.request.Rfc3339;
import io.recado.http.request.Violation;
import io.recado.journal.Id;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a caller asks about: whole hours, of one channel or of all that he may see.
///
/// @param channel empty for all
/// @param start the beginning of an hour
/// @param end the end of an hour
record Question(Optional<Id> channel, Instant start, Instant end) {

  private static final Duration USUAL = Duration.ofHours(24);
  private static final Duration LONGEST = Duration.ofDays(31);
  private static final Duration HOUR = Duration.ofHours(1);

  /// What RFC 3339 can still express.
  private static final Instant LAST_HOUR = Instant.parse("9999-12-31T23:00:00Z");

  /// Reads the arguments; the time is widened to whole hours.
  ///
  /// @param now what `endTime` is when none is given; a day before is where it starts then
  /// @throws ApiError because the caller may not see the channel; or naming every fault
  static Question of(Request request, Instant now) {
    List<Violation> violations = new ArrayList<>();
    Optional<Id> channel = channel(request, violations);
    Optional<Instant> from = time(request, "startTime", violations);
    Optional<Instant> to = time(request, "endTime", violations);
    Instant end = endOfHour(to.orElse(now));
    Instant start = from.orElse(end.minus(USUAL)).truncatedTo(ChronoUnit.HOURS);
    if (!from.orElse(start).isBefore(to.orElse(now))) {
      violations.add(
          wrong("startTime", "Must be before the end, which is " + to.orElse(now) + "."));
    } else if (Duration.between(start, end).compareTo(LONGEST) > 0) {
      violations.add(wrong("startTime", "At most 31 days before the end; ask for less at a time."));
    }
    if (!violations.isEmpty()) {
      throw ApiError.invalid(violations);
    }
    return new Question(channel, start, end);
  }

  private static Instant endOfHour(Instant time) {
    Instant hour = time.truncatedTo(ChronoUnit.HOURS);
    boolean isWhole = hour.equals(time) || !hour.isBefore(LAST_HOUR);
    return isWhole ? hour : hour.plus(HOUR);
  }

  /// A channel by its name, or by its id alone.
  private static Optional<Id> channel(Request request, List<Violation> violations) {
    Optional<String> given = request.parameter("channel");
    Optional<Id> id = given.flatMap(Question::id);
    if (given.isPresent() && id.isEmpty()) {
      violations.add(
          wrong("channel", "The name of a channel, such as channels/6633a1b2c4d5e6f7a8b9c0d1."));
    }
    if (id.isPresent() && !request.requireCaller().mayUse(id.get())) {
      throw ApiError.of(
          ErrorReason.CHANNEL_NOT_ALLOWED,
          "This key may not use this channel; use a key that may.",
          Map.of("channel", "channels/" + id.get()));
    }
    return id;
  }

  private static Optional<Id> id(String channel) {
    if (Id.isId(channel)) {
      return Optional.of(Id.parse(channel));
    }
    return ResourceName.parse(channel).orElse(null) instanceof ResourceName.Channel(Id id)
        ? Optional.of(id)
        : Optional.empty();
  }

  private static Optional<Instant> time(
      Request request, String parameter, List<Violation> violations) {
    Optional<String> text = request.parameter(parameter);
    Optional<Instant> time = text.flatMap(Rfc3339::read);
    if (text.isPresent() && time.isEmpty()) {
      violations.add(
          wrong(
              parameter,
              "A time is in RFC 3339, such as \"2026-04-03T10:00:00Z\"; a plus sign in it is"
                  + " written %2B."));
    }
    return time;
  }

  private static Violation wrong(String parameter, String description) {
    return new Violation(parameter, "INVALID_VALUE", description);
  }
}
