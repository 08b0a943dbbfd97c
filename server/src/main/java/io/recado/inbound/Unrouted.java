package io.recado.inbound;

import io.recado.connector.ProviderEvent.Receipt;
import io.recado.json.JsonObject;

/// A receipt for an account that nobody has, in the form in which it is parked.
final class Unrouted {

  private Unrouted() {}

  static JsonObject of(Receipt receipt) {
    return JsonObject.builder()
        .with("account", receipt.account())
        .with("providerMessageId", receipt.providerMessageId())
        .with("echo", receipt.echo() == null ? null : receipt.echo().toString())
        .with("status", receipt.status().name())
        .with("providerTime", receipt.providerTime().toString())
        .build();
  }
}
