package io.recado.emulator.number;

import io.recado.emulator.account.PhoneNumber;
import io.recado.emulator.callback.Callbacks;
import io.recado.emulator.callback.Handshake;
import io.recado.emulator.callback.Subscriptions;
import io.recado.emulator.graph.Call;
import io.recado.emulator.graph.GraphError;
import io.recado.emulator.graph.GraphRoutes;
import io.recado.emulator.graph.Json;
import io.recado.emulator.graph.Node;
import io.recado.emulator.graph.Params;
import io.recado.emulator.graph.Reply;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A phone number's fields, its callback address, and its registration.
public final class NumberEdges {
  private static final Set<String> STANDARD =
      new LinkedHashSet<>(List.of("id", "display_phone_number", "verified_name", "quality_rating"));
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "display_phone_number",
          "verified_name",
          "quality_rating",
          "name_status",
          "code_verification_status",
          "throughput",
          "platform_type",
          "status",
          "account_mode",
          "whatsapp_business_manager_messaging_limit",
          "messaging_limit_tier",
          "health_status",
          "webhook_configuration");

  private final Registrations registrations;
  private final Subscriptions subscriptions;
  private final Callbacks callbacks;

  public NumberEdges(
      Registrations registrations, Subscriptions subscriptions, Callbacks callbacks) {
    this.registrations = registrations;
    this.subscriptions = subscriptions;
    this.callbacks = callbacks;
  }

  public void addTo(GraphRoutes routes) {
    routes.put(Node.Kind.NUMBER, "GET", "", this::get);
    routes.put(Node.Kind.NUMBER, "POST", "", this::configure);
    routes.put(Node.Kind.NUMBER, "POST", "register", this::register);
    routes.put(Node.Kind.NUMBER, "POST", "deregister", this::deregister);
    routes.put(Node.Kind.ACCOUNT, "GET", "phone_numbers", this::list);
  }

  private Reply get(Call call) {
    return Reply.ok(pick(call, call.number()));
  }

  private Reply list(Call call) {
    ObjectNode body = Json.object();
    ArrayNode data = body.putArray("data");
    call.account().numbers().forEach(number -> data.add(pick(call, number)));
    body.putObject("paging").putObject("cursors").put("before", "MAZDZD").put("after", "MAZDZD");
    return Reply.ok(body);
  }

  private ObjectNode pick(Call call, PhoneNumber number) {
    return Fields.pick(describe(number), call.query("fields").orElse(""), FIELDS, STANDARD);
  }

  private ObjectNode describe(PhoneNumber number) {
    boolean registered = registrations.isRegistered(number.id());
    ObjectNode json = Json.object().put("id", number.id());
    json.put("display_phone_number", number.displayPhoneNumber());
    json.put("verified_name", number.verifiedName());
    json.put("quality_rating", "GREEN").put("name_status", "APPROVED");
    json.put("code_verification_status", "VERIFIED");
    json.putObject("throughput").put("level", "STANDARD");
    json.put("platform_type", "CLOUD_API");
    json.put("status", registered ? "CONNECTED" : "DISCONNECTED");
    json.put("account_mode", number.allowedRecipients().isEmpty() ? "LIVE" : "SANDBOX");
    json.put("whatsapp_business_manager_messaging_limit", "TIER_UNLIMITED");
    json.put("messaging_limit_tier", "TIER_UNLIMITED");
    json.putObject("health_status").put("can_send_message", registered ? "AVAILABLE" : "BLOCKED");
    subscriptions
        .findOverride(number.id())
        .ifPresent(url -> json.putObject("webhook_configuration").put("phone_number", url));
    return json;
  }

  private Reply configure(Call call) {
    Params webhook = Params.graph(call.json()).object("webhook_configuration");
    override(webhook, call.number().id(), subscriptions, callbacks);
    return Reply.success();
  }

  /// Sets the callback address of an account or a number after its handshake; an empty one takes it
  /// back.
  ///
  /// @throws GraphError 2200 when the handshake fails
  static void override(
      Params webhook, String id, Subscriptions subscriptions, Callbacks callbacks) {
    if (webhook.node().path("override_callback_uri").asString("").isEmpty()) {
      subscriptions.restore(id);
      return;
    }
    String url = webhook.text("override_callback_uri", 2_000);
    Handshake handshake = callbacks.verify(url, webhook.text("verify_token", 1_000));
    if (!handshake.passed()) {
      throw GraphError.of(2200, "Callback verification failed: " + handshake.problem() + ".");
    }
    subscriptions.override(id, url);
  }

  private Reply register(Call call) {
    Params body = Params.graph(call.json());
    body.oneOf("messaging_product", Set.of("whatsapp"));
    if (!body.text("pin", 100).matches("[0-9]{6}")) {
      throw body.invalid("pin", "must be 6 digits");
    }
    registrations.register(call.number().id());
    return Reply.success();
  }

  private Reply deregister(Call call) {
    registrations.deregister(call.number().id());
    return Reply.success();
  }
}
