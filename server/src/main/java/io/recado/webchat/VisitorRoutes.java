package io.recado.webchat;

import io.recado.channel.Channel;
import io.recado.connector.Content;
import io.recado.connector.Identifier;
import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.Routes.Handler;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Fields;
import io.recado.http.request.Headers;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.journal.Cipher;
import io.recado.journal.Id;
import io.recado.json.JsonObject;
import io.recado.message.Message;
import io.recado.webchat.VisitorTokens.Opened;
import io.recado.webchat.Visitors.History;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/// `/webchat/{channelId}/…`: what a widget calls. No API key: pages of the channel's origins alone,
/// and, but for the start of a session, a visitor's token.
public final class VisitorRoutes implements RouteSource {

  private static final String ROOT = "/webchat/{channelId}";
  private static final int BODY_BYTES = 32 << 10;
  private static final int MAX_REPORTED = 100;
  private static final int USUAL_PAGE = 30;
  private static final int MAX_PAGE = 100;
  private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final Widgets widgets;
  private final Visitors visitors;
  private final VisitorStreams streams;
  private final Typists typists;
  private final VisitorTokens tokens;
  private final VisitorRates rates;
  private final Function<Headers, InetAddress> addresses;

  /// Routes over these parts.
  ///
  /// @param nanoTime a clock that never jumps, such as `System::nanoTime`
  /// @param addresses finds the address from which a request comes
  public VisitorRoutes(
      Widgets widgets,
      Visitors visitors,
      VisitorStreams streams,
      Typists typists,
      Cipher cipher,
      LongSupplier nanoTime,
      Function<Headers, InetAddress> addresses) {
    this.widgets = widgets;
    this.visitors = visitors;
    this.streams = streams;
    this.typists = typists;
    this.tokens = new VisitorTokens(cipher);
    this.rates = new VisitorRates(nanoTime);
    this.addresses = addresses;
  }

  @Override
  public void addTo(Routes routes) {
    add(routes, "POST", "/session", this::session);
    add(routes, "GET", "/messages", this::list);
    add(routes, "POST", "/messages", this::write);
    add(routes, "POST", "/receipts", this::report);
    add(routes, "POST", "/typing", this::type);
    add(routes, "GET", "/stream", this::stream);
  }

  private void add(Routes routes, String method, String path, Handler handler) {
    int bytes = method.equals("POST") ? BODY_BYTES : 0;
    routes.open(method, ROOT + path, bytes, widgets, handler);
  }

  private Response session(Request request) {
    InetAddress address = addresses.apply(request.header());
    rates.request(address);
    rates.session(address);
    Channel channel = widgets.require(request);
    Fields fields = request.fields();
    Optional<String> token = fields.text("token", 1, VisitorTokens.MOST_CHARACTERS);
    Optional<Visitor> user = fields.object("user").flatMap(given -> user(channel, given));
    fields.check();
    Optional<Visitor> before = token.flatMap(text -> before(channel, text, user.isPresent()));
    user.ifPresent(
        known -> before.ifPresent(stranger -> visitors.signIn(channel, stranger, known)));
    Visitor visitor = user.or(() -> before).orElseGet(visitors::stranger);
    Instant expireTime = visitors.now().plus(VisitorTokens.LIFE);
    Seat seat = new Seat(channel, visitor, expireTime);
    History history = visitors.history(seat, Long.MAX_VALUE, USUAL_PAGE);
    return Response.ok(
        JsonObject.builder()
            .with("token", tokens.seal(channel, visitor, expireTime))
            .with("expireTime", expireTime.toString())
            .with("displayName", channel.displayName())
            .withAll(page(history, USUAL_PAGE))
            .with("after", history.standing().settledSeq())
            .with("readUpTo", history.standing().readSeq())
            .build());
  }

  /// Who is signed in on the page.
  private Optional<Visitor> user(Channel channel, Fields given) {
    Optional<String> id = given.requiredText("id", 128);
    Optional<String> hash = given.requiredText("hash", 64);
    Optional<String> displayName = given.text("displayName", 1, 63);
    if (hash.filter(text -> !HASH.matcher(text).matches()).isPresent()) {
      given.violate("hash", "INVALID_VALUE", "HMAC-SHA256 of the id in lower-case hex: 64 digits.");
    }
    if (id.filter(text -> text.isBlank() || text.chars().anyMatch(Character::isISOControl))
        .isPresent()) {
      given.violate("id", "INVALID_VALUE", "Must not be blank, nor hold control characters.");
    }
    given.check();
    String secret = widgets.identitySecret().apply(channel.settings()).orElse(null);
    if (secret == null || !UserProof.isRight(secret, id.orElseThrow(), hash.orElseThrow())) {
      throw ApiError.of(
          ErrorReason.IDENTITY_INVALID,
          "user.hash must be the HMAC-SHA256 of user.id with the channel's"
              + " webchat.identitySecret, made by the page's server.");
    }
    return Optional.of(
        new Visitor(new Identifier(Identifier.USER, id.get()), displayName.orElse(null)));
  }

