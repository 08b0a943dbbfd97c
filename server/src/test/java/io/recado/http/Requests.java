package io.recado.http;

import io.recado.http.request.Caller;
import io.recado.http.request.Fields;
import io.recado.http.request.Headers;
import io.recado.http.request.Request;
import io.recado.http.request.Role;
import io.recado.journal.Id;
import io.recado.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Requests for tests that need no server.
public final class Requests {

  private Requests() {}

  public static Request list(long workspace, String channel, Map<String, String> query) {
    return new Request(
        "GET",
        "/v1/channels/{channelId}/messages",
        Map.of("channelId", channel),
        query,
        _ -> null,
        new byte[0],
        caller(workspace));
  }

  public static Request post(
      long workspace, String channel, Map<String, String> query, List<String> keys, String body) {
    return new Request(
        "POST",
        "/v1/channels/{channelId}:sendMessage",
        Map.of("channelId", channel),
        query,
        new KeyHeaders(keys),
        body.getBytes(StandardCharsets.UTF_8),
        caller(workspace));
  }

  /// Headers `Idempotency-Key` and no other.
  private record KeyHeaders(List<String> keys) implements Headers {

    @Override
    public String apply(String name) {
      return all(name).isEmpty() ? null : keys.getFirst();
    }

    @Override
    public List<String> all(String name) {
      return name.equals("Idempotency-Key") ? keys : List.of();
    }
  }

  public static Caller caller(long workspace) {
    return new Caller(workspace, new Id(1, 1), Role.ADMIN, Set.of());
  }

  public static Fields fields(String json) {
    return new Fields(Json.readObject(json.getBytes(StandardCharsets.UTF_8)));
  }
}
