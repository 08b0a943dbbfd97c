package io.recado.connector;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What came of one attempt to send. The case decides what happens next; nothing else does, and
/// nothing else comes out of a connector: only a bug is an exception.
public sealed interface SendOutcome {

  /// What the provider answered, for the timeline.
  ProviderAnswer answer();

  /// The provider took the message. Later receipts name it by `providerMessageId`.
  ///
  /// @param recipientId how the provider names the recipient, when it says so; may differ from the
  ///   address used
  /// @param held whether the provider says that it holds the message back for now; it then stays
  ///   SENDING until a receipt
  record Accepted(
      String providerMessageId,
      @Nullable Identifier recipientId,
      boolean held,
      ProviderAnswer answer)
      implements SendOutcome {}

  /// It was refused and would be refused again.
  record Refused(Reason reason, ProviderAnswer answer) implements SendOutcome {}

  /// Nothing was accepted; it may be tried again.
  ///
  /// @param notBefore when at the earliest; null when the provider did not say
  /// @param maxAttempts how many attempts make sense for this fault; beyond them it is refused for
  ///   good. 0 for no such limit
  record RetryLater(
      Reason reason, ProviderAnswer answer, @Nullable Instant notBefore, int maxAttempts)
      implements SendOutcome {}

  /// Nothing was accepted because of too many messages. Uses up no attempt.
  ///
  /// @param notBefore when at the earliest; null when the provider did not say
  record Throttled(Scope scope, ProviderAnswer answer, @Nullable Instant notBefore)
      implements SendOutcome {}

  /// Credentials or account: nothing was accepted, every message of the channel waits, and its
  /// health says why.
  record ChannelBroken(Reason reason, ProviderAnswer answer) implements SendOutcome {}

  /// The request may have been accepted: its answer was lost or cannot be understood. Never sent
  /// again without the channel's consent.
  ///
  /// @param cause what was seen, in words without personal data
  record InDoubt(String cause, ProviderAnswer answer) implements SendOutcome {}

  /// For whom it was too much.
  enum Scope {
    RECIPIENT,
    TEMPLATE,
    CHANNEL,
    PORTFOLIO
  }
}
