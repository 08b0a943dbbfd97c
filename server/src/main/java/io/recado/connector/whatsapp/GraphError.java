package io.recado.connector.whatsapp;

import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.connector.whatsapp.WhatsAppErrors.Verdict;
import io.recado.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An error as Meta words it, in an answer or in a callback.
///
/// Meta says to go by `code` and to read `error_data.details`; titles and sub-codes come and go.
record GraphError(long code, long subcode, boolean isTransient, ProviderAnswer answer) {

  // Of code 100 only: "Object with ID … does not exist, or you lack the permission".
  private static final long NO_SUCH_OBJECT = 33;

  /// The error in an answer's body; empty when it has none that can be understood.
  static Optional<GraphError> inAnswer(int status, JsonObject body) {
    return body.object("error").flatMap(error -> read(status, error));
  }

  /// One item of a callback's `errors`; empty when it has no code.
  static Optional<GraphError> read(int status, JsonObject error) {
    return error
        .number("code")
        .map(
            code ->
                new GraphError(
                    code,
                    error.number("error_subcode").orElse(0L),
                    error.isTrue("is_transient"),
                    new ProviderAnswer(status, code.toString(), words(error))));
  }

  /// What the table says; empty when it does not know the code.
  Optional<Verdict> verdict() {
    return code == 100 && subcode == NO_SUCH_OBJECT
        ? Optional.of(new Verdict.Break(Reason.ACCOUNT_UNREGISTERED))
        : WhatsAppErrors.find(code);
  }

  /// The reason of a failure that is reported, not answered.
  Reason reason() {
    return verdict().map(Verdict::reason).orElse(Reason.PROVIDER_REFUSED);
  }

  /// Whether what the call named, and not what it carried, is unknown to Meta.
  boolean isUnknownObject() {
    return code == 33 || code == 100 || code == 803;
  }

  private static @Nullable String words(JsonObject error) {
    String message = error.string("message").or(() -> error.string("title")).orElse("");
    String details = error.object("error_data").flatMap(data -> data.string("details")).orElse("");
    if (message.isEmpty() || details.isEmpty() || message.contains(details)) {
      String words = message.isEmpty() ? details : message;
      return words.isEmpty() ? null : words;
    }
    return message + ": " + details;
  }
}
