package io.recado.connector.webchat;

import io.recado.connector.Address;
import io.recado.connector.ConnectorSession;
import io.recado.connector.Content;
import io.recado.connector.Identifier;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.connector.SendOutcome;
import io.recado.connector.webchat.WebChatConnector.Visitors;
import org.jspecify.annotations.Nullable;

/// One widget's link to its visitors.
///
/// @param channel the channel's id
record WebChatSession(String channel, Visitors visitors) implements ConnectorSession {

  private static final ProviderAnswer NO_CALL = ProviderAnswer.ofStatus(0);

  /// Accepted once it may be shown: the visitor's browser fetches it from the conversation, now or
  /// when it comes back. It goes by our own id, so that a second time it is the same message.
  @Override
  public SendOutcome send(OutboundMessage message) {
    if (!isVisitor(message.to())) {
      return new SendOutcome.Refused(Reason.RECIPIENT_INVALID, NO_CALL);
    }
    return switch (message.content()) {
      case Content.Text _ ->
          new SendOutcome.Accepted(message.echo().messageId(), null, false, NO_CALL);
      case Content.Template _, Content.Unsupported _ ->
          new SendOutcome.Refused(Reason.CONTENT_UNSUPPORTED, NO_CALL);
    };
  }

  @Override
  public void showTyping(Address to, @Nullable String lastReceived) {
    visitors.typing(channel, to);
  }

  private static boolean isVisitor(Address to) {
    return to.find(Identifier.VISITOR).or(() -> to.find(Identifier.USER)).isPresent();
  }
}
