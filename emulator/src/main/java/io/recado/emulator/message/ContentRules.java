package io.recado.emulator.message;

import io.recado.emulator.account.Account;
import io.recado.emulator.graph.GraphError;
import io.recado.emulator.graph.Params;
import io.recado.emulator.media.MediaStore;
import io.recado.emulator.template.Template;
import io.recado.emulator.template.TemplateParameters;
import io.recado.emulator.template.Templates;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Checks what each type of message carries, and says in which price category it falls.
final class ContentRules {
  static final Set<String> TYPES =
      Set.of(
          "text",
          "template",
          "image",
          "video",
          "audio",
          "document",
          "sticker",
          "location",
          "contacts",
          "interactive",
          "reaction");
  private static final int MAX_TEXT = 4_096;
  private static final int MAX_CAPTION = 1_024;

  private final Templates templates;
  private final MediaStore media;

  ContentRules(Templates templates, MediaStore media) {
    this.templates = templates;
    this.media = media;
  }

  /// The price category: that of the template, or `service`.
  ///
  /// @throws GraphError when Meta would refuse the content
  String check(SendRequest request, ObjectNode json) {
    Params body = Params.graph(json);
    String type = request.type();
    switch (type) {
      case "template" -> {
        return checkTemplate(request, body.object("template"));
      }
      case "contacts" -> ContactRules.check(body.objects("contacts", 1, 257));
      case "text" -> checkText(body.object("text"));
      case "location" -> checkLocation(body.object("location"));
      case "reaction" -> checkReaction(body.object("reaction"));
      case "interactive" ->
          new InteractiveRules(media, request.account())
              .check(body.object("interactive").whatsApp());
      default -> checkMedia(body.object(type), type, media, request.account());
    }
    return "service";
  }

  private static void checkText(Params text) {
    text.only(Set.of("body", "preview_url")).text("body", MAX_TEXT);
    text.findBoolean("preview_url");
  }

  /// Checks an image, video, audio file, document or sticker, also in a header.
  static void checkMedia(Params content, String type, MediaStore media, Account account) {
    content.only(
        switch (type) {
          case "audio" -> Set.of("id", "link", "voice");
          case "sticker" -> Set.of("id", "link");
          case "document" -> Set.of("id", "link", "caption", "filename");
          default -> Set.of("id", "link", "caption");
        });
    content.findText("caption", MAX_CAPTION);
    content.findText("filename", 240);
    content.findBoolean("voice");
    if (content.has("id") == content.has("link")) {
      throw content.has("id")
          ? content.invalid("id", "cannot be given together with link")
          : content.missing("id");
    }
    if (content.has("id")) {
      media.requireFor(account, type, content.text("id", 100));
    } else {
      checkLink(content);
    }
  }

  private static void checkLink(Params content) {
    if (!content.text("link", 2_048).matches("https?://[^\\s/]+\\S*")) {
      throw content.whatsApp().invalid("link", "must be an http or https address");
    }
  }

  private static void checkLocation(Params location) {
    location.only(Set.of("latitude", "longitude", "name", "address"));
    location.whatsApp().number("latitude", -90, 90);
    location.whatsApp().number("longitude", -180, 180);
    location.findText("name", 1_000);
    location.findText("address", 1_000);
  }

  private static void checkReaction(Params reaction) {
    reaction.only(Set.of("message_id", "emoji")).text("message_id", 512);
    JsonNode emoji = reaction.node().path("emoji");
    if (!emoji.isString()) {
      throw reaction.missing("emoji");
    }
    String value = emoji.stringValue();
    // An emoji is a handful of code points and never plain letters; the digits of keycaps come with
    // others.
    if (value.length() > 40 || (!value.isEmpty() && value.chars().allMatch(c -> c < 0x80))) {
      throw reaction
          .whatsApp()
          .invalid("emoji", "must be one emoji, or empty to take the reaction back");
    }
  }

  private String checkTemplate(SendRequest request, Params template) {
    template.only(Set.of("name", "language", "components"));
    String name = template.text("name", 512);
    Params language = template.object("language").only(Set.of("code", "policy"));
    if (language.has("policy")) {
      language.oneOf("policy", Set.of("deterministic"));
    }
    Template found = templates.requireSendable(request.account(), name, language.text("code", 20));
    if (request.to().byUserId() && found.category().equals("AUTHENTICATION")) {
      throw GraphError.of(131062, "Authentication templates need a phone number in \"to\".");
    }
    TemplateParameters.check(template, found.shape());
    return found.category().toLowerCase(Locale.ROOT);
  }
}
