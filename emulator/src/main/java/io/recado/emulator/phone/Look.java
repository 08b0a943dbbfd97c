package io.recado.emulator.phone;

import io.recado.emulator.account.Account;
import io.recado.emulator.graph.Json;
import io.recado.emulator.template.Template;
import io.recado.emulator.template.TemplateShape;
import io.recado.emulator.template.Templates;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How a message looks on a phone: a header, a text, a footer, buttons; of what is more than text,
/// its kind and its caption.
final class Look {
  private static final Set<String> FILES = Set.of("image", "video", "audio", "document", "sticker");

  private final Templates templates;

  Look(Templates templates) {
    this.templates = templates;
  }

  /// @param message as Meta's API has it, in either direction
  /// @param account whose templates are meant; null when it is gone
  ObjectNode of(ObjectNode message, @Nullable Account account) {
    String type = message.path("type").asString("text");
    JsonNode content = message.path(type);
    ObjectNode json = Json.object().put("kind", type);
    switch (type) {
      case "text" -> json.put("text", content.path("body").asString(""));
      case "template" -> template(json, content, account);
      case "interactive" -> interactive(json, content);
      case "button" -> json.put("text", content.path("text").asString(""));
      case "reaction" ->
          json.put("text", content.path("emoji").asString(""))
              .put("reactsTo", content.path("message_id").asString(""));
      case "location" ->
          json.put("text", content.path("name").asString(content.path("address").asString("")));
      case "contacts" -> json.put("text", content.at("/0/name/formatted_name").asString(""));
      default -> {
        if (FILES.contains(type)) {
          String caption = content.path("caption").asString("");
          json.put("text", caption.isEmpty() ? content.path("filename").asString("") : caption);
        }
      }
    }
    return json;
  }

  private static void interactive(ObjectNode json, JsonNode content) {
    // An answer of the person's, or else what the business offers.
    for (String reply : Set.of("button_reply", "list_reply")) {
      if (content.has(reply)) {
        json.put("text", content.path(reply).path("title").asString(""));
        return;
      }
    }
    json.put("header", content.at("/header/text").asString(""))
        .put("text", content.at("/body/text").asString(""))
        .put("footer", content.at("/footer/text").asString(""));
    var buttons = json.putArray("buttons");
    for (JsonNode button : content.at("/action/buttons")) {
      buttons.addObject().put("kind", "button_reply").setAll(title(button.path("reply")));
    }
    for (JsonNode section : content.at("/action/sections")) {
      for (JsonNode row : section.path("rows")) {
        buttons.addObject().put("kind", "list_reply").setAll(title(row));
      }
    }
  }

  private static ObjectNode title(JsonNode choice) {
    return Json.object()
        .put("id", choice.path("id").asString(""))
        .put("title", choice.path("title").asString(""));
  }

  private void template(ObjectNode json, JsonNode content, @Nullable Account account) {
    String name = content.path("name").asString("");
    var key = new Template.Key(name, content.at("/language/code").asString(""));
    JsonNode shape =
        account == null
            ? Json.object()
            : templates.find(account, key).map(Template::json).orElseGet(Json::object);
    json.put("template", name);
    for (JsonNode component : shape.path("components")) {
      String type = component.path("type").asString("").toLowerCase(Locale.ROOT);
      String text = filled(component.path("text").asString(""), values(content, type));
      switch (type) {
        case "header", "footer" -> json.put(type, text);
        case "body" -> json.put("text", text);
        case "buttons" -> buttons(json, component);
        default -> {
          // Cards and offers are not drawn.
        }
      }
    }
  }

  private static void buttons(ObjectNode json, JsonNode component) {
    var buttons = json.putArray("buttons");
    for (JsonNode button : component.path("buttons")) {
      String text = button.path("text").asString("");
      boolean isReply = button.path("type").asString("").equalsIgnoreCase("QUICK_REPLY");
      buttons
          .addObject()
          .put("kind", isReply ? "button" : "other")
          .put("id", text)
          .put("title", text);
    }
  }

  /// The values that a send gives for a component, by the parameter's name, or by its place from 1.
  private static Map<String, String> values(JsonNode content, String component) {
    Map<String, String> values = new HashMap<>();
    for (JsonNode given : content.path("components")) {
      if (given.path("type").asString("").equalsIgnoreCase(component)) {
        int place = 1;
        for (JsonNode value : given.path("parameters")) {
          String name = value.path("parameter_name").asString(Integer.toString(place++));
          values.put(name, value.path("text").asString("…"));
        }
      }
    }
    return values;
  }

  private static String filled(String text, Map<String, String> values) {
    return TemplateShape.VARIABLE
        .matcher(text)
        .replaceAll(
            match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
  }
}
