package io.recado.emulator.message;

import io.recado.emulator.account.Account;
import io.recado.emulator.graph.GraphError;
import io.recado.emulator.graph.Params;
import io.recado.emulator.media.MediaStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Checks interactive messages: their frame here and in [#check], their actions one by one.
///
/// Source of the limits: Meta's reference of interactive objects, as read in 2026.
final class InteractiveRules {
  private static final Set<String> TYPES =
      Set.of(
          "button",
          "list",
          "cta_url",
          "flow",
          "location_request_message",
          "product",
          "product_list",
          "catalog_message",
          "call_permission_request",
          "voice_call",
          "request_contact_info",
          "carousel",
          "order_details",
          "order_status");
  private static final Set<String> WITHOUT_BODY = Set.of("product");
  private static final int MAX_BODY = 1_024;
  private static final int MAX_SHORT = 60;
  private static final int MAX_LABEL = 20;

  private final MediaStore media;
  private final Account account;

  InteractiveRules(MediaStore media, Account account) {
    this.media = media;
    this.account = account;
  }

  void check(Params interactive) {
    interactive.only(Set.of("type", "header", "body", "footer", "action"));
    String type = interactive.oneOf("type", TYPES);
    if (interactive.has("body") || !WITHOUT_BODY.contains(type)) {
      interactive.object("body").only(Set.of("text")).text("text", MAX_BODY);
    }
    interactive
        .findObject("footer")
        .ifPresent(footer -> footer.only(Set.of("text")).text("text", MAX_SHORT));
    interactive.findObject("header").ifPresent(header -> checkHeader(header, type));
    if (type.equals("product_list")) {
      interactive.object("header");
    }
    checkAction(type, interactive.object("action"));
  }

  private void checkHeader(Params header, String type) {
    Set<String> allowed =
        Set.of("list", "product_list").contains(type)
            ? Set.of("text")
            : Set.of("text", "image", "video", "document");
    String format = header.oneOf("type", allowed);
    header.only(Set.of("type", format));
    if (format.equals("text")) {
      header.text("text", MAX_SHORT);
    } else {
      ContentRules.checkMedia(header.object(format), format, media, account);
    }
  }

  private static void checkAction(String type, Params action) {
    switch (type) {
      case "button" -> checkButtons(action.only(Set.of("buttons")));
      case "list" -> checkList(action.only(Set.of("button", "sections")));
      case "cta_url" -> checkUrl(named(action, "cta_url").object("parameters"));
      case "flow" -> checkFlow(named(action, "flow").object("parameters"));
      case "location_request_message" -> named(action, "send_location");
      case "product" -> {
        action.text("catalog_id", 100);
        action.text("product_retailer_id", 100);
      }
      case "product_list" -> checkProducts(action);
      case "catalog_message" -> named(action, "catalog_message");
      default -> {
        // Payments, calls and carousels depend on the country and on agreements: their action is
        // only required.
      }
    }
  }

  private static Params named(Params action, String name) {
    action.only(Set.of("name", "parameters")).oneOf("name", Set.of(name));
    return action;
  }

  private static void checkButtons(Params action) {
    Set<String> ids = new HashSet<>();
    Set<String> titles = new HashSet<>();
    for (Params button : action.objects("buttons", 1, 3)) {
      button.only(Set.of("type", "reply")).oneOf("type", Set.of("reply"));
      Params reply = button.object("reply").only(Set.of("id", "title"));
      requireNew(ids, reply, "id", 256);
      requireNew(titles, reply, "title", MAX_LABEL);
    }
  }

  private static void requireNew(Set<String> seen, Params params, String key, int max) {
    if (!seen.add(params.text(key, max))) {
      throw params.invalid(key, "is given twice");
    }
  }

  private static void checkList(Params action) {
    action.text("button", MAX_LABEL);
    List<Params> sections = action.objects("sections", 1, 10);
    Set<String> ids = new HashSet<>();
    for (Params section : sections) {
      section.only(Set.of("title", "rows"));
      checkSectionTitle(section, sections.size());
      for (Params row : section.objects("rows", 1, 10)) {
        row.only(Set.of("id", "title", "description"));
        requireNew(ids, row, "id", 200);
        row.text("title", 24);
        row.findText("description", 72);
      }
    }
    if (ids.size() > 10) {
      throw GraphError.of(
          131009,
          "A list has at most 10 rows over all its sections, but this has " + ids.size() + ".");
    }
  }

  private static void checkSectionTitle(Params section, int sections) {
    if (sections > 1) {
      section.text("title", 24);
    } else {
      section.findText("title", 24);
    }
  }

  private static void checkUrl(Params parameters) {
    parameters.only(Set.of("display_text", "url")).text("display_text", MAX_LABEL);
    if (!parameters.text("url", 2_000).matches("https?://\\S+")) {
      throw parameters.invalid("url", "must be an http or https address");
    }
  }

  private static void checkFlow(Params parameters) {
    parameters.text("flow_message_version", 10);
    if (parameters.has("flow_id") == parameters.has("flow_name")) {
      throw parameters.has("flow_id")
          ? parameters.invalid("flow_id", "cannot be given together with flow_name")
          : parameters.missing("flow_id");
    }
    parameters.text("flow_cta", 30);
    parameters.findText("flow_token", 1_000);
    if (parameters.has("mode")) {
      parameters.oneOf("mode", Set.of("published", "draft"));
    }
    if (parameters.has("flow_action")) {
      parameters.oneOf("flow_action", Set.of("navigate", "data_exchange"));
    }
  }

  private static void checkProducts(Params action) {
    action.text("catalog_id", 100);
    List<Params> sections = action.objects("sections", 1, 10);
    int items = 0;
    for (Params section : sections) {
      checkSectionTitle(section, sections.size());
      for (Params item : section.objects("product_items", 1, 30)) {
        item.text("product_retailer_id", 100);
        items++;
      }
    }
    if (items > 30) {
      throw GraphError.of(
          131009, "A product list has at most 30 items, but this has " + items + ".");
    }
  }
}
