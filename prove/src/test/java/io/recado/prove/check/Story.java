package io.recado.prove.check;

import io.recado.prove.ledger.Answer;
import io.recado.prove.ledger.ClientCall;
import io.recado.prove.ledger.Event;
import io.recado.prove.ledger.ProviderCall;
import io.recado.prove.ledger.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Ledgers as a test tells them, one sentence after the other.
final class Story {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final String PHONE = "573001112233";

  private final List<ClientCall> calls = new ArrayList<>();
  private final List<ProviderCall> provider = new ArrayList<>();
  private final List<Written> written = new ArrayList<>();
  private final Map<String, List<Listed>> listed = new LinkedHashMap<>();
  private final List<String> damages = new ArrayList<>();
  private final List<String> leaks = new ArrayList<>();
  private List<String> given = List.of();
  private boolean isInboxGiven;

  /// A client sends, and hears 200 with a name made of the text.
  Story sends(String conversation, int sequence, String text) {
    return hears(conversation, sequence, text, new Answer.Accepted("name-" + text));
  }

  Story hears(String conversation, int sequence, String text, Answer answer) {
    calls.add(new ClientCall(conversation, sequence, PHONE, text, text, NOON, NOON, answer));
    return this;
  }

  Story accepts(String text, String... receipts) {
    return acceptsFor(PHONE, text, receipts);
  }

  Story acceptsFor(String phone, String text, String... receipts) {
    List<String> told = Stream.of(receipts).filter(each -> !each.isEmpty()).toList();
    int arrival = provider.size() + 1;
    provider.add(new ProviderCall(arrival, phone, text, "wamid" + arrival, null, told, NOON));
    return this;
  }

  Story lists(String conversation, String text, String status) {
    return lists(conversation, text, status, "");
  }

  Story lists(String conversation, String text, String status, String reason) {
    return list(conversation, message(true, text, status, reason, times(1)));
  }

  Story listsWithDoubts(String conversation, String text, String status, int doubts) {
    return list(conversation, message(true, text, status, "", times(1)).withDoubts(doubts));
  }

  Story listsBackwards(String conversation, String text, String status) {
    return list(conversation, message(true, text, status, "", times(-1)));
  }

  Story listsInbound(String conversation, String text) {
    return list(conversation, message(false, text, "DELIVERED", "", times(1)));
  }

  Story writes(String text) {
    written.add(new Written("wamid-" + text, PHONE, text));
    return this;
  }

  Story isDamaged(String complaint) {
    damages.add(complaint);
    return this;
  }

  Story leaks(String line) {
    leaks.add(line);
    return this;
  }

  /// Otherwise it is in the order in which conversations were first listed.
  Story inbox(String... conversations) {
    given = List.of(conversations);
    isInboxGiven = true;
    return this;
  }

  Story listsInboundAt(String conversation, String text, Instant time) {
    var times = new Listed.Times(time, null, null, null, null);
    return list(conversation, message(false, text, "DELIVERED", "", times));
  }

  Findings findings() {
    List<List<String>> inbox =
        isInboxGiven ? List.of(given) : List.of(List.copyOf(listed.keySet()));
    return Oracle.examine(
        new Evidence(
            calls, provider, written, listed, inbox, told(), new Complaints(damages, leaks)));
  }

  List<Offence.Kind> offences() {
    return findings().offences().stream().map(Offence::kind).toList();
  }

  /// A log that says the same as the lists; about it there is a story of its own.
  private Told told() {
    List<Event> events = new ArrayList<>();
    for (String conversation : listed.keySet()) {
      Set<String> told = new HashSet<>();
      for (Listed message : listed.get(conversation)) {
        if (told.add(message.name())) {
          happens(events, conversation, message, message.isOutbound() ? "created" : "received");
          if (message.isOutbound() && !message.status().equals("SENDING")) {
            happens(events, conversation, message, message.status().toLowerCase(Locale.ROOT));
          }
        }
      }
    }
    return new Told(events, List.of(), List.of());
  }

  private static void happens(
      List<Event> events, String conversation, Listed message, String what) {
    long sequence =
        1 + events.stream().filter(each -> each.conversation().equals(conversation)).count();
    events.add(
        new Event(
            "evt" + events.size(),
            "message." + what,
            NOON,
            conversation,
            sequence,
            message.name(),
            0));
  }

  private Story list(String conversation, Listed message) {
    listed.computeIfAbsent(conversation, _ -> new ArrayList<>()).add(message);
    return this;
  }

  private static Listed message(
      boolean isOutbound, String text, String status, String reason, Listed.Times times) {
    return new Listed("name-" + text, isOutbound, text, status, reason, times, 0);
  }

  private static Listed.Times times(int step) {
    return new Listed.Times(
        NOON, NOON.plusSeconds(step), NOON.plusSeconds(2L * step), NOON.plusSeconds(3), null);
  }
}
