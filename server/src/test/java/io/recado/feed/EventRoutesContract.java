package io.recado.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.channel.Channel;
import io.recado.http.request.ApiError;
import io.recado.http.request.Caller;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Response;
import io.recado.http.request.StreamPlaces;
import io.recado.http.request.StreamedBody;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What `/v1/events` answers on every database.
interface EventRoutesContract {

  Dialect engine();

  /// A feed with its routes, two channels and their events.
  final class Routes implements AutoCloseable {

    final FeedBench bench;
    final Channel first;
    final Channel second;
    final StreamPlaces places = new StreamPlaces(3, 2);

    Routes(Dialect engine) {
      bench = new FeedBench(engine);
      first = bench.delivery.channel;
      second = bench.delivery.channel("R2");
      bench.delivery.conversation("+573000000001");
      bench.append(second.key(), 3);
      bench.delivery.openConversation("+573000000001");
      var server = bench.delivery.server;
      server.add(
          new EventRoutes(
              bench.feed,
              server.channels,
              server.pageTokens,
              new EventRoutes.Streaming(new LogWatch(), places, _ -> {}, EventStream.Pace.USUAL)));
    }

    JsonObject json(String request) {
      return bench.delivery.server.json(request, "");
    }

    ApiError refusal(String request) {
      return bench.delivery.server.refusal(request, "");
    }

    List<Long> positions(JsonObject page) {
      return page.objects("events").stream()
          .map(event -> bench.ids.position(event.string("id").orElseThrow()).orElseThrow())
          .toList();
    }

    List<Long> found(String filter) {
      return positions(json("GET /v1/events?filter=" + filter));
    }

    @Override
    public void close() {
      bench.close();
    }
  }

  @Test
  default void theLogIsListedPageByPageToItsEndAndLaterOnFromItsLastEvent() {
    try (var routes = new Routes(engine())) {
      List<Long> all = new ArrayList<>();
      String token = "";
      int pages = 0;
      do {
        JsonObject page = routes.json("GET /v1/events?pageSize=3&pageToken=" + token);
        all.addAll(routes.positions(page));
        token = page.string("nextPageToken").orElse("");
        pages++;
      } while (!token.isEmpty());
      assertThat(all).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
      assertThat(pages).isEqualTo(3);

      String after = routes.bench.ids.text(7);
      assertThat(routes.positions(routes.json("GET /v1/events?after=" + after))).isEmpty();
      routes.bench.append(routes.first.key(), 2);
      JsonObject news = routes.json("GET /v1/events?after=" + after);
      assertThat(routes.positions(news)).containsExactly(8L, 9L);
      assertThat(news.fields()).containsEntry("nextPageToken", null);
    }
  }

  @Test
  default void aFilterChoosesByTypeAndChannel() {
    try (var routes = new Routes(engine())) {
      String second = "channel = '" + routes.second.name() + "'";
      assertThat(routes.found(second)).containsExactly(2L, 4L, 5L, 6L);
      assertThat(routes.found("NOT " + second)).containsExactly(1L, 3L, 7L);
      assertThat(routes.found("type = message.received")).containsExactly(7L);
      assertThat(routes.found("type = 'message.received' OR type = 'conversation.created'"))
          .containsExactly(3L, 7L);
      assertThat(routes.found("type != channel.updated AND NOT type = message.received"))
          .containsExactly(3L);
      assertThat(routes.found("channel = 'channels/0123456789abcdef01234567'")).isEmpty();
      assertThat(routes.found("channel != 'channels/0123456789abcdef01234567'")).hasSize(7);
    }
  }

  @Test
  default void aKeyForSomeChannelsSeesTheirEventsAlone() {
    try (var routes = new Routes(engine())) {
      Caller confined = TestServer.caller(1, routes.second.id());
      JsonObject page = read(routes, confined, "GET /v1/events");
      assertThat(routes.positions(page)).containsExactly(2L, 4L, 5L, 6L);
      JsonObject other =
          read(routes, confined, "GET /v1/events?filter=channel = '" + routes.first.name() + "'");
      assertThat(routes.positions(other)).isEmpty();
      Caller nowhere = TestServer.caller(1, Id.parse("0123456789abcdef01234567"));
      assertThat(routes.positions(read(routes, nowhere, "GET /v1/events"))).isEmpty();
      assertThat(routes.positions(read(routes, TestServer.caller(2), "GET /v1/events"))).isEmpty();
    }
  }

  private static JsonObject read(Routes routes, Caller caller, String request) {
    return Json.readObject(routes.bench.delivery.server.call(caller, request, "", Map.of()).body());
  }

  @Test
  default void wrongArgumentsAreRefusedByName() {
    try (var routes = new Routes(engine())) {
      String own = routes.bench.ids.text(1);
      String beyond = routes.bench.ids.text(8);
      String foreign = new EventIds(7).text(1);
      for (String after : List.of("x", "evt_1", beyond, foreign)) {
        assertRefused(routes.refusal("GET /v1/events?after=" + after), "after");
      }
      assertRefused(routes.refusal("GET /v1/events?pageSize=-1"), "pageSize");
      for (String filter :
          List.of("type = message.gone", "channel = 'x'", "colour = 'red'", "type < 'a'", "(")) {
        assertRefused(routes.refusal("GET /v1/events?filter=" + filter), "filter");
        assertRefused(routes.refusal("GET /v1/events:stream?filter=" + filter), "filter");
      }
      assertRefused(routes.refusal("GET /v1/events:stream?lastEventId=1"), "lastEventId");
      assertRefused(routes.refusal("GET /v1/events:stream?after=1"), "after");
      assertThat(routes.refusal("GET /v1/events?after=" + own + "&pageToken=xyz").reason())
          .isEqualTo(ErrorReason.PAGE_TOKEN_INVALID);
      assertThat(routes.places.count()).isZero();
    }
  }

  private static void assertRefused(ApiError error, String field) {
    assertThat(error.reason()).isEqualTo(ErrorReason.INVALID_FIELDS);
    assertThat(error.violations()).singleElement().matches(fault -> fault.field().equals(field));
  }

  @Test
  default void whoWasAwayForLongerThanEventsAreKeptIsToldWhereToGoOn() {
    try (var routes = new Routes(engine())) {
      routes.bench.delivery.server.journal.commit(new EventFeedContract.DeleteEvents(4));
      assertThat(routes.positions(routes.json("GET /v1/events"))).containsExactly(5L, 6L, 7L);
      ApiError expired = routes.refusal("GET /v1/events?after=" + routes.bench.ids.text(2));
      assertThat(expired.reason()).isEqualTo(ErrorReason.EVENTS_EXPIRED);
      String after = expired.metadata().get("after");
      assertThat(routes.positions(routes.json("GET /v1/events?after=" + after)))
          .containsExactly(5L, 6L, 7L);
    }
  }

  @Test
  default void aStreamTakesAPlaceUntilItIsClosed() {
    try (var routes = new Routes(engine())) {
      StreamedBody first = stream(routes);
      stream(routes);
      assertThat(routes.refusal("GET /v1/events:stream").reason())
          .isEqualTo(ErrorReason.TOO_MANY_STREAMS);
      first.close();
      stream(routes);
      assertThat(routes.places.count()).isEqualTo(2);
    }
  }

  private static StreamedBody stream(Routes routes) {
    Response response = routes.bench.delivery.server.call("GET /v1/events:stream", "");
    assertThat(response.contentType()).isEqualTo("text/event-stream");
    return response.stream();
  }
}
