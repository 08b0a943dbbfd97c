package io.recado.emulator.number;

import io.recado.emulator.callback.Callbacks;
import io.recado.emulator.callback.Subscriptions;
import io.recado.emulator.graph.Call;
import io.recado.emulator.graph.GraphError;
import io.recado.emulator.graph.GraphRoutes;
import io.recado.emulator.graph.Json;
import io.recado.emulator.graph.Node;
import io.recado.emulator.graph.Params;
import io.recado.emulator.graph.Reply;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A business account's fields, and whether the app is subscribed to it.
public final class AccountEdges {
  private final Subscriptions subscriptions;
  private final Callbacks callbacks;

  public AccountEdges(Subscriptions subscriptions, Callbacks callbacks) {
    this.subscriptions = subscriptions;
    this.callbacks = callbacks;
  }

  public void addTo(GraphRoutes routes) {
    routes.put(Node.Kind.ACCOUNT, "GET", "", this::get);
    routes.put(Node.Kind.ACCOUNT, "GET", "subscribed_apps", this::list);
    routes.put(Node.Kind.ACCOUNT, "POST", "subscribed_apps", this::subscribe);
    routes.put(Node.Kind.ACCOUNT, "DELETE", "subscribed_apps", this::unsubscribe);
  }

  private Reply get(Call call) {
    return Reply.ok(Json.object().put("id", call.id()).put("name", "Emulated business"));
  }

  private Reply list(Call call) {
    ObjectNode body = Json.object();
    ArrayNode data = body.putArray("data");
    if (subscriptions.isSubscribed(call.id())) {
      ObjectNode app = data.addObject();
      app.putObject("whatsapp_business_api_data")
          .put("id", "100000000000001")
          .put("name", "Emulated app")
          .put("link", "https://www.facebook.com/games/?app_id=100000000000001");
      subscriptions.findOverride(call.id()).ifPresent(url -> app.put("override_callback_uri", url));
    }
    return Reply.ok(body);
  }

  private Reply subscribe(Call call) {
    byte[] body = call.request().body();
    if (body.length > 0) {
      ObjectNode json =
          Json.findObject(body)
              .orElseThrow(() -> GraphError.of(100, "The body is not a JSON object."));
      NumberEdges.override(Params.graph(json), call.id(), subscriptions, callbacks);
    } else {
      subscriptions.restore(call.id());
    }
    subscriptions.subscribe(call.id());
    return Reply.success();
  }

  private Reply unsubscribe(Call call) {
    subscriptions.unsubscribe(call.id());
    return Reply.success();
  }
}
