package io.recado.conversation;

import io.recado.connector.Identifier;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.event.EventType;
import io.recado.journal.Id;
import io.recado.journal.StorageException;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the conversation with a contact, or makes it: one per contact and channel, however many
/// ask at once.
///
/// @param id of a new one
/// @param contact by what names the contact is known; those that are new to an existing
///   conversation are added to it
public record OpenConversation(
    long workspace,
    long channel,
    Id id,
    List<Identifier> contact,
    @Nullable String displayName,
    Instant now)
    implements Write<Identity> {

  private static final String RENAME =
      """
      UPDATE conversation SET display_name = ?, update_time = ?
      WHERE workspace_key = ? AND conversation_key = ? AND display_name IS NULL\
      """;

  @Override
  public long lane() {
    return channel;
  }

  @Override
  public Identity apply(Tx tx) {
    Optional<Long> existing =
        contact.stream()
            .map(identifier -> Identifiers.find(tx, workspace, channel, identifier))
            .flatMap(Optional::stream)
            .findFirst();
    if (existing.isPresent()) {
      return extend(tx, existing.get());
    }
    String phone =
        contact.stream()
            .filter(identifier -> identifier.scheme().equals(Identifier.PHONE))
            .map(Identifier::value)
            .findFirst()
            .orElse(null);
    tx.changed();
    long key = ConversationStore.insert(tx, workspace, channel, id, displayName, phone, now);
    for (Identifier identifier : contact) {
      if (!Identifiers.take(tx, workspace, channel, key, identifier, now)) {
        // Another node has just made it: this group is undone and, repeated, finds it.
        throw new StorageException(
            StorageException.Kind.CONFLICT, "a contact's name was taken meanwhile");
      }
    }
    ConversationStates.open(tx, workspace, key, now)
        .append(tx, EventType.CONVERSATION_CREATED, now, channel, null, JsonObject.empty());
    return new Identity(workspace, key, channel, id);
  }

  private Identity extend(Tx tx, long key) {
    boolean isChanged = false;
    for (Identifier identifier : contact) {
      isChanged |= Identifiers.take(tx, workspace, channel, key, identifier, now);
    }
    if (displayName != null) {
      isChanged |=
          tx.update(
                  RENAME, binds -> binds.text(displayName).time(now).number(workspace).number(key))
              > 0;
    }
    if (isChanged) {
      ConversationStates.State locked = ConversationStates.lock(tx, workspace, key);
      Conversation after = ConversationStore.current(tx, workspace, key).orElseThrow();
      locked.append(
          tx,
          EventType.CONVERSATION_UPDATED,
          now,
          channel,
          null,
          ToldConversations.change(after, List.of("contact")));
    }
    Id known = ConversationStore.id(tx, workspace, key).orElseThrow();
    return new Identity(workspace, key, channel, known);
  }
}
