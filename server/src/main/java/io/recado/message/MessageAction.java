package io.recado.message;

import java.util.Optional;

/// What a person does about a message, as the audit log and the timeline name it.
enum MessageAction {
  CANCEL("messages.cancel"),
  GIVE_UP("messages.giveUp"),
  RESEND("messages.resend");

  private final String auditName;

  MessageAction(String auditName) {
    this.auditName = auditName;
  }

  /// The action of its entry in the audit log.
  String auditName() {
    return auditName;
  }

  /// The action that an entry of the audit log tells of.
  static Optional<MessageAction> of(String auditName) {
    for (MessageAction action : values()) {
      if (action.auditName.equals(auditName)) {
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }
}