  /// Who the browser was before. A token that is worth nothing does no harm to who is signed in.
  private Optional<Visitor> before(Channel channel, String token, boolean isSignedIn) {
    try {
      return Optional.of(seat(channel, token).visitor());
    } catch (ApiError e) {
      if (isSignedIn) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Response list(Request request) {
    Seat seat = seat(request);
    long before = number(request, "before", Long.MAX_VALUE);
    int size = Math.clamp(number(request, "pageSize", USUAL_PAGE), 1, MAX_PAGE);
    return Response.ok(page(visitors.history(seat, before, size), size));
  }

  private static JsonObject page(History history, int size) {
    List<Message> messages = history.messages();
    return JsonObject.builder()
        .with("messages", messages.stream().map(VisitorJson::message).toList())
        .with("before", messages.size() < size ? null : messages.getLast().seq())
        .build();
  }

  private Response write(Request request) {
    Seat seat = seat(request);
    rates.message(seat);
    Fields fields = request.fields();
    Optional<String> clientId = fields.requiredText("clientMessageId", 64);
    Optional<String> text = fields.requiredText("text", widgets.maxTextLength(seat.channel()));
    if (clientId.filter(id -> !CLIENT_ID.matcher(id).matches()).isPresent()) {
      fields.violate(
          "clientMessageId", "INVALID_VALUE", "Letters, digits, - and _, such as a UUID.");
    }
    if (text.filter(String::isBlank).isPresent()) {
      fields.violate("text", "REQUIRED", "The text is blank; give it something to say.");
    }
    fields.check();
    Message message = visitors.write(seat, clientId.orElseThrow(), text.orElseThrow());
    streams.begun(seat);
    typists.sent(message.conversation());
    if (!(message.content() instanceof Content.Text(String first)) || !first.equals(text.get())) {
      throw ApiError.of(
          ErrorReason.IDEMPOTENCY_KEY_REUSED,
          "This clientMessageId was used for another text; give each message one of its own.");
    }
    return Response.ok(VisitorJson.message(message));
  }

  private Response report(Request request) {
    Seat seat = seat(request);
    Fields fields = request.fields();
    List<Id> delivered = ids(fields, "delivered");
    List<Id> read = ids(fields, "read");
    fields.check();
    visitors.report(seat, delivered, read);
    return Response.ok(JsonObject.empty());
  }

  private static List<Id> ids(Fields fields, String name) {
    List<Id> ids = new ArrayList<>();
    for (String text : fields.texts(name, MAX_REPORTED, 24).orElse(List.of())) {
      if (Id.isId(text)) {
        ids.add(Id.parse(text));
      } else {
        fields.violate(name, "INVALID_VALUE", "Ids of messages have 24 lower-case hex digits.");
      }
    }
    return ids;
  }

  private Response type(Request request) {
    Seat seat = seat(request);
    request.fields().check();
    visitors.conversation(seat).ifPresent(typists::types);
    return Response.ok(JsonObject.empty());
  }

  private Response stream(Request request) {
    Seat seat = seat(request);
    String last = request.header().apply("Last-Event-ID");
    long after = last == null ? number(request, "after", 0) : whole("Last-Event-ID", last);
    var open = streams.open(seat);
    return Response.streamed(
        "text/event-stream; charset=utf-8", new VisitorStream(visitors, seat, open, after));
  }

  private static long number(Request request, String name, long usual) {
    return request.parameter(name).map(text -> whole(name, text)).orElse(usual);
  }

  private static long whole(String name, String text) {
    if (!text.matches("\\d{1,18}")) {
      throw ApiError.invalid(name, "INVALID_VALUE", "A whole number from 0.");
    }
    return Long.parseLong(text);
  }

  private Seat seat(Request request) {
    rates.request(addresses.apply(request.header()));
    Channel channel = widgets.require(request);
    String authorization = request.header().apply("Authorization");
    if (authorization == null || !authorization.startsWith("Bearer ")) {
      throw VisitorTokens.invalid("Send the session's token as Authorization: Bearer ….");
    }
    Seat seat = seat(channel, authorization.substring("Bearer ".length()).strip());
    rates.visitor(seat);
    return seat;
  }

  private Seat seat(Channel channel, String token) {
    Opened opened = tokens.open(channel, token, visitors.now());
    if (!visitors.isCurrent(channel, opened.visitor())) {
      throw VisitorTokens.invalid(
          "Somebody has signed in under this token since; start a new session.");
    }
    return new Seat(channel, opened.visitor(), opened.expireTime());
  }
}
