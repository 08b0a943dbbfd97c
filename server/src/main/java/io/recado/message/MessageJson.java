package io.recado.message;

import io.recado.connector.Content;
import io.recado.journal.Id;
import io.recado.json.JsonObject;
import io.recado.template.TemplateJson;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Messages as the API gives them.
public final class MessageJson {

  private MessageJson() {}

  /// A message.
  ///
  /// @param conversation the resource name of its conversation
  public static JsonObject of(Message message, String conversation) {
    JsonObject.Builder json =
        JsonObject.builder()
            .with("name", conversation + "/messages/" + message.id())
            .with("createTime", message.createTime().toString());
    message.progress().addTo(json);
    json.with("contentType", ContentJson.type(message.content()));
    switch (message.content()) {
      case Content.Text text -> json.with("text", text.text());
      case Content.Template template -> json.with("template", TemplateJson.content(template));
      case Content.Unsupported other ->
          json.with(
              "unsupported",
              JsonObject.builder().with("providerType", other.providerType()).build());
    }
    return json.with("direction", message.direction().name())
        .with("replyTo", name(message.replyTo(), conversation))
        .with("resendOf", name(message.resendOf(), conversation))
        .with("sendTime", message.sendTime() == null ? null : message.sendTime().toString())
        .with(
            "metadata",
            message.metadata().isEmpty()
                ? null
                : new JsonObject(new LinkedHashMap<>(message.metadata())))
        .build();
  }

  private static @Nullable String name(@Nullable Id id, String conversation) {
    return id == null ? null : conversation + "/messages/" + id;
  }
}
