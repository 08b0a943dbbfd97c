package io.recado.connector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One channel's open link to its network. Used by many threads at once; holds nothing that must be
/// given back.
public interface ConnectorSession {

  /// Sends one message with one network call and says what came of it.
  ///
  /// Blocks; runs on a virtual thread. Everything the network can answer, and every way of not
  /// reaching it, is an outcome. Never repeats the call.
  SendOutcome send(OutboundMessage message);

  /// Asks the network what is wrong with the account, with a cheap call.
  ///
  /// @return the problems found; none when sends are likely to succeed now
  default List<Problem> check() {
    return List.of();
  }

  /// Tells the network that a person's message, and with it all earlier ones, was read. Best
  /// effort: a failure is not an error. Does nothing where networks show no such thing.
  default void markRead(String providerMessageId) {}

  /// Shows a person that an answer is being written, for as long as the network shows it. Best
  /// effort: a failure is not an error. Does nothing where networks show no such thing.
  ///
  /// @param to the person, by all names
  /// @param lastReceived the network's id of the person's last message; null when none is known
  default void showTyping(Address to, @Nullable String lastReceived) {}

  /// Lists the account's templates; never asked where there are none.
  default TemplateListing templates() {
    return new TemplateListing.Listed(List.of());
  }

  /// A message on its way out.
  ///
  /// @param echo sent along where the provider gives it back in receipts; settles doubts
  /// @param replyTo the provider's id of the message that is answered; null when none
  record OutboundMessage(Echo echo, Address to, Content content, @Nullable String replyTo) {}

  /// Something that keeps the account from sending.
  record Problem(Reason reason, ProviderAnswer answer) {}

  /// What came of asking for templates.
  sealed interface TemplateListing {

    /// All of them, whatever their status.
    record Listed(List<ProviderTemplate> templates) implements TemplateListing {}

    /// They could not be listed; what is known stays.
    record Failed(Reason reason, ProviderAnswer answer) implements TemplateListing {}
  }
}
