package io.recado.emulator.template;

import io.recado.emulator.graph.Call;
import io.recado.emulator.graph.GraphError;
import io.recado.emulator.graph.GraphRoutes;
import io.recado.emulator.graph.Json;
import io.recado.emulator.graph.Node;
import io.recado.emulator.graph.Reply;
import io.recado.emulator.number.Fields;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Gives one template, or a page of them with cursors, filters and fields.
public final class TemplateListing {
  private static final Set<String> STANDARD =
      new LinkedHashSet<>(
          List.of(
              "name", "parameter_format", "components", "language", "status", "category", "id"));
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "name",
          "language",
          "status",
          "category",
          "components",
          "parameter_format",
          "quality_score",
          "rejected_reason",
          "previous_category",
          "message_send_ttl_seconds");
  private static final int STANDARD_LIMIT = 25;
  private static final int MAX_LIMIT = 1_000;

  private final Templates templates;

  public TemplateListing(Templates templates) {
    this.templates = templates;
  }

  public void addTo(GraphRoutes routes) {
    routes.put(Node.Kind.ACCOUNT, "GET", "message_templates", this::list);
    routes.put(Node.Kind.TEMPLATE, "GET", "", this::get);
  }

  private Reply get(Call call) {
    Template template =
        templates
            .findById(call.account(), call.id())
            .orElseThrow(() -> GraphError.unknownObject("GET", call.id()));
    return Reply.ok(pick(call, template));
  }

  private static ObjectNode pick(Call call, Template template) {
    return Fields.pick(template.describe(), call.query("fields").orElse(""), FIELDS, STANDARD);
  }

  private Reply list(Call call) {
    List<Template> matching =
        templates.all(call.account()).stream().filter(template -> matches(call, template)).toList();
    int limit = limit(call);
    int from = call.query("after").map(cursor -> position(matching, cursor) + 1).orElse(0);
    int to = Math.min(from + limit, matching.size());
    Optional<String> before = call.query("before");
    if (before.isPresent()) {
      to = Math.max(0, position(matching, before.get()));
      from = Math.max(0, to - limit);
    }
    List<Template> page = matching.subList(Math.min(from, to), to);
    ObjectNode body = Json.object();
    ArrayNode data = body.putArray("data");
    page.forEach(template -> data.add(pick(call, template)));
    if (!page.isEmpty()) {
      addPaging(call, body.putObject("paging"), page, to < matching.size());
    }
    return Reply.ok(body);
  }

  private static void addPaging(Call call, ObjectNode paging, List<Template> page, boolean more) {
    String last = cursor(page.getLast());
    paging.putObject("cursors").put("before", cursor(page.getFirst())).put("after", last);
    if (more) {
      String rest =
          Arrays.stream(call.request().rawQuery().split("&"))
              .filter(part -> !part.isEmpty() && !part.matches("(after|before|access_token)=.*"))
              .map(part -> part + "&")
              .collect(Collectors.joining());
      String path = "/" + String.join("/", call.request().segments());
      paging.put("next", call.request().baseUrl() + path + "?" + rest + "after=" + last);
    }
  }

  private static int limit(Call call) {
    String limit = call.query("limit").orElse(Integer.toString(STANDARD_LIMIT));
    if (!limit.matches("[1-9][0-9]{0,3}") || Integer.parseInt(limit) > MAX_LIMIT) {
      throw GraphError.of(100, "Param limit must be a whole number from 1 to " + MAX_LIMIT + ".");
    }
    return Integer.parseInt(limit);
  }

  private static String cursor(Template template) {
    byte[] id = template.id().getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }

  private static int position(List<Template> all, String cursor) {
    for (int i = 0; i < all.size(); i++) {
      if (cursor(all.get(i)).equals(URLDecoder.decode(cursor, StandardCharsets.UTF_8))) {
        return i;
      }
    }
    throw GraphError.of(100, "The cursor is unknown; begin again without it.");
  }

  /// Meta's `name` filter finds parts of names as well.
  private static boolean matches(Call call, Template template) {
    String name = template.key().name();
    String content = template.json().path("components").toString();
    return call.query("name").map(name::contains).orElse(true)
        && call.query("content").map(content::contains).orElse(true)
        && call.query("name_or_content")
            .map(part -> name.contains(part) || content.contains(part))
            .orElse(true)
        && call.query("language").map(template.key().language()::equals).orElse(true)
        && call.query("category").map(template.category()::equalsIgnoreCase).orElse(true)
        && call.query("status").map(template.status()::equalsIgnoreCase).orElse(true)
        && call.query("quality_score").map("UNKNOWN"::equalsIgnoreCase).orElse(true);
  }
}
