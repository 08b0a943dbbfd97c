package io.recado.webhook.guard;

import java.net.UnknownHostException;

/// The host has an address that may not be called. A kind of [UnknownHostException] because that is
/// the only one that the client's name service may throw.
final class AddressRefused extends UnknownHostException {

  private static final long serialVersionUID = 1;

  AddressRefused() {
    super("an address of the host is not public");
  }
}
