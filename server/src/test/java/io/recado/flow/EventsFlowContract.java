package io.recado.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.testing.Await;
import io.recado.testing.EventReader;
import io.recado.testing.RunningRecado;
import io.recado.testing.TestChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Events as a caller of the API sees them: listed, and streamed as they happen.
interface EventsFlowContract extends WithRecado {

  String STREAM = "/v1/events:stream";

  private EventReader stream(String query, String lastId) {
    return new EventReader(recado(), RunningRecado.ADMIN_KEY, STREAM + query, lastId);
  }

  private static String ofChannel(TestChannel channel) {
    return "filter=channel%20%3D%20%22" + channel.name().replace("/", "%2F") + "%22";
  }

  private static List<String> types(List<JsonNode> events, String message) {
    return events.stream()
        .filter(event -> event.at("/data/message/name").asString("").endsWith(message))
        .map(event -> event.path("type").asString())
        .toList();
  }

  @Test
  default void theLifeOfAMessageIsListedInOrderEachStepAsItWas() {
    TestChannel channel = recado().newChannel();
    String conversation = channel.openConversation("+573000000801");
    String message = channel.send(conversation, "hi");
    JsonNode last = channel.awaitStatus(message, "READ");

    List<JsonNode> events = recado().all("/v1/events?pageSize=7&" + ofChannel(channel), "events");
    assertThat(types(events, message))
        .containsExactly("message.created", "message.sent", "message.delivered", "message.read");
    List<JsonNode> ofMessage =
        events.stream()
            .filter(event -> event.at("/data/message/name").asString("").endsWith(message))
            .map(event -> event.at("/data/message"))
            .toList();
    assertThat(ofMessage)
        .extracting(m -> m.path("status").asString())
        .containsExactly("SENDING", "SENT", "DELIVERED", "READ");
    assertThat(ofMessage.getLast()).isEqualTo(last);
    assertThat(ofMessage.get(1).has("deliveredTime")).isFalse();
    assertSequences(events);
  }

  /// Numbers of each conversation from 1 without gaps.
  private static void assertSequences(List<JsonNode> events) {
    Map<String, Integer> last = new HashMap<>();
    String id = "";
    for (JsonNode event : events) {
      assertThat(event.path("id").asString()).isGreaterThan(id);
      id = event.path("id").asString();
      String name =
          event.at("/data/message/name").asString(event.at("/data/conversation/name").asString(""));
      if (name.isEmpty()) {
        assertThat(event.has("conversationSequence")).isFalse();
      } else {
        String conversation = name.replaceFirst("/messages/.*", "");
        int sequence = last.merge(conversation, 1, Integer::sum);
        assertThat(event.path("conversationSequence").asInt()).isEqualTo(sequence);
      }
    }
  }

  /// T35: cut every few events and resumed by the last id, the stream has neither gap nor repeat.
  @Test
  default void aStreamThatIsCutAgainAndAgainHasNeitherGapNorRepeat() {
    TestChannel channel = recado().newChannel();
    String conversation = channel.openConversation("+573000000802");
    List<String> before = ids(channel);
    String last = null;
    List<String> seen = new ArrayList<>();
    Thread.ofVirtual()
        .start(
            () -> {
              for (int i = 0; i < 40; i++) {
                channel.send(conversation, "text " + i);
              }
            });
    Set<String> read = new HashSet<>();
    while (read.size() < 40) {
      String cursor = last == null ? before.getLast() : last;
      try (var reader = stream("?" + ofChannel(channel), cursor)) {
        assertThat(reader.status()).isEqualTo(200);
        // An odd number, so that it is cut within the life of messages.
        for (int i = 0; i < 7 && read.size() < 40; i++) {
          JsonNode event = reader.next();
          seen.add(event.path("id").asString());
          if (event.path("type").asString().equals("message.read")) {
            read.add(event.at("/data/message/name").asString());
          }
        }
        last = reader.lastId();
      }
    }
    List<String> all = ids(channel);
    assertThat(seen)
        .isEqualTo(all.subList(before.size(), before.size() + seen.size()))
        .hasSizeGreaterThanOrEqualTo(160);
  }

  private List<String> ids(TestChannel channel) {
    return recado().all("/v1/events?pageSize=1000&" + ofChannel(channel), "events").stream()
        .map(event -> event.path("id").asString())
        .toList();
  }

  @Test
  default void whoComesWithoutACursorSeesWhatComesAndMayAskByTheParameterToo() {
    TestChannel channel = recado().newChannel();
    try (var reader = stream("?" + ofChannel(channel), null).greeted()) {
      assertThat(reader.header("Content-Type")).startsWith("text/event-stream");
      assertThat(reader.header("Cache-Control")).isEqualTo("no-store");
      assertThat(reader.header("X-Accel-Buffering")).isEqualTo("no");
      String begun = reader.lastId();
      channel.post(":pause", "").ok();
      JsonNode event = reader.next();
      assertThat(event.at("/data/channel/state").asString()).isEqualTo("PAUSED");
      assertThat(event.path("id").asString()).isEqualTo(reader.lastId());
      try (var again = stream("?lastEventId=" + begun + "&" + ofChannel(channel), null)) {
        assertThat(again.next()).isEqualTo(event);
      }
      try (var header = stream("?lastEventId=" + begun, reader.lastId())) {
        channel.post(":resume", "").ok();
        assertThat(header.next().at("/data/channel/state").asString()).isEqualTo("ACTIVE");
      }
    }
  }

  @Test
  default void aKeyHasItsStreamsAndNoMoreAndGetsThemBackWhenItCloses() {
    String key = recado().post("/v1/apiKeys", "{'role': 'READER'}").ok().path("key").asString();
    List<EventReader> open = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      open.add(new EventReader(recado(), key, STREAM, null).greeted());
    }
    assertThat(recado().call(key, "GET", STREAM, "").reason()).isEqualTo("TOO_MANY_STREAMS");
    open.getFirst().close();
    Await.until(
        "the place", () -> recado().call(key, "GET", STREAM, "").status(), status -> status == 200);
    open.forEach(EventReader::close);
  }

  @Test
  default void aServerThatGoesAwayEndsItsStreamsAndTheNextGoesOn() {
    TestChannel channel = recado().newChannel();
    var reader = stream("?" + ofChannel(channel), null).greeted();
    recado().restart();
    assertThat(endOf(reader)).isNull();
    channel.post(":pause", "").ok();
    try (var next = stream("?" + ofChannel(channel), reader.lastId())) {
      assertThat(next.next().at("/data/channel/state").asString()).isEqualTo("PAUSED");
    }
  }

  private static JsonNode endOf(EventReader reader) {
    try (reader) {
      return reader.next();
    }
  }
}
