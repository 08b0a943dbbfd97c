package io.recado.conversation;

import io.recado.http.request.Fields;
import io.recado.http.request.Request;
import io.recado.http.request.UpdateMask;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Reads what people may change of a conversation.
final class ConversationFields {

  private static final String NAME = "contact.displayName";
  private static final List<String> OUTPUT_ONLY =
      List.of("name", "createTime", "updateTime", "lastMessage", "unreadCount", "serviceWindow");
  private static final List<String> OUTPUT_ONLY_OF_CONTACT =
      List.of("phoneNumber", "userIds", "optedOut", "typing");
  private static final List<String> PATHS = paths();
  private static final int MAX_NAME = 63;
  private static final int MAX_LABELS = 20;
  private static final int MAX_LABEL = 40;
  private static final int MAX_ASSIGNEE = 100;

  private ConversationFields() {}

  /// A change by `updateMask`, or by the fields that are present. What is null, or masked and
  /// absent, is set to its default. Output-only fields are ignored, so that what was read can be
  /// sent back.
  static UpdateConversation.Change change(Request request) {
    Fields fields = request.fields();
    UpdateMask mask = UpdateMask.of(request.parameter("updateMask"), PATHS);
    OUTPUT_ONLY.forEach(fields::value);
    Optional<Fields> contact = fields.object("contact");
    contact.ifPresent(c -> OUTPUT_ONLY_OF_CONTACT.forEach(c::value));
    Optional<String> displayName = contact.flatMap(c -> c.text("displayName", 0, MAX_NAME));
    Optional<List<String>> labels = labels(fields);
    Optional<String> assignee = fields.text("assignee", 0, MAX_ASSIGNEE);
    Optional<Conversation.State> state = fields.choice("state", Conversation.State.class);
    fields.check();
    boolean isNamed = contact.map(c -> c.has("displayName")).orElseGet(() -> fields.has("contact"));
    return new UpdateConversation.Change(
        set(mask.covers(NAME, isNamed), displayName, ""),
        set(mask.covers("state", fields.has("state")), state, Conversation.State.OPEN),
        set(mask.covers("assignee", fields.has("assignee")), assignee, ""),
        set(mask.covers("labels", fields.has("labels")), labels, List.of()));
  }

  private static List<String> paths() {
    List<String> paths = new ArrayList<>(List.of(NAME, "labels", "assignee", "state"));
    paths.addAll(OUTPUT_ONLY);
    OUTPUT_ONLY_OF_CONTACT.forEach(field -> paths.add("contact." + field));
    return List.copyOf(paths);
  }

  private static <T> Optional<T> set(boolean isSet, Optional<T> given, T standard) {
    return isSet ? Optional.of(given.orElse(standard)) : Optional.empty();
  }

  private static Optional<List<String>> labels(Fields fields) {
    Optional<List<String>> labels = fields.texts("labels", MAX_LABELS, MAX_LABEL);
    labels
        .orElse(List.of())
        .forEach(
            label -> {
              if (label.chars().anyMatch(c -> c == '"' || c == '\\' || c < ' ')) {
                fields.violate(
                    "labels",
                    "INVALID_VALUE",
                    "A label holds no quotation marks, backslashes or control characters.");
              }
            });
    return labels.map(list -> List.copyOf(new LinkedHashSet<>(list)));
  }
}
