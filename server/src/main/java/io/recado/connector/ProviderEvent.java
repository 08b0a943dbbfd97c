package io.recado.connector;

import io.recado.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that a provider told us: the smallest unit of a callback, applied or parked by itself.
public sealed interface ProviderEvent {

  /// The provider's name of the account concerned, by which the event is routed to a channel; empty
  /// when it does not say. [TemplatesChanged] and [AccountChanged] may name an account that holds
  /// several channels, as the setting with that value does.
  String account();

  /// A person wrote.
  ///
  /// @param sender at least one
  /// @param displayName what the person calls itself; null when unknown
  /// @param replyTo the provider's id of the message that is answered; null when none
  /// @param providerTime by the provider's clock; [Instant#EPOCH] when it does not say
  /// @param raw the message as the provider sent it
  record MessageReceived(
      String account,
      String providerMessageId,
      List<Identifier> sender,
      @Nullable String displayName,
      Content content,
      @Nullable String replyTo,
      Instant providerTime,
      JsonObject raw)
      implements ProviderEvent {

    /// Copies the list.
    public MessageReceived {
      sender = List.copyOf(sender);
    }
  }

  /// What became of a message of ours.
  ///
  /// @param echo what we hung on the send, given back; null when the provider gave nothing back
  /// @param providerTime by the provider's clock; [Instant#EPOCH] when it does not say
  /// @param recipient how the provider names the recipient; may be none
  /// @param failure why it failed; null unless `status` is FAILED
  record Receipt(
      String account,
      String providerMessageId,
      @Nullable Echo echo,
      ReceiptStatus status,
      Instant providerTime,
      List<Identifier> recipient,
      @Nullable Failure failure)
      implements ProviderEvent {

    /// Copies the list.
    public Receipt {
      recipient = List.copyOf(recipient);
    }
  }

  /// The account's templates have changed; the list should be asked for again.
  record TemplatesChanged(String account) implements ProviderEvent {}

  /// The account's state has changed.
  ///
  /// @param problem what keeps it from sending; null when the provider says that it is well again
  record AccountChanged(String account, ConnectorSession.@Nullable Problem problem)
      implements ProviderEvent {}

  /// Something that could not be understood; it is parked with its reason.
  record Unreadable(String account, String why, JsonObject raw) implements ProviderEvent {}

  /// Something understood that concerns nothing we keep, such as an unknown kind of notice.
  record Ignored(String account, String kind) implements ProviderEvent {}

  /// What a receipt may say.
  enum ReceiptStatus {
    SENT,
    DELIVERED,
    READ,
    FAILED
  }

  /// Why the provider says a message failed.
  record Failure(Reason reason, ProviderAnswer answer) {}
}
