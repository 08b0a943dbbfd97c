package io.recado.emulator.message;

import io.recado.emulator.callback.Update;
import io.recado.emulator.graph.GraphError;
import io.recado.emulator.graph.Json;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Writes a status as callbacks carry it.
///
/// Up to v23 `sent` and `delivered` name a conversation; `pricing` comes with the same two; a
/// failure has neither, nor a contact.
final class StatusUpdate {
  private static final String HREF =
      "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes";
  private static final Set<String> PRICED = Set.of("sent", "delivered");
  private static final Set<String> FREE_IN_WINDOW = Set.of("service", "utility");
  private static final int LAST_WITH_CONVERSATION = 23;
  private static final long DAY_SECONDS = 86_400;

  private StatusUpdate() {}

  static Update of(Accepted message, Receipts.Planned receipt, long seconds) {
    SendRequest request = message.request();
    boolean failed = receipt.code() != 0;
    ObjectNode status = Json.object().put("id", message.wamid());
    status.put("status", receipt.status()).put("timestamp", Long.toString(seconds));
    status.put("recipient_id", request.to().phone());
    if (!failed) {
      status.put("recipient_user_id", request.to().userId());
    }
    if (request.callbackData() != null) {
      status.put("biz_opaque_callback_data", request.callbackData());
    }
    if (PRICED.contains(receipt.status())) {
      addConversation(status, message, receipt.status().equals("sent"));
      addPricing(status, message);
    }
    if (failed) {
      addError(status, receipt.code());
    }
    return new Update.OnNumber(
        request.account(),
        request.number(),
        Update.List.STATUSES,
        status,
        failed ? null : contact(request.to()));
  }

  private static ObjectNode contact(Recipient to) {
    return Json.object().put("wa_id", to.phone()).put("user_id", to.userId());
  }

  private static void addConversation(ObjectNode status, Accepted message, boolean first) {
    if (message.request().version() > LAST_WITH_CONVERSATION) {
      return;
    }
    long opened = message.millis() / 1_000;
    ObjectNode conversation = status.putObject("conversation");
    Pair pair = new Pair(message.request().number().id(), message.request().to().phone());
    conversation.put(
        "id", "%016x%016x".formatted(opened / DAY_SECONDS, pair.hashCode() & 0xffff_ffffL));
    if (first) {
      conversation.put("expiration_timestamp", Long.toString(opened + DAY_SECONDS));
    }
    conversation.putObject("origin").put("type", message.category());
  }

  private static void addPricing(ObjectNode status, Accepted message) {
    boolean free = message.windowOpen() && FREE_IN_WINDOW.contains(message.category());
    status
        .putObject("pricing")
        .put("billable", !free)
        .put("pricing_model", "PMP")
        .put("type", free ? "free_customer_service" : "regular")
        .put("category", message.category());
  }

  private static void addError(ObjectNode status, int code) {
    String title = GraphError.title(code);
    ObjectNode error = status.putArray("errors").addObject();
    error.put("code", code).put("title", title).put("message", title);
    error.putObject("error_data").put("details", details(code));
    error.put("href", HREF);
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
