package io.recado.emulator.phone;

import io.recado.emulator.account.Accounts;
import io.recado.emulator.graph.Json;
import io.recado.emulator.graph.Reply;
import io.recado.emulator.graph.Request;
import io.recado.emulator.phone.Chat.Key;
import io.recado.emulator.template.Templates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Serves the page at `/phone`, to callers on the same machine only.
public final class PhoneRoutes {
  /// The first part of all its paths.
  public static final String PREFIX = "phone";

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Map<String, String> FILES =
      Map.of(
          "", "text/html; charset=utf-8",
          "phone.js", "text/javascript; charset=utf-8",
          "phone.css", "text/css; charset=utf-8");
  private static final Map<String, String> PROTECTION =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
              + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cache-Control",
          "no-cache");

  private final Phones phones;
  private final ChatJson json;

  /// Routes that show these phones.
  public PhoneRoutes(Phones phones, Accounts accounts, Templates templates) {
    this.phones = phones;
    this.json = new ChatJson(accounts, new Look(templates));
  }

  /// Answers a request below `/phone`.
  public Reply answer(Request request) throws InterruptedException {
    if (!request.fromLoopback()) {
      return refuse(403, "The phone's page answers callers on the same machine only.");
    }
    List<String> segments = request.segments();
    String file = segments.size() == 1 ? "" : segments.get(1);
    if (!request.method().equals("GET")) {
      return refuse(405, "The phone's page is read only; write with POST /_emulator/inbound.");
    }
    if (segments.size() == 2 && file.equals("chats")) {
      return chats(request);
    }
    return segments.size() <= 2 && FILES.containsKey(file)
        ? new Reply(200, FILES.get(file), bytes(file.isEmpty() ? "phone.html" : file), PROTECTION)
        : refuse(404, "There is no such file; the page is at /phone.");
  }

  /// What there is to show, once it differs from the version that the page has.
  private Reply chats(Request request) throws InterruptedException {
    String number = request.query("number").orElse("");
    String person = request.query("person").orElse("");
    String seen = request.query("after").orElse("0");
    if (!seen.matches("[0-9]{1,18}")) {
      return refuse(400, "after must be a version that was answered before.");
    }
    Key chosen = person.isEmpty() ? null : new Key(number, person);
    Phones.View view = phones.await(chosen, Long.parseLong(seen), PATIENCE);
    return Reply.ok(json.write(view, number));
  }

  private static Reply refuse(int status, String sentence) {
    return Reply.json(status, Json.object().put("error", sentence));
  }

  private static byte[] bytes(String file) {
    try (InputStream in = PhoneRoutes.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing; this build is not whole");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
