package io.recado.message;

import io.recado.connector.Content;
import io.recado.event.Event;
import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.journal.Row;
import io.recado.json.JsonObject;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The messages that a page of events tells of, read together, each shown as it was at an event.
///
/// What never changes of a message is read from it; what an event changed, the event holds. So a
/// message that was deleted is shown by its name and that change alone.
public final class ToldMessages {

  private static final String FIND =
      "SELECT "
          + MessageStore.COLUMNS
          + ", m.first_content_type, m.first_content, m.first_content_until FROM message m"
          + " WHERE m.workspace_key = ? AND m.id IN (/*keys*/)";

  private final Map<Id, Told> messages;

  private ToldMessages(Map<Id, Told> messages) {
    this.messages = messages;
  }

  /// Reads messages of a workspace.
  ///
  /// @param ids distinct
  public static ToldMessages read(Reads reads, long workspace, Collection<Id> ids) {
    Map<Id, Told> messages = new HashMap<>();
    reads
        .queryMany(
            FIND,
            "?",
            binds -> binds.number(workspace),
            List.copyOf(ids),
            (binds, id) -> binds.id(id),
            ToldMessages::told)
        .forEach(told -> messages.put(told.message.id(), told));
    return new ToldMessages(messages);
  }

  /// The message of an event, as the API gave it right after that event.
  ///
  /// @param conversation the resource name of its conversation
  public JsonObject asOf(Event event, String conversation) {
    Told told = messages.get(event.message());
    JsonObject before =
        told == null
            ? JsonObject.builder()
                .with("name", conversation + "/messages/" + event.message())
                .build()
            : MessageJson.of(told.atFirst(event.conversationSequence()), conversation);
    return JsonObject.builder().withAll(before).withAll(event.change()).build();
  }

  private static Told told(Row row) throws SQLException {
    Message message = MessageStore.message(row);
    String type = row.textOrNull();
    return type == null
        ? new Told(message, null, 0)
        : new Told(message, ContentJson.read(type, row.text()), row.number());
  }

  /// @param first what the message carried before its fallback; null when it carries that still
  /// @param until the last of the conversation's events that told of the first
  private record Told(Message message, @Nullable Content first, long until) {

    /// The message as it began, with the content that it had at an event.
    Message atFirst(long sequence) {
      MessageStatus status =
          message.direction() == Message.Direction.INBOUND
              ? MessageStatus.DELIVERED
              : MessageStatus.SENDING;
      Message begun = message.at(Progress.begin(status, message.createTime()));
      return first == null || sequence > until ? begun : begun.carrying(first);
    }
  }
}
