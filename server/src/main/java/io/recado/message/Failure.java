package io.recado.message;

import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.json.JsonObject;

/// Why a message failed.
///
/// @param answer what the provider said; kept apart from our own words
public record Failure(Reason reason, ProviderAnswer answer) {

  /// A failure of which the provider knows nothing.
  public static Failure of(Reason reason) {
    return new Failure(reason, ProviderAnswer.ofStatus(0));
  }

  /// The API's `error` of a message.
  public JsonObject toJson() {
    return JsonObject.builder()
        .with("reason", reason.name())
        .with("message", reason.sentence())
        .with("remedy", reason.remedy())
        .with("retryable", reason.isRetryable())
        .with("providerCode", answer.code())
        .with("providerMessage", answer.message())
        .build();
  }

  /// What is stored; the sentences are not, so that mending one mends them all.
  JsonObject toRow() {
    return JsonObject.builder()
        .with("reason", reason.name())
        .with("httpStatus", answer.httpStatus())
        .with("code", answer.code())
        .with("message", answer.message())
        .build();
  }

  static Failure ofRow(JsonObject row) {
    return new Failure(
        Reason.valueOf(row.string("reason").orElseThrow()),
        new ProviderAnswer(
            row.number("httpStatus").orElse(0L).intValue(),
            row.string("code").orElse(null),
            row.string("message").orElse(null)));
  }
}
