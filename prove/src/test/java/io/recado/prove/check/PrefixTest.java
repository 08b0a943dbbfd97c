package io.recado.prove.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.prove.check.Offence.Kind;
import io.recado.prove.ledger.Answer;
import io.recado.prove.ledger.ClientCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Three calls, one after the other: a1 and a2 in one conversation, b1 in another.
class PrefixTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final List<ClientCall> CALLS =
      List.of(call("a", 1, "a1", 0), call("b", 1, "b1", 10), call("a", 2, "a2", 20));

  @Test
  void whatEndsAtAnyMomentIsAPrefix() {
    assertThat(examine(List.of(), List.of(), null)).isEmpty();
    assertThat(examine(List.of("a1"), List.of(), null)).isEmpty();
    assertThat(examine(List.of("a1"), List.of("b1"), null)).isEmpty();
    assertThat(examine(List.of("a1", "a2"), List.of("b1"), NOON.plusSeconds(60))).isEmpty();
  }

  @Test
  void aHoleInAConversationIsALoss() {
    assertThat(examine(List.of("a2"), List.of("b1"), null)).contains(Kind.LOST);
  }

  @Test
  void aHoleBetweenConversationsIsALoss() {
    assertThat(examine(List.of("a1", "a2"), List.of(), null)).containsExactly(Kind.LOST);
  }

  @Test
  void whatWasAnsweredBeforeTheCopyMustBeInItUnlessItLostItsEnd() {
    Instant afterB1 = NOON.plusSeconds(15);

    assertThat(examine(List.of("a1"), List.of(), afterB1)).containsExactly(Kind.LOST);
    assertThat(examine(List.of("a1"), List.of("b1"), afterB1)).isEmpty();
  }

  @Test
  void whatNobodySentAndWhatIsThereTwiceIsFound() {
    assertThat(examine(List.of("x"), List.of(), null)).containsExactly(Kind.PHANTOM);
    assertThat(examine(List.of("a1", "a1"), List.of(), null)).containsExactly(Kind.DOUBLE);
  }

  private static List<Kind> examine(List<String> a, List<String> b, Instant taken) {
    return Prefix.examine("copy", CALLS, Map.of("a", a, "b", b), taken).stream()
        .map(Offence::kind)
        .toList();
  }

  private static ClientCall call(String conversation, int sequence, String text, int second) {
    Instant start = NOON.plusSeconds(second);
    var accepted = new Answer.Accepted("name-" + text);
    return new ClientCall(
        conversation, sequence, "57", text, text, start, start.plusSeconds(2), accepted);
  }
}
