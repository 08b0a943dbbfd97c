package io.recado.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.testing.Await;
import io.recado.testing.Reply;
import io.recado.testing.TestChannel;
import io.recado.testing.WebhookReceiver;
import io.recado.testing.WebhookReceiver.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What a customer's receiver is told of messages, and what his owner sees of it.
interface WebhookFlowContract extends WithRecado {

  List<String> LIFE =
      List.of("message.created", "message.sent", "message.delivered", "message.read");

  private JsonNode endpoint(WebhookReceiver receiver, String more) {
    return recado()
        .post("/v1/webhookEndpoints", "{'url': '%s'%s}".formatted(receiver.url(), more))
        .ok();
  }

  private static String path(JsonNode endpoint) {
    return "/v1/" + endpoint.path("name").asString();
  }

  private JsonNode health(JsonNode endpoint) {
    return recado().get(path(endpoint)).ok().path("health");
  }

  private void awaitHealth(JsonNode endpoint, String status) {
    Await.until(
        "health " + status,
        () -> health(endpoint),
        health -> health.path("status").asString().equals(status));
  }

  private List<JsonNode> awaitDeliveries(JsonNode endpoint, String filter, int count) {
    String target =
        path(endpoint) + "/deliveries?filter=" + filter.replace(" ", "%20").replace("\"", "%22");
    return Await.until(
        count + " deliveries " + filter,
        () -> recado().all(target, "deliveries"),
        found -> found.size() == count);
  }

  private static void awaitLife(WebhookReceiver receiver, String message) {
    Await.until(
        "all of " + message, () -> receiver.typesOf(message), types -> types.containsAll(LIFE));
  }

  private static String name(TestChannel channel, String path) {
    return channel.name() + path;
  }

  @Test
  default void theLifeOfAMessageIsToldInOrderSignedAndListed() {
    TestChannel channel = recado().newChannel();
    String conversation = channel.openConversation("+573000000201");
    try (var receiver = new WebhookReceiver()) {
      JsonNode endpoint = endpoint(receiver, "");
      String secret = endpoint.path("secret").asString();
      assertThat(endpoint.path("state").asString()).isEqualTo("ENABLED");
      assertThat(recado().get(path(endpoint)).ok().has("secret")).isFalse();

      String message = channel.send(conversation, "hola");
      String name = name(channel, message);
      awaitLife(receiver, name);
      assertThat(receiver.typesOf(name)).containsExactlyElementsOf(LIFE);
      for (Request request : receiver.requests()) {
        assertThat(request.isSignedWith(secret)).isTrue();
        assertThat(request.event().path("id").asString()).isEqualTo(request.id());
        assertThat(request.headers().firstValue("content-type")).contains("application/json");
        assertThat(request.headers().firstValue("user-agent").orElse(""))
            .startsWith("Recado-Webhooks/");
      }
      // The very bytes that the list of events gives.
      Request last = receiver.requests().getLast();
      JsonNode listed =
          recado().all("/v1/events?pageSize=1000", "events").stream()
              .filter(event -> event.path("id").asString().equals(last.id()))
              .findFirst()
              .orElseThrow();
      assertThat(last.event()).isEqualTo(listed);

      List<JsonNode> deliveries =
          awaitDeliveries(endpoint, "status = \"DELIVERED\" AND type = \"message.read\"", 1);
      JsonNode attempt = deliveries.getFirst().at("/attempts/0");
      assertThat(attempt.path("httpStatus").asInt()).isEqualTo(200);
      assertThat(attempt.path("answer").asString()).isEqualTo("answer 200");
      assertThat(channel.timeline(message))
          .filteredOn(step -> step.startsWith("WEBHOOK: "))
          .hasSize(4)
          .first()
          .asString()
          .contains("message.created was told to 127.0.0.1: answered 200.");
      recado().delete(path(endpoint));
    }
  }

