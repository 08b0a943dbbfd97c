package io.recado.conversation;

import io.recado.connector.Connector.Capabilities;
import io.recado.connector.Identifier;
import io.recado.http.request.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads with whom a conversation is to be: by phone number where a person can be written to first,
/// else by the name that a person who has written is known by.
///
/// @param fields the body, not yet read
record ContactFields(Fields fields, Capabilities network) {

  private static final Set<String> NAMES = Set.of(Identifier.VISITOR, Identifier.USER);

  /// @throws io.recado.http.request.ApiError with every fault of the body
  Contact read() {
    fields.require("contact");
    Optional<Fields> contact = fields.object("contact");
    Optional<Identifier> name =
        network.canBegin() ? contact.flatMap(this::phone) : contact.flatMap(this::userId);
    Optional<String> displayName = contact.flatMap(c -> c.text("displayName", 1, 63));
    fields.check();
    return new Contact(name.orElseThrow(), displayName.orElse(null));
  }

  private Optional<Identifier> phone(Fields contact) {
    contact.require("phoneNumber");
    return PhoneNumber.read(contact, "phoneNumber").map(Identifier::phone);
  }

  private Optional<Identifier> userId(Fields contact) {
    if (contact.has("phoneNumber")) {
      contact.violate(
          "phoneNumber",
          "INVALID_VALUE",
          "People of this channel have no phone number; give userIds with visitor_id or user_id.");
    }
    contact.require("userIds");
    Optional<Map<String, String>> names = contact.textMap("userIds", 1, 64, 255);
    if (names.isEmpty() || fields.isFaulty()) {
      return Optional.empty();
    }
    if (!NAMES.containsAll(names.get().keySet()) || names.get().isEmpty()) {
      contact.violate("userIds", "INVALID_VALUE", "Give one of visitor_id and user_id.");
      return Optional.empty();
    }
    Map.Entry<String, String> only = names.get().entrySet().iterator().next();
    return Optional.of(new Identifier(only.getKey(), only.getValue()));
  }

  /// With whom.
  ///
  /// @param displayName null when none was given
  record Contact(Identifier name, @Nullable String displayName) {

    List<Identifier> names() {
      return List.of(name);
    }
  }
}
