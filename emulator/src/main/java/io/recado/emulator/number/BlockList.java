package io.recado.emulator.number;

import io.recado.emulator.graph.Call;
import io.recado.emulator.graph.GraphError;
import io.recado.emulator.graph.GraphRoutes;
import io.recado.emulator.graph.Json;
import io.recado.emulator.graph.Node;
import io.recado.emulator.graph.Params;
import io.recado.emulator.graph.Reply;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// People whom a number has blocked: they cannot write to it, and it cannot write to them.
///
/// Source: only somebody who wrote within 24 hours can be blocked, and 64,000 people at most.
public final class BlockList {
  private static final int MAX_BLOCKED = 64_000;

  private final Map<String, Set<String>> blocked = new ConcurrentHashMap<>();
  private final BiPredicate<String, String> hasWritten;

  /// @param hasWritten whether to this number id this person's digits wrote within 24 hours
  public BlockList(BiPredicate<String, String> hasWritten) {
    this.hasWritten = hasWritten;
  }

  public void addTo(GraphRoutes routes) {
    routes.put(Node.Kind.NUMBER, "GET", "block_users", this::list);
    routes.put(Node.Kind.NUMBER, "POST", "block_users", this::block);
    routes.put(Node.Kind.NUMBER, "DELETE", "block_users", this::unblock);
  }

  public boolean isBlocked(String numberId, String person) {
    return !blocked.isEmpty() && blocked.getOrDefault(numberId, Set.of()).contains(person);
  }

  private Reply list(Call call) {
    ObjectNode body = Json.object();
    ArrayNode data = body.putArray("data");
    blocked.getOrDefault(call.id(), Set.of()).stream()
        .sorted()
        .forEach(
            person -> data.addObject().put("messaging_product", "whatsapp").put("wa_id", person));
    return Reply.ok(body);
  }

  private Reply block(Call call) {
    Set<String> set = blocked.computeIfAbsent(call.id(), _ -> ConcurrentHashMap.newKeySet());
    List<String> users = users(call);
    if (set.size() + users.size() > MAX_BLOCKED) {
      throw GraphError.of(139101, "A number can block at most " + MAX_BLOCKED + " people.");
    }
    for (String user : users) {
      if (!hasWritten.test(call.id(), digits(user))) {
        throw GraphError.of(
            139100, "Only people who wrote to the business in the last 24 hours can be blocked.");
      }
    }
    users.forEach(user -> set.add(digits(user)));
    return answer("added_users", users);
  }

  private Reply unblock(Call call) {
    List<String> users = users(call);
    Set<String> set = blocked.computeIfAbsent(call.id(), _ -> ConcurrentHashMap.newKeySet());
    users.forEach(user -> set.remove(digits(user)));
    return answer("removed_users", users);
  }

  private static List<String> users(Call call) {
    Params body = Params.graph(call.json());
    body.oneOf("messaging_product", Set.of("whatsapp"));
    return body.objects("block_users", 1, 1_000).stream()
        .map(user -> user.text("user", 100))
        .toList();
  }

  private static Reply answer(String key, List<String> users) {
    ObjectNode body = Json.object().put("messaging_product", "whatsapp");
    ArrayNode changed = body.putObject("block_users").putArray(key);
    users.forEach(user -> changed.addObject().put("input", user).put("wa_id", digits(user)));
    return Reply.ok(body);
  }

  private static String digits(String user) {
    return user.replaceAll("\\D", "");
  }
}
