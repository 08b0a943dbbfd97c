package io.recado.prove.check;

import io.recado.prove.check.Offence.Kind;
import io.recado.prove.ledger.Answer;
import io.recado.prove.ledger.ClientCall;
import io.recado.prove.ledger.ProviderCall;
import io.recado.prove.ledger.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Compares the ledgers with each other and with what the server lists, after everything has
/// settled.
public final class Oracle {

  private final Evidence evidence;
  private final List<Offence> offences = new ArrayList<>();
  private final Map<String, Sent> sent = new LinkedHashMap<>();
  private final Map<String, List<ProviderCall>> atProvider;
  private final Map<String, List<Listed>> listedByText = new HashMap<>();

  /// A text and what its client heard about it, over all of its calls.
  private record Sent(ClientCall first, Set<String> names, boolean isRefused) {}

  private Oracle(Evidence evidence) {
    this.evidence = evidence;
    this.atProvider =
        evidence.provider().stream().collect(Collectors.groupingBy(ProviderCall::text));
    for (ClientCall call : evidence.calls()) {
      Sent before = sent.computeIfAbsent(call.text(), _ -> new Sent(call, new HashSet<>(), false));
      switch (call.answer()) {
        case Answer.Accepted(String name) -> before.names.add(name);
        case Answer.Refused refused when refused.isFinal() ->
            sent.put(call.text(), new Sent(before.first, before.names, true));
        case Answer.Refused _, Answer.Unknown _ -> {}
      }
    }
    for (List<Listed> conversation : evidence.listed().values()) {
      for (Listed message : conversation) {
        listedByText.computeIfAbsent(message.text(), _ -> new ArrayList<>()).add(message);
      }
    }
  }

  /// All that is wrong.
  public static Findings examine(Evidence evidence) {
    var oracle = new Oracle(evidence);
    oracle.sent.forEach(oracle::checkText);
    oracle.findPhantoms();
    oracle.checkOrder();
    oracle.checkInbound();
    oracle.checkInbox();
    Telling.check(evidence.told(), evidence.listed(), oracle.offences::add);
    evidence.complaints().damages().forEach(each -> oracle.add(Kind.DAMAGED, "the database", each));
    evidence.complaints().leaks().forEach(each -> oracle.add(Kind.LEAKED, "the log", each));
    return oracle.findings();
  }

  private Findings findings() {
    long accepted = sent.values().stream().filter(each -> !each.names.isEmpty()).count();
    long doubtful =
        listedByText.values().stream()
            .flatMap(List::stream)
            .filter(message -> message.state().equals("FAILED?"))
            .count();
    return new Findings(List.copyOf(offences), (int) accepted, (int) doubtful);
  }

  private void checkText(String text, Sent call) {
    List<Listed> listed = listedByText.getOrDefault(text, List.of());
    if (call.names.isEmpty()) {
      checkWithoutPromise(text, call, listed);
      return;
    }
    if (call.names.size() > 1) {
      add(Kind.DOUBLE, text, "one key was answered with several names: " + call.names);
    }
    if (listed.size() > 1) {
      add(Kind.DOUBLE, text, "it is listed " + listed.size() + " times");
    }
    if (listed.isEmpty() || !call.names.contains(listed.getFirst().name())) {
      add(Kind.LOST, call.names.iterator().next(), "it was answered 200 and is not listed");
      return;
    }
    checkMessage(listed.getFirst(), atProvider.getOrDefault(text, List.of()));
  }

  private void checkWithoutPromise(String text, Sent call, List<Listed> listed) {
    if (call.isRefused) {
      if (!listed.isEmpty()) {
        add(Kind.PHANTOM, listed.getFirst().name(), "its client was told that it was refused");
      }
      return;
    }
    add(Kind.STUCK, text, "its client never heard an answer, however often it asked");
  }

  private void checkMessage(Listed message, List<ProviderCall> calls) {
    long accepts = calls.stream().filter(ProviderCall::isAccepted).count();
    // Sent again after a doubt is the policy RESEND, and the timeline shows each such doubt.
    if (accepts > 1 + message.doubts()) {
      add(Kind.DOUBLE, message.name(), "the provider accepted it " + accepts + " times");
    }
    if (message.status().equals("SENDING")) {
      add(Kind.STUCK, message.name(), "it is still SENDING after everything else has settled");
    } else if (accepts == 0 && !message.status().equals("FAILED")) {
      add(Kind.LOST, message.name(), "it is " + message.status() + " but the provider has no such");
    } else if (!Expectation.states(calls).contains(message.state())) {
      String found = message.status() + " " + message.reason();
      String expected = String.join(" or ", Expectation.states(calls));
      add(Kind.WRONG_STATUS, message.name(), "it is " + found.strip() + " instead of " + expected);
    }
    if (!message.times().areConsistent()) {
      add(Kind.WRONG_STATUS, message.name(), "its times are not in order: " + message.times());
    }
  }

