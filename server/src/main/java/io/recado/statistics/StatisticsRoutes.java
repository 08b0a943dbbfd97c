package io.recado.statistics;

import io.recado.channel.Channel;
import io.recado.channel.Channels;
import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.request.ApiError;
import io.recado.http.request.Caller;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.http.request.Role;
import io.recado.journal.Id;
import io.recado.journal.ReadPool;
import io.recado.json.JsonObject;
import io.recado.statistics.Tallies.Tally;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `/v1/statistics`: what happened, hour by hour.
public final class StatisticsRoutes implements RouteSource {

  private final Channels channels;
  private final ReadPool reads;
  private final InstantSource clock;

  /// Routes over these parts.
  public StatisticsRoutes(Channels channels, ReadPool reads, InstantSource clock) {
    this.channels = channels;
    this.reads = reads;
    this.clock = clock;
  }

  @Override
  public void addTo(Routes routes) {
    routes.getAcrossChannels("/v1/statistics", Role.READER, this::get);
  }

  private Response get(Request request) {
    Caller caller = request.requireCaller();
    Question question = Question.of(request, clock.instant());
    var total = new Summary();
    Map<Instant, Summary> hours = new TreeMap<>();
    for (long channel : channels(caller, question.channel())) {
      List<Tally> tallies =
          reads.read(
              r ->
                  StatisticStore.hours(
                      r, caller.workspace(), channel, question.start(), question.end()));
      for (Tally tally : tallies) {
        total.add(tally);
        hours.computeIfAbsent(tally.key().hour(), _ -> new Summary()).add(tally);
      }
    }
    return Response.ok(answer(question, total, hours));
  }

  /// What to add up: the keys of channels, or what was counted of all together.
  private List<Long> channels(Caller caller, Optional<Id> asked) {
    if (asked.isPresent()) {
      return List.of(require(caller, asked.get()).key());
    }
    if (caller.channels().isEmpty()) {
      return List.of(Tallies.ALL_CHANNELS);
    }
    return caller.channels().stream()
        .flatMap(id -> channels.find(id).stream())
        .filter(channel -> channel.workspace() == caller.workspace())
        .map(Channel::key)
        .toList();
  }

  private Channel require(Caller caller, Id id) {
    return channels
        .find(id)
        .filter(channel -> channel.workspace() == caller.workspace())
        .orElseThrow(
            () ->
                ApiError.invalid(
                    "channel", "INVALID_VALUE", "There is no such channel in this workspace."));
  }

  private static JsonObject answer(Question question, Summary total, Map<Instant, Summary> hours) {
    List<JsonObject> shown =
        hours.entrySet().stream()
            .map(
                hour -> {
                  String start = hour.getKey().toString();
                  return hour.getValue()
                      .addTo(JsonObject.builder().with("startTime", start))
                      .build();
                })
            .toList();
    return JsonObject.builder()
        .with("startTime", question.start().toString())
        .with("endTime", question.end().toString())
        .with("total", total.addTo(JsonObject.builder()).build())
        .with("hours", shown)
        .build();
  }
}
