package io.recado.message;

import io.recado.conversation.ConversationStore.Identity;
import io.recado.message.AcceptMessage.Draft;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is to be sent to a person, known by the phone number.
///
/// @param to in E.164
/// @param displayName null when the caller gave none
/// @param known the conversation with the person; empty when there is none yet
record AddressedDraft(
    String to, @Nullable String displayName, Optional<Identity> known, Draft draft) {}