  @Test
  default void whatHappensWhileTheReceiverIsDownArrivesInOrderWhenItIsBackAlsoAfterARestart() {
    TestChannel channel = recado().newChannel();
    String conversation = channel.openConversation("+573000000202");
    String other = channel.openConversation("+573000000203");
    try (var receiver = new WebhookReceiver()) {
      JsonNode endpoint = endpoint(receiver, "");
      receiver.answer(_ -> 503);
      List<String> messages = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        messages.add(channel.send(conversation, "a" + i));
        messages.add(channel.send(other, "b" + i));
      }
      messages.forEach(message -> channel.awaitStatus(message, "READ"));
      awaitHealth(endpoint, "BROKEN");
      JsonNode problem = health(endpoint).at("/problems/0");
      assertThat(problem.path("reason").asString()).isEqualTo("FAILING");
      assertThat(problem.path("message").asString()).contains("503");
      recado().restart();
      assertThat(receiver.taken()).isEmpty();
      receiver.answer(_ -> 200);
      recado().advance(Duration.ofSeconds(40));
      messages.forEach(message -> awaitLife(receiver, name(channel, message)));
      Map<String, Long> sequences = new HashMap<>();
      for (JsonNode event : receiver.taken()) {
        String of = event.at("/data/message/name").asString("").replaceAll("/messages/.*", "");
        long sequence = event.path("conversationSequence").asLong(0);
        if (sequence > 0 && !of.isEmpty()) {
          assertThat(sequence).isGreaterThan(sequences.getOrDefault(of, 0L));
          sequences.put(of, sequence);
        }
      }
      awaitHealth(endpoint, "OK");
      recado().delete(path(endpoint));
    }
  }

  @Test
  default void aRefusedEventIsTriedAgainListedAsFailedAndToldOnceMoreWhenAskedFor() {
    TestChannel channel = recado().newChannel();
    String conversation = channel.openConversation("+573000000204");
    try (var receiver = new WebhookReceiver()) {
      JsonNode endpoint = endpoint(receiver, ", 'types': ['message.read', 'message.failed']");
      receiver.answer(
          event -> event.at("/data/message/text").asString("").equals("bad") ? 422 : 200);
      String bad = channel.send(conversation, "bad");
      channel.awaitStatus(bad, "READ");
      JsonNode waiting = awaitDeliveries(endpoint, "status = \"RETRYING\"", 1).getFirst();
      assertThat(waiting.has("nextAttemptTime")).isTrue();
      assertThat(health(endpoint).at("/problems/0/reason").asString()).isEqualTo("EVENTS_REFUSED");
      assertThat(channel.timeline(bad)).anyMatch(step -> step.contains("was not taken by"));
      for (int attempts = 2; attempts <= 10; attempts++) {
        recado().advance(Duration.ofHours(30));
        int expected = attempts;
        Await.until(
            "attempt " + attempts,
            () ->
                recado().get("/v1/" + waiting.path("name").asString()).ok().path("attempts").size(),
            size -> size == expected);
      }
      JsonNode failed = awaitDeliveries(endpoint, "status = \"FAILED\"", 1).getFirst();
      assertThat(failed.path("attempts").size()).isEqualTo(10);
      assertThat(failed.has("nextAttemptTime")).isFalse();

      receiver.answer(_ -> 200);
      Reply again = recado().post(path(endpoint) + "/deliveries:retryFailed", "");
      assertThat(again.ok().path("deliveries").asInt()).isEqualTo(1);
      awaitDeliveries(endpoint, "status = \"FAILED\"", 0);
      int before = receiver.requests().size();
      recado().post("/v1/" + failed.path("name").asString() + ":retry", "").ok();
      Await.until("told once more", receiver.requests()::size, size -> size == before + 1);
      assertThat(receiver.requests().getLast().id()).isEqualTo(failed.path("event").asString());
      recado().delete(path(endpoint));
    }
  }

  @Test
  default void whoWasAwayForLongerThanEventsAreKeptIsToldSoAndGoesOnWithTheOldestThatIs() {
    TestChannel channel = recado().newChannel();
    String conversation = channel.openConversation("+573000000206");
    try (var receiver = new WebhookReceiver()) {
      JsonNode endpoint = endpoint(receiver, "");
      recado().patch(path(endpoint), "{'state': 'DISABLED'}").ok();
      String lost = channel.send(conversation, "hola");
      channel.awaitStatus(lost, "READ");
      recado().stop();
      recado().change("DELETE FROM event"); // as retention does, in time
      recado().start();
      String kept = channel.send(conversation, "chao");
      channel.awaitStatus(kept, "READ");

      recado().post(path(endpoint) + ":enable", "").ok();
      awaitLife(receiver, name(channel, kept));
      List<String> types =
          Await.until(
              "told of the gap",
              () -> types(receiver),
              told -> told.contains("webhookEndpoint.gap"));
      assertThat(types).containsOnlyOnce("webhookEndpoint.gap");
      assertThat(receiver.typesOf(name(channel, lost))).isEmpty();
      assertThat(receiver.typesOf(name(channel, kept))).containsExactlyElementsOf(LIFE);
      recado().delete(path(endpoint));
    }
  }

  private static List<String> types(WebhookReceiver receiver) {
    return receiver.taken().stream().map(event -> event.path("type").asString()).toList();
  }

  @Test
  default void goneDisablesTellsOfItAndEnablingResumes() {
    TestChannel channel = recado().newChannel();
    String conversation = channel.openConversation("+573000000205");
    try (var receiver = new WebhookReceiver();
        var witness = new WebhookReceiver()) {
      JsonNode endpoint = endpoint(receiver, "");
      JsonNode other = endpoint(witness, ", 'types': ['webhookEndpoint.disabled']");
      receiver.answer(_ -> 410);
      String message = channel.send(conversation, "hola");
      Await.until(
          "disabled",
          () -> recado().get(path(endpoint)).ok(),
          now -> now.path("state").asString().equals("DISABLED"));
      assertThat(health(endpoint).at("/problems/0/message").asString()).contains("410");
      JsonNode told = Await.until("told", witness::taken, taken -> !taken.isEmpty()).getFirst();
      assertThat(told.at("/data/webhookEndpoint/name").asString())
          .isEqualTo(endpoint.path("name").asString());
      assertThat(
              recado()
                  .post(path(endpoint) + ":replay", "{'startTime': '2026-01-01T00:00:00Z'}")
                  .reason())
          .isEqualTo("WEBHOOK_ENDPOINT_DISABLED");
      receiver.answer(_ -> 200);
      recado().post(path(endpoint) + ":enable", "").ok();
      awaitLife(receiver, name(channel, message));
      recado().delete(path(endpoint));
      recado().delete(path(other));
    }
  }

  @Test
  default void aNewSecretSignsBesideTheOldOneForADay() {
    try (var receiver = new WebhookReceiver()) {
      JsonNode endpoint = endpoint(receiver, "");
      String old = endpoint.path("secret").asString();
      String fresh =
          recado().post(path(endpoint) + ":rotateSecret", "").ok().path("secret").asString();
      assertThat(fresh).isNotEqualTo(old);
      JsonNode trial = recado().post(path(endpoint) + ":test", "").ok();
      assertThat(trial.path("delivered").asBoolean()).isTrue();
      Request request = receiver.requests().getLast();
      assertThat(request.event().path("type").asString()).isEqualTo("webhookEndpoint.test");
      assertThat(request.isSignedWith(old)).isTrue();
      assertThat(request.isSignedWith(fresh)).isTrue();
      recado().delete(path(endpoint));
    }
  }

  @Test
  default void thePastIsToldAgainByTimeAndType() {
    TestChannel channel = recado().newChannel();
    String conversation = channel.openConversation("+573000000206");
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      messages.add(channel.send(conversation, "a" + i));
    }
    messages.forEach(message -> channel.awaitStatus(message, "READ"));
    String start = channel.get(messages.get(1)).ok().path("createTime").asString();
    try (var receiver = new WebhookReceiver()) {
      JsonNode endpoint = endpoint(receiver, ", 'channels': ['%s']".formatted(channel.name()));
      JsonNode answer =
          recado()
              .post(
                  path(endpoint) + ":replay",
                  "{'startTime': '%s', 'types': ['message.created', 'message.read']}"
                      .formatted(start))
              .ok();
      assertThat(answer.path("events").asLong()).isPositive();
      String last = name(channel, messages.get(2));
      Await.until("replay", () -> receiver.typesOf(last), types -> types.size() == 2);
      assertThat(receiver.typesOf(last)).containsExactly("message.created", "message.read");
      assertThat(receiver.typesOf(name(channel, messages.get(0))))
          .doesNotContain("message.created");
      recado().delete(path(endpoint));
    }
  }

  @Test
  default void whatIsWrongWithAnEndpointIsToldAtOnce() {
    Reply refusal =
        recado()
            .post(
                "/v1/webhookEndpoints",
                "{'url': 'http://10.0.0.1/x', 'types': ['message.sended'], 'channels': ['x'],"
                    + " 'colour': 1}");
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.fields()).containsExactlyInAnyOrder("url", "types", "channels", "colour");
    assertThat(refusal.text()).contains("Did you mean message.sent?");
    assertThat(recado().post("/v1/webhookEndpoints", "{}").fields()).containsExactly("url");
    try (var receiver = new WebhookReceiver()) {
      JsonNode endpoint = endpoint(receiver, "");
      assertThat(recado().patch(path(endpoint), "{'url': null}").status()).isEqualTo(400);
      assertThat(
              recado().patch(path(endpoint), "{'state': 'DISABLED'}").ok().path("state").asString())
          .isEqualTo("DISABLED");
      assertThat(
              recado()
                  .post(path(endpoint) + "/deliveries/evt_000000000000000000000001:retry", "")
                  .status())
          .isEqualTo(400);
      assertThat(recado().get(path(endpoint) + "/deliveries/nonsense").fields())
          .containsExactly("deliveryId");
      assertThat(recado().delete(path(endpoint)).status()).isEqualTo(204);
      assertThat(recado().get(path(endpoint)).status()).isEqualTo(404);
      assertThat(
              StreamSupport.stream(
                      recado()
                          .get("/v1/webhookEndpoints")
                          .ok()
                          .path("webhookEndpoints")
                          .spliterator(),
                      false)
                  .map(one -> one.path("name")))
          .doesNotContain(endpoint.path("name"));
    }
  }
}
