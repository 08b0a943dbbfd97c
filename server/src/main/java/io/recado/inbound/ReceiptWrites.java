package io.recado.inbound;

import io.recado.channel.Channel;
import io.recado.connector.ProviderEvent;
import io.recado.journal.Id;
import io.recado.journal.ReadPool;
import io.recado.journal.Write;
import io.recado.message.Message.Direction;
import io.recado.message.MessageStore;
import io.recado.message.Receipts;
import io.recado.message.Receipts.Named;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the message of a receipt and makes the write that applies it, or keeps it until its
/// message is known. Safe for many threads.
///
/// @param told of what is still to be done for messages, on the journal's thread
public record ReceiptWrites(ReadPool reads, Parking parking, ApplyReceipt.Told told) {

  /// The messages that the names in some receipts stand for, asked for together.
  Map<String, Named> named(Channel channel, List<ProviderEvent.Receipt> events) {
    List<String> names =
        events.stream().map(ProviderEvent.Receipt::providerMessageId).distinct().toList();
    return reads.read(r -> Receipts.find(r, channel.workspace(), channel.key(), names));
  }

  Write<?> write(Channel channel, ProviderEvent.Receipt event, Instant now) {
    return write(channel, event, named(channel, event.providerMessageId()), now);
  }

  /// @param byName what its name stands for
  Write<?> write(
      Channel channel, ProviderEvent.Receipt event, Optional<Named> byName, Instant now) {
    var receipt = new Receipts.Receipt(event.status(), now, event.providerTime(), event.failure());
    Optional<Named> named = byName.or(() -> echoed(channel, event));
    if (named.isEmpty()) {
      return new KeepReceipt(
          channel.workspace(), channel.key(), event.providerMessageId(), receipt);
    }
    return named.get().direction() == Direction.OUTBOUND
        ? apply(channel, event, named.get(), receipt)
        : parking.park(channel, "a receipt for a message that was received", event, now);
  }

  private ApplyReceipt apply(
      Channel channel, ProviderEvent.Receipt event, Named named, Receipts.Receipt receipt) {
    return new ApplyReceipt(
        channel.workspace(),
        channel.key(),
        named,
        event.providerMessageId(),
        event.echo() == null ? 0 : event.echo().attempt(),
        receipt,
        told);
  }

  /// The message that it is about by what we hung on the send.
  private Optional<Named> echoed(Channel channel, ProviderEvent.Receipt event) {
    if (event.echo() == null) {
      return Optional.empty();
    }
    Id id = Id.parse(event.echo().messageId());
    return reads
        .read(r -> MessageStore.find(r, channel.workspace(), id))
        .filter(message -> message.channel() == channel.key())
        .map(
            message ->
                new Named(id, message.conversation(), message.direction(), event.echo().piece()));
  }

  /// The message that a provider calls by this name.
  Optional<Named> named(Channel channel, String providerMessageId) {
    return reads.read(r -> Receipts.find(r, channel.workspace(), channel.key(), providerMessageId));
  }
}
