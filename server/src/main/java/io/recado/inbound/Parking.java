package io.recado.inbound;

import io.recado.channel.Channel;
import io.recado.connector.ProviderEvent;
import io.recado.connector.ProviderEvent.MessageReceived;
import io.recado.journal.Cipher;
import io.recado.journal.Id;
import io.recado.journal.Ids;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.zip.DeflaterOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what a provider sent as it came, sealed; above all what could not be applied. Safe for
/// many threads.
///
/// @param ids of what is parked
public record Parking(Ids ids, Cipher cipher) {

  private static final Logger LOG = LoggerFactory.getLogger(Parking.class);

  /// @param via the channel through which it came
  /// @param why one sentence, without personal data
  Park park(Channel via, String why, ProviderEvent event, Instant now) {
    Id id = ids.next();
    LOG.warn("channel {}: an item of a callback is parked as {}: {}", via.id(), id, why);
    return new Park(
        via.workspace(), via.key(), id, why, seal(via.workspace(), id, raw(event)), now);
  }

  /// Compressed, then encrypted: it holds texts and numbers.
  byte[] seal(long workspace, Id id, JsonObject raw) {
    var bytes = new ByteArrayOutputStream();
    try (var deflate = new DeflaterOutputStream(bytes)) {
      deflate.write(Json.write(raw));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cipher.encrypt(bytes.toByteArray(), workspace + "|raw_payload|payload|" + id);
  }

  private static JsonObject raw(ProviderEvent event) {
    return switch (event) {
      case MessageReceived received -> received.raw();
      case ProviderEvent.Receipt receipt -> Unrouted.of(receipt);
      case ProviderEvent.Unreadable unreadable -> unreadable.raw();
      case ProviderEvent.TemplatesChanged _,
          ProviderEvent.AccountChanged _,
          ProviderEvent.Ignored _ ->
          JsonObject.empty();
    };
  }
}
