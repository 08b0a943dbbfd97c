package io.recado.emulator.message;

import io.recado.emulator.callback.Update;
import io.recado.emulator.graph.GraphError;
import java.util.HexFormat;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/// A status as callbacks carry it; `seconds` since the epoch say when it came to be.
///
/// Up to v23 `sent` and `delivered` name a conversation; `pricing` comes with the same two; a
/// failure has neither, nor a contact.
record StatusUpdate(Accepted message, Receipts.Planned receipt, long seconds)
    implements Update.Item {
  private static final String HREF =
      "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes";
  private static final Set<String> PRICED = Set.of("sent", "delivered");
  private static final Set<String> FREE_IN_WINDOW = Set.of("service", "utility");
  private static final int LAST_WITH_CONVERSATION = 23;
  private static final long DAY_SECONDS = 86_400;

  /// This, to be told to the business that sent the message.
  Update update() {
    SendRequest request = message.request();
    Recipient to = request.to();
    return new Update.OnNumber(
        request.account(),
        request.number(),
        Update.List.STATUSES,
        this,
        failed() ? null : new Update.Contact(to.phone(), to.userId(), null));
  }

  private boolean failed() {
    return receipt.code() != 0;
  }

  @Override
  public void writeTo(JsonGenerator out) {
    SendRequest request = message.request();
    out.writeStartObject();
    out.writeStringProperty("id", message.wamid());
    out.writeStringProperty("status", receipt.status());
    out.writeStringProperty("timestamp", Long.toString(seconds));
    out.writeStringProperty("recipient_id", request.to().phone());
    if (!failed()) {
      out.writeStringProperty("recipient_user_id", request.to().userId());
    }
    if (request.callbackData() != null) {
      out.writeStringProperty("biz_opaque_callback_data", request.callbackData());
    }
    if (PRICED.contains(receipt.status())) {
      writeConversation(out);
      writePricing(out);
    }
    if (failed()) {
      writeError(out, receipt.code());
    }
    out.writeEndObject();
  }

  private void writeConversation(JsonGenerator out) {
    if (message.request().version() > LAST_WITH_CONVERSATION) {
      return;
    }
    long opened = message.millis() / 1_000;
    Pair pair = new Pair(message.request().number().id(), message.request().to().phone());
    HexFormat hex = HexFormat.of();
    out.writeObjectPropertyStart("conversation");
    out.writeStringProperty(
        "id",
        hex.toHexDigits(opened / DAY_SECONDS) + hex.toHexDigits(pair.hashCode() & 0xffff_ffffL));
    if (receipt.status().equals("sent")) {
      out.writeStringProperty("expiration_timestamp", Long.toString(opened + DAY_SECONDS));
    }
    out.writeObjectPropertyStart("origin");
    out.writeStringProperty("type", message.category());
    out.writeEndObject();
    out.writeEndObject();
  }

  private void writePricing(JsonGenerator out) {
    boolean free = message.windowOpen() && FREE_IN_WINDOW.contains(message.category());
    out.writeObjectPropertyStart("pricing");
    out.writeBooleanProperty("billable", !free);
    out.writeStringProperty("pricing_model", "PMP");
    out.writeStringProperty("type", free ? "free_customer_service" : "regular");
    out.writeStringProperty("category", message.category());
    out.writeEndObject();
  }

  private static void writeError(JsonGenerator out, int code) {
    String title = GraphError.title(code);
    out.writeArrayPropertyStart("errors");
    out.writeStartObject();
    out.writeNumberProperty("code", code);
    out.writeStringProperty("title", title);
    out.writeStringProperty("message", title);
    out.writeObjectPropertyStart("error_data");
    out.writeStringProperty("details", details(code));
    out.writeEndObject();
    out.writeStringProperty("href", HREF);
    out.writeEndObject();
    out.writeEndArray();
  }

  private static String details(int code) {
    return switch (code) {
      case 131026 -> "Message Undeliverable.";
      case 131047 ->
          "Message failed to send because more than 24 hours have passed since the customer last"
              + " replied to this number.";
      default -> GraphError.title(code) + ".";
    };
  }
}
