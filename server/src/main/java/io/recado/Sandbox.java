package io.recado;

import io.recado.access.AuditLog;
import io.recado.connector.Identifier;
import io.recado.connector.ProviderHttp;
import io.recado.connector.ProviderHttp.Exchange;
import io.recado.emulator.Emulator;
import io.recado.emulator.EmulatorClock;
import io.recado.emulator.EmulatorOptions;
import io.recado.journal.Id;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Everything in one process to try it out: the server and the WhatsApp emulator, with a channel
/// and a conversation ready, and a demo shop with a web chat.
///
/// Whatever it does to the server it does through the public API, but for the ids of the
/// documentation's example.
public final class Sandbox implements AutoCloseable {

  /// The WhatsApp channel of the documentation's curl line.
  static final Id CHANNEL = Id.parse("6633a1b2c4d5e6f7a8b9c0d1");

  /// The web chat channel of the demo shop.
  static final Id CHAT = Id.parse("6633a1b2c4d5e6f7a8b9c0d2");

  /// The conversation of the documentation's curl line.
  static final Id CONVERSATION = Id.parse("664fa2b3c4d5e6f7a8b9c0d2");

  private static final String CONTACT = "573193210329";
  private static final String UNREACHABLE = "+573190000003";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Emulator emulator;
  private final Server server;
  private final ExampleReceiver receiver;
  private final ProviderHttp http = new ProviderHttp(PATIENCE);
  private final String adminKey;

  private Sandbox(Emulator emulator, Server server, ExampleReceiver receiver, String adminKey) {
    this.emulator = emulator;
    this.server = server;
    this.receiver = receiver;
    this.adminKey = adminKey;
  }

  /// Starts both; returns when the documentation's curl line works.
  ///
  /// @throws CannotStart when it cannot; the message names the setting
  public static Sandbox start(Config config) {
    var clock = new EmulatorClock();
    Emulator emulator = emulator(config, clock);
    ExampleReceiver receiver = null;
    try {
      receiver = ExampleReceiver.start(clock);
      String adminKey = SandboxKey.of(config);
      Server server =
          Server.start(
              config.forSandbox(emulator.url(), adminKey),
              Storage.Kind.SANDBOX,
              clock,
              new DemoShop(CHAT));
      var sandbox = new Sandbox(emulator, server, receiver, adminKey);
      clock.onAdvance(server::wake);
      sandbox.furnish();
      return sandbox;
    } catch (RuntimeException e) {
      emulator.close();
      if (receiver != null) {
        receiver.close();
      }
      throw e;
    }
  }

  /// The server.
  public Server server() {
    return server;
  }

  /// Where the customer's phone can be played.
  public String phone() {
    return emulator.phoneUrl();
  }

  /// What to show whoever has just started it, in lines.
  public List<String> welcome() {
    String url =
        server.address()
            + "/v1/channels/"
            + CHANNEL
            + "/conversations/"
            + CONVERSATION
            + "/messages";
    return List.of(
        "",
        // What comes after the # is not sent to any server, and the page removes it at once.
        "  Console         "
            + server.address()
            + "/#key="
            + URLEncoder.encode(adminKey, StandardCharsets.UTF_8).replace("+", "%20"),
        "  Demo shop       " + server.address() + "/demo (write to the shop as its visitor)",
        "  API reference   " + server.address() + "/docs",
        "  API key         " + adminKey,
        "  Phone           " + phone() + " (a customer's: see what arrives, and answer)",
        "  Emulator        "
            + emulator.url()
            + " (numbers that end 0001 to 0010 choose their fate)",
        "  Webhooks        " + receiver.url() + " (an example receiver; shows what it was told)",
        "",
        "Send a message:",
        "",
        "  curl --request POST \\",
        "    --url " + url + " \\",
        "    --header 'Authorization: Bearer " + adminKey + "' \\",
        "    --header 'Content-Type: application/json' \\",
        "    --data '{\"text\": \"Your order has been confirmed.\"}'",
        "",
        "Then look at what became of it:",
        "",
        "  curl --header 'Authorization: Bearer " + adminKey + "' \\",
        "    " + url,
        "");
  }

  @Override
  public void close() {
    server.close();
    emulator.close();
    receiver.close();
  }

