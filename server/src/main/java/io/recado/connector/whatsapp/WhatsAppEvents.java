package io.recado.connector.whatsapp;

import io.recado.connector.ConnectorSession.Problem;
import io.recado.connector.Content;
import io.recado.connector.Echo;
import io.recado.connector.Identifier;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderEvent;
import io.recado.connector.ProviderEvent.Failure;
import io.recado.connector.ProviderEvent.ReceiptStatus;
import io.recado.connector.Reason;
import io.recado.connector.whatsapp.WhatsAppErrors.Verdict;
import io.recado.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a change of the field `messages` tells: what people wrote, what became of our messages,
/// what is wrong with the number.
///
/// Source: Meta's pages below "Webhooks reference: messages", read in July 2026.
final class WhatsAppEvents {

  private static final Map<String, ReceiptStatus> STATUSES =
      Map.of(
          "sent", ReceiptStatus.SENT,
          "delivered", ReceiptStatus.DELIVERED,
          "read", ReceiptStatus.READ,
          "played", ReceiptStatus.READ,
          "failed", ReceiptStatus.FAILED);

  private static final Pattern PHONE_DIGITS = Pattern.compile("[1-9]\\d{6,14}");

  // Numbers below are seconds, from here on milliseconds: 1973 in one, 5138 in the other.
  private static final long FIRST_MILLIS = 100_000_000_000L;
  private static final long LAST_MILLIS = FIRST_MILLIS * 1000;

  private final String account;
  private final List<JsonObject> contacts;

  private WhatsAppEvents(JsonObject value) {
    account = value.object("metadata").flatMap(data -> data.scalar("phone_number_id")).orElse("");
    contacts = value.objects("contacts");
  }

  /// Reads the change's value.
  static List<ProviderEvent> read(JsonObject value) {
    var reader = new WhatsAppEvents(value);
    List<ProviderEvent> events = new ArrayList<>();
    events.addAll(items(value, "messages", reader.account, reader::message));
    events.addAll(items(value, "statuses", reader.account, reader::receipt));
    events.addAll(items(value, "errors", reader.account, reader::error));
    if (events.isEmpty()) {
      events.add(new ProviderEvent.Ignored(reader.account, "messages without content"));
    }
    return events;
  }

  /// What the items of an array tell, in order. An item that is no object is unreadable by itself,
  /// a field that is no array as a whole; one that is absent tells nothing.
  static List<ProviderEvent> items(
      JsonObject parent,
      String name,
      String account,
      Function<JsonObject, List<ProviderEvent>> reader) {
    return switch (parent.value(name)) {
      case null -> List.of();
      case List<?> items ->
          items.stream()
              .flatMap(
                  item ->
                      item instanceof JsonObject object
                          ? reader.apply(object).stream()
                          : Stream.of(
                              unreadable(account, "An item of `" + name + "` is no object.", item)))
              .toList();
      case Object other ->
          List.of(unreadable(account, "The field `" + name + "` is no array.", other));
    };
  }

  private static ProviderEvent unreadable(String account, String why, @Nullable Object value) {
    JsonObject raw =
        value instanceof JsonObject object
            ? object
            : JsonObject.builder().withNullable("value", value).build();
    return new ProviderEvent.Unreadable(account, why, raw);
  }

  private List<ProviderEvent> message(JsonObject message) {
    Optional<String> id = message.string("id").filter(given -> !given.isBlank());
    Optional<JsonObject> contact = contact(message);
    List<Identifier> sender = sender(message, contact);
    if (id.isEmpty() || sender.isEmpty()) {
      return unreadable(
          id.isEmpty() ? "The message has no id." : "The message has no sender.", message);
    }
    return List.of(
        new ProviderEvent.MessageReceived(
            account,
            id.get(),
            sender,
            contact.flatMap(WhatsAppEvents::displayName).orElse(null),
            content(message),
            message.object("context").flatMap(context -> text(context, "id")).orElse(null),
            time(message),
            message));
  }

