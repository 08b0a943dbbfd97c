package io.recado.prove.check;

import static io.recado.prove.check.Offence.Kind.DOUBLE;
import static io.recado.prove.check.Offence.Kind.LOST;
import static io.recado.prove.check.Offence.Kind.PHANTOM;
import static io.recado.prove.check.Offence.Kind.REORDERED;
import static io.recado.prove.check.Offence.Kind.UNSIGNED;
import static org.assertj.core.api.Assertions.assertThat;

import io.recado.prove.ledger.Delivery;
import io.recado.prove.ledger.Endpoint;
import io.recado.prove.ledger.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The oracle must see each way of telling wrongly what happened.
class TellingTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final List<Event> events = new ArrayList<>();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final List<Delivery> deliveries = new ArrayList<>();
  private final Map<String, List<Listed>> listed = new HashMap<>();

  @Test
  void whatIsToldAsItHappenedIsNoOffence() {
    endpoint("e0", Set.of(), Set.of());
    logged("a", "message.created", "channels/1/c", 1);
    logged("b", "channel.updated", "", 0);
    logged("c", "message.sent", "channels/1/c", 2);
    comes("e0", "a").comes("e0", "c").comes("e0", "b");

    assertThat(offences()).isEmpty();
  }

  @Test
  void anEventThatNeverCameIsLost() {
    endpoint("e0", Set.of(), Set.of());
    endpoint("e1", Set.of(), Set.of());
    logged("a", "message.created", "channels/1/c", 1);
    comes("e1", "a");

    assertThat(offences()).containsExactly(LOST);
  }

  @Test
  void anEventThatNobodyEverTookIsLost() {
    endpoint("e0", Set.of(), Set.of());
    logged("a", "message.created", "channels/1/c", 1);
    comes("e0", "a", 503).comes("e0", "a", 500);

    assertThat(offences()).containsExactly(LOST);
  }

  @Test
  void anEventMayComeAgain() {
    endpoint("e0", Set.of(), Set.of());
    logged("a", "message.created", "channels/1/c", 1);
    logged("b", "message.sent", "channels/1/c", 2);
    comes("e0", "a", 503).comes("e0", "a").comes("e0", "b").comes("e0", "a").comes("e0", "b");

    assertThat(offences()).isEmpty();
  }

  @Test
  void whatIsNotWantedIsNotMissedAndIsAPhantomWhenItComes() {
    endpoint("e0", Set.of("message.sent"), Set.of());
    endpoint("e1", Set.of(), Set.of("channels/1"));
    logged("a", "message.created", "channels/11/c", 1);
    assertThat(offences()).isEmpty();

    comes("e0", "a").comes("e1", "a");
    assertThat(offences()).containsExactly(PHANTOM, PHANTOM);
  }

  @Test
  void anEndpointNeedNotKnowWhatWasBeforeIt() {
    endpoints.add(new Endpoint("e0", Set.of(), Set.of(), NOON));
    logged("a", "message.created", "channels/1/c", 1);
    assertThat(offences()).isEmpty();

    events.add(new Event("b", "message.sent", NOON.plusMillis(1), "channels/1/c", 2, "", 0));
    comes("e0", "b");
    assertThat(offences()).isEmpty();
    comes("e0", "a");
    assertThat(offences()).isEmpty();
  }

  @Test
  void anEventThatTheLogHasNotIsAPhantom() {
    endpoint("e0", Set.of(), Set.of());
    comes("e0", event("x", "message.created", "channels/1/c", 1, 0), true, 204);

    assertThat(offences()).containsExactly(PHANTOM);
  }

  @Test
  void anEventThatTellsSomethingElseThanTheLogIsAPhantom() {
    endpoint("e0", Set.of(), Set.of());
    logged("a", "message.created", "channels/1/c", 1);
    comes("e0", event("a", "message.created", "channels/1/c", 1, 7), true, 204);

    assertThat(offences()).containsExactly(PHANTOM);
  }

  @Test
  void aWrongSignatureIsSeenAndItsEventDoesNotCount() {
    endpoint("e0", Set.of(), Set.of());
    logged("a", "message.created", "channels/1/c", 1);
    comes("e0", events.getFirst(), false, 204);

    assertThat(offences()).containsExactly(UNSIGNED, LOST);
  }

  @Test
  void aLaterEventOfAConversationThatComesFirstIsReordered() {
    endpoint("e0", Set.of(), Set.of());
    logged("a", "message.created", "channels/1/c", 1);
    logged("b", "message.sent", "channels/1/c", 2);
    comes("e0", "b").comes("e0", "a");

    assertThat(offences()).containsExactly(REORDERED);
  }

  @Test
  void aLaterEventThatComesBeforeTheEarlierOneIsTakenIsReordered() {
    endpoint("e0", Set.of(), Set.of());
    logged("a", "message.created", "channels/1/c", 1);
    logged("b", "message.sent", "channels/1/c", 2);
    comes("e0", "a", 503).comes("e0", "b").comes("e0", "a");

    assertThat(offences()).containsExactly(REORDERED);
  }

  @Test
  void theOrderIsThatOfWhatIsWantedAndOfOneConversation() {
    endpoint("e0", Set.of("message.sent", "message.read"), Set.of());
    logged("a", "message.sent", "channels/1/c", 1);
    logged("b", "message.delivered", "channels/1/c", 2);
    logged("c", "message.sent", "channels/1/d", 1);
    logged("d", "message.read", "channels/1/c", 3);
    comes("e0", "c").comes("e0", "a").comes("e0", "d");

    assertThat(offences()).isEmpty();
  }

  @Test
  void aLogWithAGapHasLostSomething() {
    logged("a", "message.created", "channels/1/c", 1);
    logged("b", "message.sent", "channels/1/c", 3);

    assertThat(offences()).containsExactly(LOST);
  }

  @Test
  void aLogThatCountsBackwardsIsReordered() {
    logged("a", "message.created", "channels/1/c", 1);
    logged("b", "message.sent", "channels/1/c", 1);

    assertThat(offences()).containsExactly(REORDERED);
  }

  @Test
  void anIdThatTheLogHasTwiceIsDouble() {
    logged("a", "channel.updated", "", 0);
    logged("a", "channel.updated", "", 0);

    assertThat(offences()).containsExactly(DOUBLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"message.created", "message.read"})
  void aChangeWithoutItsEventIsLost(String other) {
    lists("m", true, "READ");
    events.add(new Event("a", other, NOON, "channels/1/c", 1, "m", 0));

    assertThat(offences()).containsExactly(LOST);
  }

  @Test
  void aChangeThatIsToldByTwoEventsIsDouble() {
    lists("m", false, "DELIVERED");
    events.add(new Event("a", "message.received", NOON, "channels/1/c", 1, "m", 0));
    events.add(new Event("b", "message.received", NOON, "channels/1/c", 2, "m", 0));

    assertThat(offences()).containsExactly(DOUBLE);
  }

  private void endpoint(String label, Set<String> types, Set<String> channels) {
    endpoints.add(new Endpoint(label, types, channels, null));
  }

  private void logged(String id, String type, String conversation, long sequence) {
    events.add(event(id, type, conversation, sequence, 0));
  }

  private static Event event(
      String id, String type, String conversation, long sequence, int contents) {
    return new Event(id, type, NOON, conversation, sequence, "", contents);
  }

  private TellingTest comes(String endpoint, String id) {
    return comes(endpoint, id, 204);
  }

  private TellingTest comes(String endpoint, String id, int status) {
    Event event = events.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    return comes(endpoint, event, true, status);
  }

  private TellingTest comes(String endpoint, Event event, boolean isGenuine, int status) {
    deliveries.add(new Delivery(endpoint, event.id(), 1, isGenuine, event, NOON, status));
    return this;
  }

  private void lists(String name, boolean isOutbound, String status) {
    var times = new Listed.Times(NOON, null, null, null, null);
    listed.put("c", List.of(new Listed(name, isOutbound, "text", status, "", times, 0)));
  }

  private List<Offence.Kind> offences() {
    List<Offence> offences = new ArrayList<>();
    Telling.check(new Told(events, endpoints, deliveries), listed, offences::add);
    return offences.stream().map(Offence::kind).toList();
  }
}
