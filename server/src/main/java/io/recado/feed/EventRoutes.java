package io.recado.feed;

import io.recado.channel.Channels;
import io.recado.feed.EventFeed.Stretch;
import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.page.Page;
import io.recado.http.page.PageTokens;
import io.recado.http.page.Position;
import io.recado.http.request.ApiError;
import io.recado.http.request.Caller;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.http.request.Role;
import io.recado.http.request.StreamPlaces;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/v1/events` and `/v1/events:stream`. A key that is confined to some channels sees their events
/// alone.
public final class EventRoutes implements RouteSource {

  private static final Page.Sizes SIZES = Page.Sizes.lowered(50, 1_000);

  private final EventFeed feed;
  private final Channels channels;
  private final PageTokens pageTokens;
  private final Streaming streaming;

  /// Routes over these parts.
  public EventRoutes(
      EventFeed feed, Channels channels, PageTokens pageTokens, Streaming streaming) {
    this.feed = feed;
    this.channels = channels;
    this.pageTokens = pageTokens;
    this.streaming = streaming;
  }

  @Override
  public void addTo(Routes routes) {
    routes
        .getAcrossChannels("/v1/events", Role.READER, this::list)
        .getAcrossChannels("/v1/events:stream", Role.READER, this::stream);
  }

  private Response list(Request request) {
    long workspace = request.requireCaller().workspace();
    EventChoice choice = EventFilter.of(request, channels);
    Page page = pageTokens.page(request, SIZES);
    Optional<Long> cursor =
        page.after().map(position -> position.number(0)).or(() -> after(request, workspace));
    long from = cursor.orElseGet(() -> feed.oldest(workspace) - 1);
    Stretch stretch = feed.stretch(workspace, from, page.size(), choice);
    if (stretch.hasGap() && cursor.isPresent()) {
      throw expired(workspace);
    }
    return answer(stretch, stretch.isAtHead() ? null : page.next(Position.of(stretch.end())));
  }

  /// Where the parameter `after` says to go on.
  private Optional<Long> after(Request request, long workspace) {
    Optional<String> after = request.parameter("after");
    if (after.isEmpty()) {
      return Optional.empty();
    }
    long position = feed.ids().position(after.get()).orElse(Long.MAX_VALUE);
    if (position > feed.head(workspace)) {
      throw ApiError.invalid(
          "after",
          "INVALID_VALUE",
          "The id of an event of this workspace, as evt_0123456789abcdef01234567; this is none of"
              + " its log.");
    }
    return Optional.of(position);
  }

  private ApiError expired(long workspace) {
    String after = feed.ids().text(feed.oldest(workspace) - 1);
    return ApiError.of(
        ErrorReason.EVENTS_EXPIRED,
        "Events that come next have been deleted, as they are kept for a time only; go on with"
            + " after="
            + after
            + ", and look at the resources for what they told.",
        Map.of("after", after));
  }

  /// Events are bytes already; only what is around them is written here.
  private static Response answer(Stretch stretch, @Nullable String nextPageToken) {
    var body = new ByteArrayOutputStream();
    body.writeBytes(ascii("{\"events\":["));
    String between = "";
    for (ShownEvent event : stretch.events()) {
      body.writeBytes(ascii(between));
      body.writeBytes(event.json());
      between = ",";
    }
    // A token is base64, so nothing in it needs to be escaped.
    String token = nextPageToken == null ? "null" : "\"" + nextPageToken + "\"";
    body.writeBytes(ascii("],\"nextPageToken\":" + token + "}"));
    return Response.bytes(Response.JSON, body.toByteArray());
  }

  private Response stream(Request request) {
    Caller caller = request.requireCaller();
    EventChoice choice = EventFilter.of(request, channels);
    Optional<String> cursor = cursor(request);
    var reader = new EventStream.Reader(caller.workspace(), choice, cursor);
    streaming.places.take(caller.apiKey());
    return Response.streamed(
        "text/event-stream",
        new EventStream(
            feed,
            streaming,
            reader,
            () -> streaming.admission.admit(request),
            () -> streaming.places.leave(caller.apiKey())));
  }

  /// The last event that the reader has seen. The header counts before the parameter: whoever was
  /// given an address with one sends newer ones in the other.
  private static Optional<String> cursor(Request request) {
    String header = request.header().apply("Last-Event-ID");
    boolean isInHeader = header != null && !header.isBlank();
    Optional<String> given =
        isInHeader
            ? Optional.of(header.strip())
            : request.parameter("lastEventId").or(() -> request.parameter("after"));
    if (given.isPresent() && !EventIds.isId(given.get())) {
      throw ApiError.invalid(
          isInHeader
              ? "Last-Event-ID"
              : request.parameter("lastEventId").isPresent() ? "lastEventId" : "after",
          "INVALID_VALUE",
          "The id of an event, as evt_0123456789abcdef01234567.");
    }
    return given;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// What streams need besides the feed.
  ///
  /// @param admission who may go on reading
  public record Streaming(
      LogWatch watch, StreamPlaces places, Admission admission, EventStream.Pace pace) {}

  /// Whether the caller of a request may still make it.
  @FunctionalInterface
  public interface Admission {
    /// @throws ApiError when its key was revoked or has expired meanwhile
    void admit(Request request);
  }
}