  /// The number too, where it can be one: it is how a person is found who was written to by number.
  private static List<Identifier> sender(JsonObject message, Optional<JsonObject> contact) {
    Optional<String> waId =
        text(message, "from").or(() -> contact.flatMap(found -> text(found, "wa_id")));
    Optional<String> userId =
        text(message, "from_user_id").or(() -> contact.flatMap(found -> text(found, "user_id")));
    Stream<Identifier> phone =
        waId
            .filter(id -> PHONE_DIGITS.matcher(id).matches())
            .map(id -> Identifier.phone("+" + id))
            .stream();
    return Stream.concat(identifiers(waId, userId).stream(), phone).toList();
  }

  /// The sender's entry among the contacts, by either id: their order says nothing.
  private Optional<JsonObject> contact(JsonObject message) {
    return contacts.stream()
        .filter(
            contact ->
                isSame(text(contact, "wa_id"), text(message, "from"))
                    || isSame(text(contact, "user_id"), text(message, "from_user_id")))
        .findFirst();
  }

  private static boolean isSame(Optional<String> one, Optional<String> other) {
    return one.isPresent() && one.equals(other);
  }

  private static Optional<String> displayName(JsonObject contact) {
    return contact.object("profile").flatMap(profile -> text(profile, "name"));
  }

  private static Content content(JsonObject message) {
    if (message.value("group_id") != null) {
      return new Content.Unsupported("group");
    }
    String type = message.string("type").orElse("unknown");
    if (type.equals("text")) {
      Optional<String> body = message.object("text").flatMap(text -> text.string("body"));
      if (body.isPresent()) {
        return new Content.Text(body.get());
      }
    }
    return new Content.Unsupported(
        message.object("unsupported").flatMap(inner -> text(inner, "type")).orElse(type));
  }

  private List<ProviderEvent> receipt(JsonObject status) {
    Optional<String> id = text(status, "id");
    Optional<String> word = text(status, "status");
    if (id.isEmpty() || word.isEmpty()) {
      return unreadable(
          id.isEmpty() ? "The status has no id." : "The status says nothing.", status);
    }
    ReceiptStatus known = STATUSES.get(word.get());
    if (known == null) {
      return List.of(new ProviderEvent.Ignored(account, "status " + word.get()));
    }
    return List.of(
        new ProviderEvent.Receipt(
            account,
            id.get(),
            text(status, "biz_opaque_callback_data").flatMap(Echo::parse).orElse(null),
            known,
            time(status),
            identifiers(text(status, "recipient_id"), text(status, "recipient_user_id")),
            known == ReceiptStatus.FAILED ? failure(status) : null));
  }

  private static Failure failure(JsonObject status) {
    return status.objects("errors").stream()
        .flatMap(error -> GraphError.read(0, error).stream())
        .findFirst()
        .map(error -> new Failure(error.reason(), error.answer()))
        .orElseGet(() -> new Failure(Reason.PROVIDER_REFUSED, ProviderAnswer.ofStatus(0)));
  }

  /// A complaint about the number itself. Limits are learnt from the answers to sends; only what
  /// keeps the number from sending changes its account.
  private List<ProviderEvent> error(JsonObject complaint) {
    Optional<GraphError> error = GraphError.read(0, complaint);
    if (error.isEmpty()) {
      return unreadable("The error has no code.", complaint);
    }
    boolean isBroken = error.get().verdict().filter(Verdict.Break.class::isInstance).isPresent();
    return List.of(
        isBroken
            ? new ProviderEvent.AccountChanged(
                account, new Problem(error.get().reason(), error.get().answer()))
            : new ProviderEvent.Ignored(account, "error " + error.get().code()));
  }

  private List<ProviderEvent> unreadable(String why, JsonObject raw) {
    return List.of(new ProviderEvent.Unreadable(account, why, raw));
  }

  private static List<Identifier> identifiers(Optional<String> waId, Optional<String> userId) {
    return Stream.concat(
            waId.map(id -> new Identifier(WhatsAppConnector.WA_ID, id)).stream(),
            userId.map(id -> new Identifier(WhatsAppConnector.USER_ID, id)).stream())
        .toList();
  }

  private static Instant time(JsonObject item) {
    long number = item.number("timestamp").orElse(0L);
    if (number <= 0 || number >= LAST_MILLIS) {
      return Instant.EPOCH;
    }
    return number < FIRST_MILLIS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
  }

  private static Optional<String> text(JsonObject item, String name) {
    return item.scalar(name).filter(value -> !value.isBlank());
  }
}
