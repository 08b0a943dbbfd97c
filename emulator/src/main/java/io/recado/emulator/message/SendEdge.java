package io.recado.emulator.message;

import io.recado.emulator.graph.Call;
import io.recado.emulator.graph.GraphError;
import io.recado.emulator.graph.Json;
import io.recado.emulator.graph.Reply;
import io.recado.emulator.number.BlockList;
import io.recado.emulator.number.Registrations;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// `POST` on a number's `messages`: the way of a send from its body to its answer.
final class SendEdge {
  private final SendReader reader = new SendReader();
  private final Checks checks;
  private final Receipts receipts;
  private final Ledger ledger;
  private final Answering answering;
  private final MarkAsRead marks;
  private final Wamids ids;
  private final InstantSource clock;

  /// What a send must pass, and the window that decides about its receipts.
  record Checks(
      Registrations registrations,
      BlockList blocked,
      ContentRules contents,
      Admission admission,
      ServiceWindows windows) {}

  SendEdge(
      Checks checks,
      Receipts receipts,
      Ledger ledger,
      Answering answering,
      MarkAsRead marks,
      Wamids ids,
      InstantSource clock) {
    this.checks = checks;
    this.receipts = receipts;
    this.ledger = ledger;
    this.answering = answering;
    this.marks = marks;
    this.ids = ids;
    this.clock = clock;
  }

  Reply answer(Call call) throws InterruptedException {
    byte[] payload = call.request().body();
    Optional<ObjectNode> json = Json.findObject(payload);
    try {
      ObjectNode body =
          json.orElseThrow(() -> GraphError.of(100, "The body is not a JSON object."));
      return MarkAsRead.isMeant(body) ? mark(call, body, payload) : send(call, body, payload);
    } catch (GraphError e) {
      refused(call, json.orElseGet(Json::object), e);
      answering.delay();
      throw e;
    }
  }

  private Reply mark(Call call, ObjectNode body, byte[] payload) throws InterruptedException {
    marks.take(call, body);
    Ledger.Decision decision = new Ledger.Decision(null, null, null, List.of());
    ledger.add(call.id(), "", "read", payload, clock.millis(), decision);
    answering.delay();
    return Reply.success();
  }

  private Reply send(Call call, ObjectNode body, byte[] payload) throws InterruptedException {
    if (!checks.registrations.isRegistered(call.id())) {
      throw GraphError.of(133010, "The number is not registered; register it first.");
    }
    SendRequest request = reader.read(call, body);
    String category = checks.contents.check(request, body);
    if (checks.blocked.isBlocked(call.id(), request.to().phone())) {
      throw GraphError.of(131026, "The business has blocked this person.");
    }
    Fate fate = Fate.of(request.to().phone());
    checks.admission.admit(request, fate);
    Accepted accepted = accept(request, category, fate, body, utf8(payload, body));
    answering.delay();
    answering.afterAccepting(fate);
    return Reply.ok(describe(accepted));
  }

  private Accepted accept(
      SendRequest request, String category, Fate fate, ObjectNode body, byte[] payload) {
    String phone = request.to().phone();
    boolean open = checks.windows.isOpen(request.number().id(), phone);
    Accepted accepted =
        new Accepted(ids.make(phone, true), request, clock.millis(), category, open);
    List<Receipts.Planned> planned = receipts.schedule(accepted, fate, body);
    List<String> statuses = planned.stream().map(Receipts.Planned::status).toList();
    ledger.add(
        request.number().id(),
        request.to().input(),
        request.type(),
        payload,
        accepted.millis(),
        new Ledger.Decision(accepted.wamid(), null, request.callbackData(), statuses));
    return accepted;
  }

  private void refused(Call call, ObjectNode json, GraphError error) {
    ledger.add(
        call.id(),
        json.path("to").asString(""),
        json.path("type").asString("text"),
        Json.bytes(json),
        clock.millis(),
        Ledger.Decision.refused(
            error.code(), json.path("biz_opaque_callback_data").asString(null)));
  }

  /// JSON may come in UTF-16 or UTF-32 too; what is kept is UTF-8.
  private static byte[] utf8(byte[] payload, ObjectNode json) {
    boolean plain = payload.length > 1 && payload[0] > 0 && payload[1] > 0;
    return plain ? payload : Json.bytes(json);
  }

  private static ObjectNode describe(Accepted accepted) {
    Recipient to = accepted.request().to();
    ObjectNode body = Json.object().put("messaging_product", "whatsapp");
    ObjectNode contact = body.putArray("contacts").addObject().put("input", to.input());
    if (!to.byUserId()) {
      contact.put("wa_id", to.phone());
    }
    contact.put("user_id", to.userId());
    ObjectNode message = body.putArray("messages").addObject().put("id", accepted.wamid());
    if (accepted.request().isTemplate()) {
      message.put("message_status", "accepted");
    }
    return body;
  }
}