  /// Lets what is under way end, then closes.
  public boolean drain(Duration patience) throws InterruptedException {
    boolean ended = server.drain(patience);
    emulator.close();
    receiver.close();
    return ended;
  }

  private static Emulator emulator(Config config, EmulatorClock clock) {
    try {
      return Emulator.start(
          EmulatorOptions.standard().withPort(config.emulatorPort()).withClock(clock));
    } catch (RuntimeException e) {
      throw new CannotStart(
          "RECADO_EMULATOR_PORT: the emulator cannot listen on port %d; choose another one, or 0 for a free one"
              .formatted(config.emulatorPort()));
    }
  }

  /// Makes what is missing, then lets the contact write once, so that both sides hold an open
  /// service window.
  private void furnish() {
    boolean isFirst = server.ensureChannel(CHANNEL, SandboxFurniture.channel(), AuditLog.SYSTEM);
    // At once, as the server asks for the channel's templates within a second.
    String callbackUrl = server.address() + "/providers/whatsapp/" + CHANNEL;
    emulator.configure(Json.text(SandboxFurniture.account(callbackUrl)));
    server.ensureChannel(CHAT, SandboxFurniture.chat(server.address()), AuditLog.SYSTEM);
    call("PATCH", "/v1/channels/" + CHAT, SandboxFurniture.origins(server.address()));
    server.ensureConversation(
        CHANNEL, CONVERSATION, List.of(Identifier.phone("+" + CONTACT)), "Valentina");
    call("POST", "/v1/channels/" + CHANNEL + "/templates:sync", JsonObject.empty());
    tellReceiver(isFirst);
    long before = unread();
    emulator.receiveInbound(
        Json.text(
            JsonObject.builder()
                .with("from", CONTACT)
                .with("name", "Valentina")
                .with("text", "Hola, ¿cómo va mi pedido?")
                .build()));
    awaitUnread(before + 1);
    if (isFirst) {
      call(
          "POST", "/v1/channels/" + CHANNEL + ":sendMessage", SandboxFurniture.doomed(UNREACHABLE));
    }
  }

  /// The endpoint on the example receiver is there from the first start, unless somebody deletes
  /// it. The receiver listens elsewhere after each start, and learns a new secret then.
  private void tellReceiver(boolean isFirst) {
    JsonObject url = JsonObject.builder().with("url", receiver.url()).build();
    Optional<String> known =
        call("GET", "/v1/webhookEndpoints?pageSize=100", null).objects("webhookEndpoints").stream()
            .filter(one -> one.string("url").orElse("").endsWith(ExampleReceiver.PATH))
            .findFirst()
            .flatMap(one -> one.string("name"));
    if (known.isPresent()) {
      String path = "/v1/" + known.get();
      receiver.trust(secret(call("POST", path + ":rotateSecret", JsonObject.empty())));
      call("PATCH", path, url);
    } else if (isFirst) {
      receiver.trust(secret(call("POST", "/v1/webhookEndpoints", url)));
    }
  }

  private static String secret(JsonObject endpoint) {
    return endpoint.string("secret").orElseThrow();
  }

  private void awaitUnread(long unread) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (unread() < unread) {
      if (System.nanoTime() > end) {
        throw new CannotStart("the emulator's callbacks do not reach the server; see its log");
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private long unread() {
    JsonObject conversation =
        call("GET", "/v1/channels/" + CHANNEL + "/conversations/" + CONVERSATION, null);
    return conversation.number("unreadCount").orElse(0L);
  }

  private JsonObject call(String method, String path, @Nullable JsonObject body) {
    Exchange exchange =
        http.exchange(
            method,
            server.address() + path,
            Map.of("Authorization", "Bearer " + adminKey, "Content-Type", "application/json"),
            body == null ? null : Json.write(body));
    if (exchange instanceof Exchange.Answered answered && answered.status() == 200) {
      return Json.readObject(answered.body());
    }
    throw new CannotStart(
        "the sandbox could not prepare itself: " + method + " " + path + " gave " + told(exchange));
  }

  private static String told(Exchange exchange) {
    return switch (exchange) {
      case Exchange.Answered answered ->
          answered.status() + " " + new String(answered.body(), StandardCharsets.UTF_8);
      case Exchange.NotSent(String cause) -> cause;
      case Exchange.Lost lost -> lost.cause();
    };
  }
}
