/// Conversations: all messages with one contact on one channel, in order.
///
/// A contact may be known by several identifiers; a reply under any of them lands in the same
/// conversation. What changes with every message sits in a narrow row of its own,
/// [io.recado.conversation.ConversationStates], whose lock gives messages and events their numbers.
@NullMarked
package io.recado.conversation;

import org.jspecify.annotations.NullMarked;