  private void findPhantoms() {
    atProvider.forEach(
        (text, calls) -> {
          Sent client = sent.get(text);
          if (client == null) {
            add(Kind.PHANTOM, text, "the provider got it and no client sent it");
          } else if (calls.stream().anyMatch(call -> !call.to().equals(client.first.to()))) {
            add(Kind.PHANTOM, text, "the provider got it for another person");
          }
        });
    listedByText.forEach(
        (text, messages) -> {
          if (messages.getFirst().isOutbound() && !sent.containsKey(text)) {
            add(Kind.PHANTOM, messages.getFirst().name(), "it is listed and no client sent it");
          }
        });
  }

  /// The client's order, the API's and the provider's are one.
  private void checkOrder() {
    Map<String, Integer> last = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (ProviderCall call : evidence.provider()) {
      Sent client = sent.get(call.text());
      if (client != null && call.isAccepted() && seen.add(call.text())) {
        checkStep(last, client.first, call.text(), "reached the provider");
      }
    }
    evidence
        .listed()
        .forEach(
            (conversation, messages) -> {
              Map<String, Integer> lastListed = new HashMap<>();
              for (Listed message : messages) {
                Sent client = sent.get(message.text());
                if (client == null) {
                  continue;
                }
                if (!client.first.conversation().equals(conversation)) {
                  add(Kind.PHANTOM, message.name(), "it is listed in another conversation");
                } else {
                  checkStep(lastListed, client.first, message.name(), "is listed");
                }
              }
            });
  }

  private void checkStep(Map<String, Integer> last, ClientCall call, String subject, String what) {
    Integer before = last.put(call.conversation(), call.sequence());
    if (before != null && before > call.sequence()) {
      String sentence = "number %d of %s %s after number %d";
      add(
          Kind.REORDERED,
          subject,
          sentence.formatted(call.sequence(), call.conversation(), what, before));
    }
  }

  private void checkInbound() {
    Set<String> texts = new HashSet<>();
    for (Written written : evidence.written()) {
      if (written.text().isEmpty() || !texts.add(written.text())) {
        continue;
      }
      List<Listed> listed = listedByText.getOrDefault(written.text(), List.of());
      if (listed.isEmpty()) {
        add(Kind.LOST, written.id(), "a person wrote it and it is not listed");
      } else if (listed.size() > 1) {
        add(Kind.DOUBLE, listed.getFirst().name(), "a person wrote it once, it is listed twice");
      }
    }
    listedByText.forEach(
        (text, messages) -> {
          Listed message = messages.getFirst();
          if (!message.isOutbound() && !message.text().isEmpty() && !texts.contains(text)) {
            add(Kind.PHANTOM, message.name(), "it is listed as inbound and nobody wrote it");
          }
        });
  }

  /// Every conversation is listed once, by its latest activity.
  private void checkInbox() {
    Set<String> seen = new HashSet<>();
    for (List<String> channel : evidence.inbox()) {
      Instant before = Instant.MAX;
      for (String conversation : channel) {
        Instant activity = activity(conversation);
        if (!seen.add(conversation)) {
          add(Kind.DOUBLE, conversation, "the inbox lists it twice");
        } else if (activity.isAfter(before)) {
          String sentence = "the inbox has it, active at %s, behind one active at %s";
          add(Kind.REORDERED, conversation, sentence.formatted(activity, before));
        }
        before = activity;
      }
    }
    for (String conversation : evidence.listed().keySet()) {
      if (!seen.contains(conversation)) {
        add(Kind.LOST, conversation, "the inbox does not list it");
      }
    }
  }

  private Instant activity(String conversation) {
    return evidence.listed().getOrDefault(conversation, List.of()).stream()
        .map(message -> message.times().create())
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  private void add(Kind kind, String subject, String sentence) {
    offences.add(new Offence(kind, subject, sentence));
  }
}
