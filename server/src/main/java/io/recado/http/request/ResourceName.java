package io.recado.http.request;

import io.recado.journal.Id;
import java.util.Optional;

/// The name of a resource, such as `channels/{id}/conversations/{id}`.
public sealed interface ResourceName {

  /// `channels/{id}`.
  record Channel(Id id) implements ResourceName {
    @Override
    public String toString() {
      return "channels/" + id;
    }
  }

  /// `channels/{id}/conversations/{id}`.
  record Conversation(Id channel, Id id) implements ResourceName {
    @Override
    public String toString() {
      return "channels/" + channel + "/conversations/" + id;
    }
  }

  /// `channels/{id}/conversations/{id}/messages/{id}`.
  record Message(Id channel, Id conversation, Id id) implements ResourceName {
    @Override
    public String toString() {
      return "channels/" + channel + "/conversations/" + conversation + "/messages/" + id;
    }
  }

  /// `channels/{id}/templates/{name}`.
  record Template(Id channel, String name) implements ResourceName {
    @Override
    public String toString() {
      return "channels/" + channel + "/templates/" + name;
    }
  }

  /// `apiKeys/{id}`.
  record ApiKey(Id id) implements ResourceName {
    @Override
    public String toString() {
      return "apiKeys/" + id;
    }
  }

  /// `workspaces/{id}`.
  record Workspace(Id id) implements ResourceName {
    @Override
    public String toString() {
      return "workspaces/" + id;
    }
  }

  /// Reads a name of any kind; empty when it has another form.
  static Optional<ResourceName> parse(String text) {
    String[] parts = text.split("/", 8);
    if (parts.length % 2 != 0) {
      return Optional.empty();
    }
    for (int i = 1; i < parts.length; i += 2) {
      boolean isTemplate = parts[i - 1].equals("templates");
      if (isTemplate ? parts[i].isEmpty() : !Id.isId(parts[i])) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(
        switch (shape(parts)) {
          case "channels/" -> new Channel(Id.parse(parts[1]));
          case "channels/conversations/" ->
              new Conversation(Id.parse(parts[1]), Id.parse(parts[3]));
          case "channels/conversations/messages/" ->
              new Message(Id.parse(parts[1]), Id.parse(parts[3]), Id.parse(parts[5]));
          case "channels/templates/" -> new Template(Id.parse(parts[1]), parts[3]);
          case "apiKeys/" -> new ApiKey(Id.parse(parts[1]));
          case "workspaces/" -> new Workspace(Id.parse(parts[1]));
          default -> null;
        });
  }

  /// Reads a field that names a resource of one kind; a wrong name is a fault of the field.
  static <N extends ResourceName> Optional<N> of(Fields fields, String field, Class<N> kind) {
    Optional<String> text = fields.text(field, 1, 256);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<N> name = parse(text.get()).filter(kind::isInstance).map(kind::cast);
    if (name.isEmpty()) {
      fields.violate(field, "INVALID_VALUE", expected(kind));
    }
    return name;
  }

  /// Reads a name given in a query parameter or the like.
  ///
  /// @throws ApiError with a violation of `field`
  static <N extends ResourceName> N require(String text, String field, Class<N> kind) {
    return parse(text)
        .filter(kind::isInstance)
        .map(kind::cast)
        .orElseThrow(() -> ApiError.invalid(field, "INVALID_VALUE", expected(kind)));
  }

  private static String shape(String[] parts) {
    var shape = new StringBuilder();
    for (int i = 0; i < parts.length; i += 2) {
      shape.append(parts[i]).append('/');
    }
    return shape.toString();
  }

  private static String expected(Class<? extends ResourceName> kind) {
    String form =
        switch (kind.getSimpleName()) {
          case "Channel" -> "channels/{id}";
          case "Conversation" -> "channels/{id}/conversations/{id}";
          case "Message" -> "channels/{id}/conversations/{id}/messages/{id}";
          case "Template" -> "channels/{id}/templates/{name}";
          case "ApiKey" -> "apiKeys/{id}";
          default -> "workspaces/{id}";
        };
    return "A resource name of the form " + form + ", where an id has 24 lower-case hex digits.";
  }
}
