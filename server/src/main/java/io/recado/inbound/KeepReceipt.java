package io.recado.inbound;

import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.message.ProviderNames;
import io.recado.message.Receipts.Named;
import io.recado.message.Receipts.Receipt;
import java.util.Optional;

/// Keeps a receipt whose message is not known yet: it overtook our own record of the send.
record KeepReceipt(long workspace, long channel, String providerMessageId, Receipt receipt)
    implements Write<Optional<Named>> {

  @Override
  public long lane() {
    return channel;
  }

  @Override
  public void prepare(Tx tx) {
    ProviderNames.want(tx, workspace, channel, providerMessageId);
  }

  /// The message, when it has become known since it was looked for; nothing was kept then.
  @Override
  public Optional<Named> apply(Tx tx) {
    Optional<Named> known = ProviderNames.find(tx, workspace, channel, providerMessageId);
    if (known.isEmpty()) {
      ProviderNames.keepEarly(tx, workspace, channel, providerMessageId, receipt);
    }
    return known;
  }
}
