package io.recado;

import io.recado.journal.Id;
import io.recado.json.JsonObject;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `send TO TEXT`: sends a text over a channel of the server.
final class SendCommand {

  private static final int PAGE = 100;

  private final ApiClient api;
  private final PrintStream out;

  SendCommand(ApiClient api, PrintStream out) {
    this.api = api;
    this.out = out;
  }

  /// @param channel its id or name; null to take the only one there is
  void run(String to, String text, @Nullable String channel) {
    String path = "/v1/" + (channel == null ? onlyChannel() : name(channel)) + ":sendMessage";
    JsonObject message =
        api.post(path, JsonObject.builder().with("to", to).with("text", text).build());
    out.println(message.string("name").orElse("") + " " + message.string("status").orElse(""));
  }

  private static String name(String channel) {
    String id = channel.startsWith("channels/") ? channel.substring(9) : channel;
    if (!Id.isId(id)) {
      throw new WrongSettings(
          List.of("--channel must be a channel's id (24 hex digits) or its name, channels/…"));
    }
    return "channels/" + id;
  }

  private String onlyChannel() {
    List<JsonObject> channels = api.get("/v1/channels?pageSize=" + PAGE).objects("channels");
    if (channels.isEmpty()) {
      throw new CommandFailed("The server has no channel yet; make one with POST /v1/channels.");
    }
    if (channels.size() > 1) {
      var lines = new StringBuilder("There is more than one channel; choose with --channel:");
      for (JsonObject channel : channels) {
        lines.append("\n  ").append(channel.string("name").orElse(""));
        lines.append(' ').append(channel.string("type").orElse(""));
        channel.string("displayName").ifPresent(name -> lines.append(' ').append(name));
      }
      throw new CommandFailed(lines.toString());
    }
    return channels.getFirst().string("name").orElseThrow();
  }
}
