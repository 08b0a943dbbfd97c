package io.recado;

import io.recado.http.request.Role;
import io.recado.journal.Id;
import io.recado.json.JsonObject;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// `keys`: lists, makes and revokes API keys through the server's API.
final class KeysCommand {

  private final ApiClient api;
  private final PrintStream out;

  KeysCommand(ApiClient api, PrintStream out) {
    this.api = api;
    this.out = out;
  }

  void list() {
    String pageToken = "";
    do {
      JsonObject page = api.get("/v1/apiKeys?pageSize=100&pageToken=" + encoded(pageToken));
      page.objects("apiKeys").forEach(this::print);
      pageToken = page.string("nextPageToken").orElse("");
    } while (!pageToken.isEmpty());
  }

  /// Makes a key and prints it, this once, alone on its line.
  ///
  /// @param channels ids or names of those that it may use; none for all
  void create(Role role, Optional<String> displayName, List<String> channels) {
    List<String> names = channels.stream().map(KeysCommand::channel).toList();
    JsonObject key =
        api.post(
            "/v1/apiKeys",
            JsonObject.builder()
                .with("role", role.name())
                .with("displayName", displayName.orElse(null))
                .with("channels", names.isEmpty() ? null : names)
                .build());
    out.println(key.string("key").orElseThrow());
  }

  void revoke(String key) {
    String id = key.startsWith("apiKeys/") ? key.substring("apiKeys/".length()) : key;
    if (!Id.isId(id)) {
      throw new WrongSettings(
          List.of(
              "Name the key by its id (24 hex digits) or name, apiKeys/…, as keys list shows."));
    }
    api.delete("/v1/apiKeys/" + id);
    out.println("Revoked apiKeys/" + id);
  }

  private void print(JsonObject key) {
    out.printf(
        "%s %-8s %s last used %s%s%n",
        key.string("name").orElse(""),
        key.string("role").orElse(""),
        key.string("keyHint").orElse(""),
        key.string("lastUsedTime").orElse("never"),
        key.string("displayName").map(name -> " " + name).orElse(""));
  }

  private static String channel(String given) {
    return given.startsWith("channels/") ? given : "channels/" + given;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
