package io.recado.statistics;

import static io.recado.statistics.CountedLog.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.testing.TestServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What `/v1/statistics` answers, on both databases.
interface StatisticsRoutesContract {

  Dialect engine();

  @Test
  default void theLastDayIsShownHourByHourWithATotal() {
    try (var shown = new Shown(engine())) {
      shown.log.accept(shown.key, NOON.minus(Duration.ofHours(25)));
      shown.log.accept(shown.key, NOON).sent(NOON.plusMillis(40)).delivered(NOON.plusMillis(2_040));
      shown.log.accept(shown.key, NOON.minus(Duration.ofHours(2))).failed(NOON, "EXPIRED");
      shown.log.receive(shown.key, NOON);
      shown.log.statistics.count();
      shown.log.server.clock.set(NOON.plusSeconds(60));

      assertThat(Json.text(shown.get("")))
          .isEqualTo(
              "{\"startTime\":\"2026-04-02T13:00:00Z\",\"endTime\":\"2026-04-03T13:00:00Z\",\"total\":"
                  + "{\"outbound\":{\"accepted\":2,\"sent\":1,\"delivered\":1,\"read\":0,\"failed\":1},"
                  + "\"inbound\":{\"received\":1,\"read\":0},"
                  + "\"failures\":[{\"reason\":\"EXPIRED\",\"count\":1}],\"latencies\":"
                  + "{\"acceptedToSent\":{\"count\":1,\"p50\":\"0.045s\",\"p90\":\"0.049s\",\"p99\":\"0.05s\"},"
                  + "\"sentToDelivered\":{\"count\":1,\"p50\":\"2.5s\",\"p90\":\"2.9s\",\"p99\":\"2.99s\"}}},"
                  + "\"hours\":[{\"startTime\":\"2026-04-03T10:00:00Z\","
                  + "\"outbound\":{\"accepted\":1,\"sent\":0,\"delivered\":0,\"read\":0,\"failed\":0},"
                  + "\"inbound\":{\"received\":0,\"read\":0},\"failures\":[],\"latencies\":{}},"
                  + "{\"startTime\":\"2026-04-03T12:00:00Z\","
                  + "\"outbound\":{\"accepted\":1,\"sent\":1,\"delivered\":1,\"read\":0,\"failed\":1},"
                  + "\"inbound\":{\"received\":1,\"read\":0},"
                  + "\"failures\":[{\"reason\":\"EXPIRED\",\"count\":1}],\"latencies\":"
                  + "{\"acceptedToSent\":{\"count\":1,\"p50\":\"0.045s\",\"p90\":\"0.049s\",\"p99\":\"0.05s\"},"
                  + "\"sentToDelivered\":{\"count\":1,\"p50\":\"2.5s\",\"p90\":\"2.9s\",\"p99\":\"2.99s\"}}}]}");
    }
  }

  @Test
  default void aChannelIsAskedAboutByItsNameOrItsId() {
    try (var shown = new Shown(engine())) {
      String other = shown.makeChannel();
      shown.log.accept(shown.key, NOON);
      shown.log.accept(shown.keyOf(other), NOON);
      shown.log.accept(shown.keyOf(other), NOON);
      shown.log.statistics.count();
      shown.log.server.clock.set(NOON);
      shown.log.server.clock.advance(Duration.ofMinutes(1));

      assertThat(accepted(shown.get(""))).isEqualTo(3);
      assertThat(accepted(shown.get("?channel=" + other))).isEqualTo(2);
      assertThat(accepted(shown.get("?channel=" + other.substring("channels/".length()))))
          .isEqualTo(2);
    }
  }

  @Test
  default void aKeyForSomeChannelsSeesThoseAlone() {
    try (var shown = new Shown(engine())) {
      String other = shown.makeChannel();
      shown.log.accept(shown.key, NOON);
      shown.log.accept(shown.keyOf(other), NOON);
      shown.log.accept(shown.keyOf(other), NOON);
      shown.log.statistics.count();
      shown.log.server.clock.set(NOON.plusSeconds(1));
      Id mine = Id.parse(shown.channel.substring("channels/".length()));
      var caller = TestServer.caller(TestServer.WORKSPACE, mine);

      JsonObject answer =
          Json.readObject(shown.log.server.call(caller, "GET /v1/statistics", "", Map.of()).body());
      ApiError refusal =
          catchThrowableOfType(
              ApiError.class,
              () ->
                  shown.log.server.call(
                      caller, "GET /v1/statistics?channel=" + other, "", Map.of()));

      assertThat(accepted(answer)).isEqualTo(1);
      assertThat(refusal.reason()).isEqualTo(ErrorReason.CHANNEL_NOT_ALLOWED);
    }
  }

  @Test
  default void anotherWorkspaceSeesNothing() {
    try (var shown = new Shown(engine())) {
      shown.log.accept(shown.key, NOON);
      shown.log.statistics.count();
      var stranger = TestServer.caller(2);

      JsonObject answer =
          Json.readObject(
              shown
                  .log
                  .server
                  .call(stranger, "GET /v1/statistics?endTime=2026-04-03T13:00:00Z", "", Map.of())
                  .body());
      ApiError refusal =
          catchThrowableOfType(
              ApiError.class,
              () ->
                  shown.log.server.call(
                      stranger, "GET /v1/statistics?channel=" + shown.channel, "", Map.of()));

      assertThat(accepted(answer)).isZero();
      assertThat(refusal.getMessage())
          .isEqualTo("channel: There is no such channel in this workspace.");
    }
  }

  static long accepted(JsonObject answer) {
    return answer
        .object("total")
        .flatMap(total -> total.object("outbound"))
        .flatMap(outbound -> outbound.number("accepted"))
        .orElseThrow();
  }

  /// A counted log with a channel, and the route.
  final class Shown implements AutoCloseable {

    final CountedLog log;
    final String channel;
    final long key;
    private int made;

    Shown(Dialect engine) {
      log = new CountedLog(engine);
      log.server.add(new StatisticsRoutes(log.server.channels, log.server.reads, log.server.clock));
      channel = makeChannel();
      key = keyOf(channel);
    }

    String makeChannel() {
      return log.server
          .json(
              "POST /v1/channels",
              "{'type': 'PIGEON', 'pigeon': {'ring': 'r%d', 'whistle': 'w'}}".formatted(++made))
          .string("name")
          .orElseThrow();
    }

    long keyOf(String name) {
      return log.server
          .channels
          .find(Id.parse(name.substring("channels/".length())))
          .orElseThrow()
          .key();
    }

    JsonObject get(String query) {
      return log.server.json("GET /v1/statistics" + query, "");
    }

    @Override
    public void close() {
      log.close();
    }
  }
}
