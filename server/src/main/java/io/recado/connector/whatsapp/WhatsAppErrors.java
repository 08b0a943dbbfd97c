package io.recado.connector.whatsapp;

import static io.recado.connector.Reason.ACCOUNT_RESTRICTED;
import static io.recado.connector.Reason.ACCOUNT_UNREGISTERED;
import static io.recado.connector.Reason.CONTENT_REFUSED;
import static io.recado.connector.Reason.CONTENT_UNSUPPORTED;
import static io.recado.connector.Reason.CREDENTIALS_INVALID;
import static io.recado.connector.Reason.PAYMENT_REQUIRED;
import static io.recado.connector.Reason.PERMISSION_MISSING;
import static io.recado.connector.Reason.PROVIDER_REFUSED;
import static io.recado.connector.Reason.PROVIDER_UNAVAILABLE;
import static io.recado.connector.Reason.RECIPIENT_INVALID;
import static io.recado.connector.Reason.RECIPIENT_OPTED_OUT;
import static io.recado.connector.Reason.RECIPIENT_UNREACHABLE;
import static io.recado.connector.Reason.RECIPIENT_WITHHELD;
import static io.recado.connector.Reason.SERVICE_WINDOW_CLOSED;
import static io.recado.connector.Reason.TEMPLATE_DISABLED;
import static io.recado.connector.Reason.TEMPLATE_NOT_FOUND;
import static io.recado.connector.Reason.TEMPLATE_PARAMETERS_INVALID;
import static io.recado.connector.Reason.TEMPLATE_PAUSED;
import static io.recado.connector.SendOutcome.Scope.CHANNEL;
import static io.recado.connector.SendOutcome.Scope.PORTFOLIO;
import static io.recado.connector.SendOutcome.Scope.RECIPIENT;
import static io.recado.connector.SendOutcome.Scope.TEMPLATE;

import io.recado.connector.Reason;
import io.recado.connector.SendOutcome.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// What each of Meta's error codes means, as data. The same table judges answers to sends and
/// failures reported later.
///
/// Source: Meta's page "Error codes", read in July 2026; the codes of Graph itself are those of its
/// OpenAPI document. The HTTP status is no part of it: one code has been seen with several.
final class WhatsAppErrors {

  /// What an error means for a message.
  sealed interface Verdict {

    /// Why, in our words.
    Reason reason();

    /// For good.
    record Refuse(Reason reason) implements Verdict {}

    /// It may be tried again.
    ///
    /// @param maxAttempts 0 for no limit
    /// @param pause the time that Meta documents; zero when none
    record Retry(Reason reason, int maxAttempts, Duration pause) implements Verdict {}

    /// Too many.
    ///
    /// @param pause the time that Meta documents; zero when none
    record Throttle(Scope scope, Duration pause) implements Verdict {
      @Override
      public Reason reason() {
        return scope == RECIPIENT ? Reason.RECIPIENT_BUSY : Reason.THROTTLED;
      }
    }

    /// Credentials or account: nothing can be sent.
    record Break(Reason reason) implements Verdict {}
  }

  private static final List<Row> TABLE =
      List.of(
          row(broken(CREDENTIALS_INVALID), 0, 104, 190),
          row(broken(PERMISSION_MISSING), 3, 10, 131005),
          range(broken(PERMISSION_MISSING), 200, 299),
          row(broken(ACCOUNT_RESTRICTED), 368, 131031, 131037),
          row(broken(PAYMENT_REQUIRED), 131042),
          // No such number, or it is not (or not wholly) registered.
          row(broken(ACCOUNT_UNREGISTERED), 33, 803, 131045, 133000, 133005, 133006),
          row(broken(ACCOUNT_UNREGISTERED), 133008, 133009, 133010, 133015, 133016),
          // Limits of the app or the business account, of the number, of one person.
          row(throttle(PORTFOLIO), 4, 17, 80007, 80008),
          row(throttle(CHANNEL), 130429, 131048),
          row(new Verdict.Throttle(CHANNEL, Duration.ofMinutes(1)), 131057),
          row(throttle(TEMPLATE), 131064),
          row(throttle(RECIPIENT), 131056),
          row(retry(PROVIDER_UNAVAILABLE, 0), 2, 131000, 131016, 133004, 134101, 134102),
          row(retry(PROVIDER_UNAVAILABLE, 3), 1),
          // Meta could not fetch the file: two attempts, and three where it may be on its way.
          row(retry(CONTENT_REFUSED, 2), 131052),
          row(retry(CONTENT_REFUSED, 3), 131053),
          // A flow may be sent ten times an hour.
          row(new Verdict.Retry(Reason.THROTTLED, 0, Duration.ofHours(1)), 132069),
          row(refuse(SERVICE_WINDOW_CLOSED), 470, 131047),
          row(refuse(RECIPIENT_UNREACHABLE), 131026),
          row(refuse(RECIPIENT_INVALID), 192, 131021, 131030, 137000),
          row(refuse(RECIPIENT_OPTED_OUT), 131050),
          row(refuse(RECIPIENT_WITHHELD), 130472, 131049),
          // Of this business to the recipient's country only, so the channel goes on.
          row(refuse(ACCOUNT_RESTRICTED), 130497),
          row(refuse(PAYMENT_REQUIRED), 131044, 134011),
          row(refuse(TEMPLATE_NOT_FOUND), 132001),
          row(refuse(TEMPLATE_PARAMETERS_INVALID), 132000, 132005, 132008, 132012, 132018),
          row(refuse(TEMPLATE_PAUSED), 132015),
          row(refuse(TEMPLATE_DISABLED), 131063, 132016, 132068),
          row(refuse(CONTENT_REFUSED), 100, 131008, 131009, 131014, 132007, 135000),
          row(refuse(CONTENT_UNSUPPORTED), 131020, 131041, 131051, 131055),
          row(refuse(CONTENT_UNSUPPORTED), 131059, 131060, 131062, 134100),
          range(refuse(CONTENT_UNSUPPORTED), 131200, 131299),
          // Making templates, calls, flows, the block list, usernames: not for messages.
          row(refuse(CONTENT_REFUSED), 2388019, 2388040, 2388047, 2388072, 2388073),
          row(refuse(CONTENT_REFUSED), 2388293, 2388299),
          range(refuse(PROVIDER_REFUSED), 138000, 138999),
          range(refuse(PROVIDER_REFUSED), 139000, 139004),
          range(refuse(PROVIDER_REFUSED), 139100, 139103),
          range(refuse(PROVIDER_REFUSED), 147001, 147005));

  private static final Map<Long, Verdict> BY_CODE =
      TABLE.stream()
          .flatMap(row -> row.codes().stream().map(code -> Map.entry(code, row.verdict())))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private WhatsAppErrors() {}

  /// What a code means; empty when it is not known here.
  static Optional<Verdict> find(long code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  private static Verdict broken(Reason reason) {
    return new Verdict.Break(reason);
  }

  private static Verdict refuse(Reason reason) {
    return new Verdict.Refuse(reason);
  }

  private static Verdict retry(Reason reason, int maxAttempts) {
    return new Verdict.Retry(reason, maxAttempts, Duration.ZERO);
  }

  private static Verdict throttle(Scope scope) {
    return new Verdict.Throttle(scope, Duration.ZERO);
  }

  private static Row row(Verdict verdict, long... codes) {
    return new Row(verdict, LongStream.of(codes).boxed().toList());
  }

  private static Row range(Verdict verdict, long first, long last) {
    return new Row(verdict, LongStream.rangeClosed(first, last).boxed().toList());
  }

  private record Row(Verdict verdict, List<Long> codes) {}
}
