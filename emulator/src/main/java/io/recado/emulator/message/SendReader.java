package io.recado.emulator.message;

import io.recado.emulator.account.Account;
import io.recado.emulator.account.PersonIds;
import io.recado.emulator.account.UserIds;
import io.recado.emulator.graph.Call;
import io.recado.emulator.graph.GraphError;
import io.recado.emulator.graph.Params;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Reads what all messages share, and refuses what Meta would.
final class SendReader {
  private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ()-]{3,30}");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{7,15}");
  private static final int MAX_CALLBACK_DATA = 512;
  private static final Set<String> KEYS = keys();

  private static Set<String> keys() {
    Set<String> keys = new HashSet<>(ContentRules.TYPES);
    keys.addAll(
        Set.of(
            "messaging_product",
            "recipient_type",
            "to",
            "recipient",
            "type",
            "context",
            "biz_opaque_callback_data",
            "recipient_identity_key_hash",
            "category",
            "ttl_seconds"));
    return Set.copyOf(keys);
  }

  SendRequest read(Call call, ObjectNode json) {
    Params body = Params.graph(json).only(KEYS);
    body.oneOf("messaging_product", Set.of("whatsapp"));
    if (body.has("recipient_type")
        && !body.oneOf("recipient_type", Set.of("individual", "group")).equals("individual")) {
      throw GraphError.of(131055, "Groups are not emulated; recipient_type must be individual.");
    }
    String type = body.has("type") ? body.oneOf("type", ContentRules.TYPES) : "text";
    String callbackData = body.findText("biz_opaque_callback_data", MAX_CALLBACK_DATA).orElse(null);
    if (body.has("context")) {
      body.object("context").only(Set.of("message_id")).text("message_id", 512);
    }
    Recipient to = recipient(body, call.account());
    checkRecipient(to, call);
    return new SendRequest(
        call.account(), call.number(), call.majorVersion(), to, type, callbackData);
  }

  private static Recipient recipient(Params body, Account account) {
    if (!body.has("to") && body.has("recipient")) {
      String userId = body.text("recipient", 200);
      String phone =
          UserIds.findPhone(account, userId)
              .orElseThrow(
                  () -> body.whatsApp().invalid("recipient", "is not a user id of this business"));
      return new Recipient(userId, phone, userId, true);
    }
    String input = body.text("to", 200);
    String phone = PHONE.matcher(input).matches() ? PersonIds.digits(input) : "";
    if (!DIGITS.matcher(phone).matches()) {
      throw body.whatsApp().invalid("to", "must be a phone number with its country code");
    }
    String person = PersonIds.of(phone);
    return new Recipient(input, person, UserIds.of(account, person), false);
  }

  private static void checkRecipient(Recipient to, Call call) {
    if (to.phone().equals(call.number().digits())) {
      throw GraphError.of(131021, "A number cannot write to itself.");
    }
    Set<String> allowed = call.number().allowedRecipients();
    if (!allowed.isEmpty() && !allowed.contains(to.phone())) {
      throw GraphError.of(131030, "Add the recipient to allowedRecipients of this test number.");
    }
  }
}
