package io.recado.connector.whatsapp;

import io.recado.connector.ConnectorSession.Problem;
import io.recado.connector.Identifier;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderHttp.Exchange;
import io.recado.connector.Reason;
import io.recado.connector.SendOutcome;
import io.recado.connector.whatsapp.WhatsAppErrors.Verdict;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.json.MalformedJson;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What Meta's answers mean: by the error's code, and by the HTTP status only where there is none.
final class WhatsAppAnswers {

  private static final Set<String> HELD = Set.of("held_for_quality_assessment", "paused");

  private final InstantSource clock;

  WhatsAppAnswers(InstantSource clock) {
    this.clock = clock;
  }

  /// What came of a send.
  SendOutcome outcome(Exchange exchange) {
    return switch (exchange) {
      case Exchange.NotSent notSent -> retry(Reason.PROVIDER_UNAVAILABLE, unsent(notSent), null, 0);
      case Exchange.Lost lost ->
          new SendOutcome.InDoubt(
              "The answer was lost: " + lost.cause() + ".", ProviderAnswer.ofStatus(lost.status()));
      case Exchange.Answered answered -> outcome(answered, body(answered));
    };
  }

  /// The body of a call that reads or changes nothing of a message, or what is wrong.
  ///
  /// @param unknownObject the reason when Meta does not know what the call named
  static Reading reading(Exchange exchange, Reason unknownObject) {
    return switch (exchange) {
      case Exchange.NotSent notSent ->
          new Reading.Failed(new Problem(Reason.PROVIDER_UNAVAILABLE, unsent(notSent)));
      case Exchange.Lost lost ->
          new Reading.Failed(
              new Problem(
                  Reason.PROVIDER_UNAVAILABLE,
                  new ProviderAnswer(lost.status(), null, lost.cause())));
      case Exchange.Answered answered -> reading(answered, body(answered), unknownObject);
    };
  }

  /// What a call that reads came to.
  sealed interface Reading {
    record Read(JsonObject body) implements Reading {}

    record Failed(Problem problem) implements Reading {}
  }

  private static Reading reading(Exchange.Answered answered, JsonObject body, Reason unknown) {
    int status = answered.status();
    Optional<GraphError> error = GraphError.inAnswer(status, body);
    if (error.isPresent()) {
      GraphError known = error.get();
      return new Reading.Failed(
          new Problem(known.isUnknownObject() ? unknown : known.reason(), known.answer()));
    }
    if (isSuccess(status) && !body.fields().isEmpty()) {
      return new Reading.Read(body);
    }
    Reason reason =
        switch (status) {
          case 401 -> Reason.CREDENTIALS_INVALID;
          case 429 -> Reason.THROTTLED;
          default -> Reason.PROVIDER_UNAVAILABLE;
        };
    return new Reading.Failed(new Problem(reason, ProviderAnswer.ofStatus(status)));
  }

  private SendOutcome outcome(Exchange.Answered answered, JsonObject body) {
    int status = answered.status();
    ProviderAnswer plain = ProviderAnswer.ofStatus(status);
    Optional<GraphError> error = GraphError.inAnswer(status, body);
    if (error.isPresent()) {
      return refusal(error.get(), retryAfter(answered));
    }
    Optional<SendOutcome> accepted =
        isSuccess(status) ? accepted(body, plain) : unexplained(plain, retryAfter(answered));
    return accepted.orElseGet(
        () ->
            new SendOutcome.InDoubt(
                "HTTP "
                    + status
                    + (isSuccess(status) ? " without a message id." : " without an error code."),
                plain));
  }

  private static Optional<SendOutcome> accepted(JsonObject body, ProviderAnswer answer) {
    return body.objects("messages").stream()
        .findFirst()
        .flatMap(
            message ->
                message
                    .string("id")
                    .filter(id -> !id.isBlank())
                    .map(
                        id ->
                            new SendOutcome.Accepted(
                                id,
                                recipient(body),
                                HELD.contains(message.string("message_status").orElse("")),
                                answer)));
  }

  private static @Nullable Identifier recipient(JsonObject body) {
    return body.objects("contacts").stream()
        .findFirst()
        .flatMap(
            contact ->
                contact
                    .string("wa_id")
                    .map(id -> new Identifier(WhatsAppConnector.WA_ID, id))
                    .or(
                        () ->
                            contact
                                .string("user_id")
                                .map(id -> new Identifier(WhatsAppConnector.USER_ID, id))))
        .orElse(null);
  }

  private SendOutcome refusal(GraphError error, @Nullable Instant retryAfter) {
    ProviderAnswer answer = error.answer();
    if (error.verdict().isEmpty()) {
      return unknown(error, retryAfter);
    }
    return switch (error.verdict().get()) {
      case Verdict.Refuse(Reason reason) -> new SendOutcome.Refused(reason, answer);
      case Verdict.Break(Reason reason) -> new SendOutcome.ChannelBroken(reason, answer);
      case Verdict.Retry(Reason reason, int maxAttempts, Duration pause) ->
          retry(reason, answer, notBefore(retryAfter, pause), maxAttempts);
      case Verdict.Throttle(SendOutcome.Scope scope, Duration pause) ->
          new SendOutcome.Throttled(scope, answer, notBefore(retryAfter, pause));
    };
  }

  private static SendOutcome unknown(GraphError error, @Nullable Instant retryAfter) {
    ProviderAnswer answer = error.answer();
    if (error.isTransient() || answer.httpStatus() >= 500) {
      return retry(Reason.PROVIDER_UNAVAILABLE, answer, retryAfter, 0);
    }
    return unexplained(answer, retryAfter)
        .orElseGet(() -> new SendOutcome.Refused(Reason.PROVIDER_REFUSED, answer));
  }

  /// What the HTTP status alone says: for two of them enough.
  private static Optional<SendOutcome> unexplained(
      ProviderAnswer answer, @Nullable Instant retryAfter) {
    return switch (answer.httpStatus()) {
      case 401 -> Optional.of(new SendOutcome.ChannelBroken(Reason.CREDENTIALS_INVALID, answer));
      case 429 ->
          Optional.of(new SendOutcome.Throttled(SendOutcome.Scope.CHANNEL, answer, retryAfter));
      default -> Optional.empty();
    };
  }

  private static SendOutcome retry(
      Reason reason, ProviderAnswer answer, @Nullable Instant notBefore, int maxAttempts) {
    return new SendOutcome.RetryLater(reason, answer, notBefore, maxAttempts);
  }

  private @Nullable Instant notBefore(@Nullable Instant retryAfter, Duration pause) {
    return retryAfter != null || pause.isZero() ? retryAfter : clock.instant().plus(pause);
  }

  /// Source: RFC 9110, 10.2.3: seconds, or a date.
  private @Nullable Instant retryAfter(Exchange.Answered answered) {
    String value = answered.header("Retry-After").orElse("").strip();
    if (value.matches("\\d{1,9}")) {
      return clock.instant().plusSeconds(Long.parseLong(value));
    }
    try {
      return value.isEmpty()
          ? null
          : DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static ProviderAnswer unsent(Exchange.NotSent notSent) {
    return new ProviderAnswer(0, null, notSent.cause());
  }

  /// The body as JSON; without fields when it is none.
  private static JsonObject body(Exchange.Answered answered) {
    try {
      return Json.readObjectLeniently(answered.body());
    } catch (MalformedJson e) {
      return JsonObject.empty();
    }
  }

  private static boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }
}
