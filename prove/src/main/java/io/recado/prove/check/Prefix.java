package io.recado.prove.check;

import io.recado.prove.check.Offence.Kind;
import io.recado.prove.ledger.Answer;
import io.recado.prove.ledger.ClientCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whether what a copy of the database lists is what the clients were promised up to some moment:
/// everything before it and nothing after it.
public final class Prefix {

  private final List<Offence> offences = new ArrayList<>();
  private final String copy;

  private Prefix(String copy) {
    this.copy = copy;
  }

  /// @param copy what to call it
  /// @param calls of the clients, in the order in which they ended
  /// @param listed texts of outbound messages, oldest first, by the clients' name of the
  ///   conversation
  /// @param taken what was answered before this must be there; null when the copy has lost its end
  public static List<Offence> examine(
      String copy, List<ClientCall> calls, Map<String, List<String>> listed, Instant taken) {
    var prefix = new Prefix(copy);
    Map<String, ClientCall> first = new HashMap<>();
    Map<String, Instant> promised = new HashMap<>();
    for (ClientCall call : calls) {
      first.putIfAbsent(call.text(), call);
      if (call.answer() instanceof Answer.Accepted) {
        promised.putIfAbsent(call.text(), call.end());
      }
    }
    Set<String> present = new HashSet<>();
    listed.forEach((conversation, texts) -> prefix.checkSequence(first, texts, present));
    prefix.checkMoment(first, promised, present);
    if (taken != null) {
      promised.forEach(
          (text, end) -> {
            if (end.isBefore(taken) && !present.contains(text)) {
              prefix.add(Kind.LOST, text + " was answered 200 before the copy was made");
            }
          });
    }
    return prefix.offences;
  }

  private void checkSequence(
      Map<String, ClientCall> first, List<String> texts, Set<String> present) {
    int expected = 1;
    for (String text : texts) {
      ClientCall call = first.get(text);
      if (call == null) {
        add(Kind.PHANTOM, text + " is in the copy and no client sent it");
      } else if (!present.add(text)) {
        add(Kind.DOUBLE, text + " is in the copy twice");
      } else if (call.sequence() != expected++) {
        add(Kind.LOST, text + " is in the copy and the one before it is not");
        expected = call.sequence() + 1;
      }
    }
  }

  /// Nothing that began after a missing one was answered.
  private void checkMoment(
      Map<String, ClientCall> first, Map<String, Instant> promised, Set<String> present) {
    Instant missing =
        promised.entrySet().stream()
            .filter(entry -> !present.contains(entry.getKey()))
            .map(Map.Entry::getValue)
            .min(Comparator.naturalOrder())
            .orElse(Instant.MAX);
    for (String text : present) {
      if (first.get(text).start().isAfter(missing)) {
        add(Kind.LOST, text + " is in the copy and one that was answered before it began is not");
      }
    }
  }

  private void add(Kind kind, String sentence) {
    offences.add(new Offence(kind, copy, sentence));
  }
}
