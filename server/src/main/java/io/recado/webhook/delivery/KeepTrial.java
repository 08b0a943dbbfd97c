package io.recado.webhook.delivery;

import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;

/// Changes nothing: what came of a trial is kept under the request's idempotency key alone.
record KeepTrial(long workspace, JsonObject trial) implements Write<JsonObject> {

  @Override
  public JsonObject apply(Tx tx) {
    return trial;
  }
}
