package io.recado.emulator.message;

import io.recado.emulator.graph.Call;
import io.recado.emulator.graph.Params;
import io.recado.emulator.phone.Phones;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Checks that a business marks a message as read that really came in, and may show that it types;
/// shows it on the person's phone.
final class MarkAsRead {
  private final Inbound inbound;
  private final Phones phones;

  MarkAsRead(Inbound inbound, Phones phones) {
    this.inbound = inbound;
    this.phones = phones;
  }

  static boolean isMeant(ObjectNode json) {
    return json.has("status") || json.has("typing_indicator");
  }

  /// @throws io.recado.emulator.graph.GraphError 100 when a field is wrong or the message is not
  ///   known
  void take(Call call, ObjectNode json) {
    Params body =
        Params.graph(json)
            .only(Set.of("messaging_product", "status", "message_id", "typing_indicator"));
    body.oneOf("messaging_product", Set.of("whatsapp"));
    body.oneOf("status", Set.of("read"));
    body.findObject("typing_indicator").ifPresent(typing -> typing.oneOf("type", Set.of("text")));
    String wamid = body.text("message_id", 512);
    if (!inbound.knows(call.number().id(), wamid)) {
      throw body.invalid("message_id", "must be the id of a message that this number received");
    }
    phones.see(call.number().id(), wamid, json.has("typing_indicator"));
  }
}
