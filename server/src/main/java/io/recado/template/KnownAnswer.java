package io.recado.template;

import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;

/// An answer that is known already: keeps it under the request's idempotency key, for work that
/// does no harm when it is repeated.
record KnownAnswer(long workspace, JsonObject answer) implements Write<JsonObject> {

  @Override
  public JsonObject apply(Tx tx) {
    return answer;
  }
}
