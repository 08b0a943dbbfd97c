package io.recado.webhook.delivery;

import io.recado.journal.Id;
import io.recado.webhook.cursor.Answer;
import io.recado.webhook.endpoint.SigningSecret;
import io.recado.webhook.endpoint.WebhookEndpoint;
import io.recado.webhook.guard.CustomerAnswer;
import io.recado.webhook.guard.CustomerHttp;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One signed request to an endpoint, and what its answer means. Blocks; safe for many threads.
public final class Post {

  /// So much of an answer is kept.
  static final int MOST_KEPT_BYTES = 1_024;

  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  private final CustomerHttp http;
  private final InstantSource clock;
  private final String userAgent;

  /// @param userAgent such as `Recado-Webhooks/0.1.0`
  public Post(CustomerHttp http, InstantSource clock, String userAgent) {
    this.http = http;
    this.clock = clock;
    this.userAgent = userAgent;
  }

  /// Sends the very bytes that are signed.
  ///
  /// @param id of the event
  Answer send(WebhookEndpoint endpoint, String id, byte[] body) {
    Instant start = clock.instant();
    Map<String, String> headers =
        new LinkedHashMap<>(
            SigningSecret.signature(endpoint.secrets(), start).headers(id, start, body));
    headers.put("content-type", "application/json");
    headers.put("user-agent", userAgent);
    long begin = System.nanoTime();
    CustomerAnswer answer = http.post(workspace(endpoint), endpoint.url(), headers, body);
    Duration latency = Duration.ofNanos(System.nanoTime() - begin);
    return switch (answer) {
      case CustomerAnswer.Answered answered ->
          new Answer(
              Answer.Kind.of(answered.status()),
              start,
              latency,
              answered.status(),
              text(answered.start()),
              answered.retryAfter().map(text -> retryAfter(text, clock.instant())).orElse(null));
      case CustomerAnswer.Unanswered(CustomerAnswer.Cause cause) ->
          new Answer(Answer.Kind.UNAVAILABLE, start, latency, 0, cause.words(), null);
    };
  }

  /// Connections are kept apart by this.
  private static Id workspace(WebhookEndpoint endpoint) {
    return new Id(endpoint.workspace(), 0);
  }

  /// How an answer begins, in a form that any database and log can hold.
  static String text(byte[] start) {
    int length = Math.min(start.length, MOST_KEPT_BYTES);
    String text = new String(start, 0, length, StandardCharsets.UTF_8);
    return CONTROLS.matcher(text).replaceAll(" ").strip();
  }

  /// What `Retry-After` asks for; null when it cannot be understood. Source: RFC 9110, 10.2.3.
  static @Nullable Duration retryAfter(String text, Instant now) {
    String value = text.strip();
    if (value.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Instant time = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return time.isAfter(now) ? Duration.between(now, time) : Duration.ZERO;
    } catch (DateTimeException _) {
      return null;
    }
  }
}
