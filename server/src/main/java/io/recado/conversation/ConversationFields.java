package io.recado.conversation;

import io.recado.http.request.ApiError;
import io.recado.http.request.Fields;
import io.recado.http.request.Request;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads what people may change of a conversation.
final class ConversationFields {

  private static final List<String> PATHS =
      List.of("contact.displayName", "labels", "assignee", "state");
  private static final int MAX_NAME = 63;
  private static final int MAX_LABELS = 20;
  private static final int MAX_LABEL = 40;
  private static final int MAX_ASSIGNEE = 100;

  private ConversationFields() {}

  /// A change by `updateMask`, or by the fields that are present. A field that is masked and absent
  /// is cleared.
  static UpdateConversation.Change change(Request request) {
    Fields fields = request.fields();
    Optional<Fields> contact = fields.object("contact");
    Optional<String> displayName = contact.flatMap(c -> c.text("displayName", 0, MAX_NAME));
    Optional<List<String>> labels = labels(fields);
    Optional<String> assignee = fields.text("assignee", 0, MAX_ASSIGNEE);
    Optional<Conversation.State> state = fields.choice("state", Conversation.State.class);
    Set<String> mask = mask(request, fields);
    fields.check();
    return new UpdateConversation.Change(
        masked(mask, "contact.displayName", displayName, ""),
        masked(mask, "state", state, Conversation.State.OPEN),
        masked(mask, "assignee", assignee, ""),
        masked(mask, "labels", labels, List.of()));
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

  private static Set<String> mask(Request request, Fields fields) {
    Optional<String> given = request.parameter("updateMask");
    if (given.isEmpty()) {
      return Set.of();
    }
    if (given.get().equals("*")) {
      return Set.copyOf(PATHS);
    }
    Set<String> mask = new LinkedHashSet<>(Arrays.asList(given.get().split(",", -1)));
    for (String path : mask) {
      if (!PATHS.contains(path)) {
        throw ApiError.invalid(
            "updateMask", "INVALID_VALUE", "Paths are " + String.join(", ", PATHS) + ".");
      }
    }
    return mask;
  }

  private static <T> Optional<T> masked(
      Set<String> mask, String path, Optional<T> given, T cleared) {
    if (mask.isEmpty()) {
      return given;
    }
    return mask.contains(path) ? Optional.of(given.orElse(cleared)) : Optional.empty();
  }
}
