package io.recado.prove.check;

import static io.recado.prove.check.Offence.Kind.DAMAGED;
import static io.recado.prove.check.Offence.Kind.DOUBLE;
import static io.recado.prove.check.Offence.Kind.LEAKED;
import static io.recado.prove.check.Offence.Kind.LOST;
import static io.recado.prove.check.Offence.Kind.PHANTOM;
import static io.recado.prove.check.Offence.Kind.REORDERED;
import static io.recado.prove.check.Offence.Kind.STUCK;
import static io.recado.prove.check.Offence.Kind.WRONG_STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import io.recado.prove.ledger.Answer;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The oracle must see each way of breaking a promise; what it does not see, it cannot prove.
class OracleTest {

  private final Story story = new Story();

  @Test
  void whatIsAsPromisedIsNoOffence() {
    story.sends("c1", 1, "a").accepts("a", "sent", "delivered", "read").lists("c1", "a", "READ");
    story.sends("c1", 2, "b").accepts("b", "sent").lists("c1", "b", "SENT");
    story.writes("hello").listsInbound("c1", "hello");

    assertThat(story.offences()).isEmpty();
    assertThat(story.findings().accepted()).isEqualTo(2);
  }

  @Test
  void aMessageThatWasAnsweredAndIsNotListedIsLost() {
    story.sends("c1", 1, "a").accepts("a", "read");

    assertThat(story.offences()).containsExactly(LOST);
  }

  @Test
  void aMessageThatIsToldAsSentAndThatTheProviderHasNotIsLost() {
    story.sends("c1", 1, "a").lists("c1", "a", "SENT");

    assertThat(story.offences()).containsExactly(LOST);
  }

  @Test
  void aMessageThatFailedWithoutReachingTheProviderIsTheTruth() {
    story.sends("c1", 1, "a").lists("c1", "a", "FAILED", "OUTCOME_UNKNOWN");

    assertThat(story.offences()).isEmpty();
    assertThat(story.findings().doubtful()).isEqualTo(1);
  }

  @Test
  void aMessageThatTheProviderAcceptedTwiceIsDouble() {
    story.sends("c1", 1, "a").accepts("a", "read").accepts("a", "read").lists("c1", "a", "READ");

    assertThat(story.offences()).containsExactly(DOUBLE);
  }

  @Test
  void aSecondAcceptIsAllowedWhereTheTimelineShowsTheDoubtBeforeIt() {
    story.sends("c1", 1, "a").accepts("a", "read").accepts("a", "read");
    story.listsWithDoubts("c1", "a", "READ", 1);

    assertThat(story.offences()).isEmpty();
  }

  @Test
  void aMessageThatIsListedTwiceIsDouble() {
    story.sends("c1", 1, "a").accepts("a", "read");
    story.lists("c1", "a", "READ").lists("c1", "a", "READ");

    assertThat(story.offences()).containsExactly(DOUBLE);
  }

  @Test
  void oneKeyWithTwoNamesIsDouble() {
    story.sends("c1", 1, "a").hears("c1", 1, "a", new Answer.Accepted("another"));
    story.accepts("a", "read").lists("c1", "a", "READ");

    assertThat(story.offences()).containsExactly(DOUBLE);
  }

  @Test
  void aLaterMessageThatReachesTheProviderFirstIsReordered() {
    story.sends("c1", 1, "a").sends("c1", 2, "b").accepts("b", "read").accepts("a", "read");
    story.lists("c1", "a", "READ").lists("c1", "b", "READ");

    assertThat(story.offences()).containsExactly(REORDERED);
  }

  @Test
  void aListThatHasTheLaterMessageFirstIsReordered() {
    story.sends("c1", 1, "a").sends("c1", 2, "b").accepts("a", "read").accepts("b", "read");
    story.lists("c1", "b", "READ").lists("c1", "a", "READ");

    assertThat(story.offences()).containsExactly(REORDERED);
  }

  @Test
  void betweenConversationsThereIsNoOrder() {
    story.sends("c1", 1, "a").sends("c2", 9, "b").accepts("b", "read").accepts("a", "read");
    story.lists("c1", "a", "READ").lists("c2", "b", "READ");

    assertThat(story.offences()).isEmpty();
  }

  @Test
  void aTextAtTheProviderThatNobodySentIsAPhantom() {
    story.accepts("a", "read");

    assertThat(story.offences()).containsExactly(PHANTOM);
  }

  @Test
  void aTextThatGoesToAnotherPersonIsAPhantom() {
    story.sends("c1", 1, "a").acceptsFor("999", "a", "read").lists("c1", "a", "READ");

    assertThat(story.offences()).containsExactly(PHANTOM);
  }

  @Test
  void aListedMessageThatNobodySentIsAPhantom() {
    story.lists("c1", "a", "FAILED");

    assertThat(story.offences()).containsExactly(PHANTOM);
  }

  @Test
  void aMessageInAnotherConversationIsAPhantom() {
    story.sends("c1", 1, "a").accepts("a", "read").lists("c2", "a", "READ");

    assertThat(story.offences()).containsExactly(PHANTOM);
  }

  @Test
  void aMessageThatWasRefusedAndIsListedIsAPhantom() {
    story.hears("c1", 1, "a", new Answer.Refused(400, "INVALID_FIELDS", true));
    story.lists("c1", "a", "SENDING");

    assertThat(story.offences()).containsExactly(PHANTOM);
  }

  @Test
  void aCallThatIsNeverAnsweredIsStuck() {
    story.hears("c1", 1, "a", new Answer.Unknown("reset"));
    story.hears("c1", 1, "a", new Answer.Refused(503, "OVERLOADED", false));

    assertThat(story.offences()).containsExactly(STUCK);
  }

  @Test
  void aMessageThatIsStillSendingIsStuck() {
    story.sends("c1", 1, "a").accepts("a", "read").lists("c1", "a", "SENDING");

    assertThat(story.offences()).containsExactly(STUCK);
  }

  @ParameterizedTest
  @CsvSource({
    "SENT, '', sent delivered",
    "DELIVERED, '', sent",
    "SENT, '', sent failed",
    "FAILED, UNDELIVERABLE, failed delivered",
    "FAILED, UNDELIVERABLE, sent",
    "FAILED, OUTCOME_UNKNOWN, sent",
    "FAILED, OUTCOME_UNKNOWN, failed",
    "READ, '', delivered",
    "DELIVERED, '', ''",
  })
  void aStatusThatTheReceiptsDoNotGiveIsWrong(String status, String reason, String receipts) {
    story.sends("c1", 1, "a").accepts("a", receipts.split(" ")).lists("c1", "a", status, reason);

    assertThat(story.offences()).containsExactly(WRONG_STATUS);
  }

  @ParameterizedTest
  @CsvSource({
    "READ, '', read sent delivered sent",
    "DELIVERED, '', failed delivered",
    "FAILED, UNDELIVERABLE, sent failed",
    "SENT, '', ''",
    "FAILED, OUTCOME_UNKNOWN, ''",
  })
  void theHighestRankIsTheStatusInWhateverOrderItCame(
      String status, String reason, String receipts) {
    story.sends("c1", 1, "a").accepts("a", receipts.split(" ")).lists("c1", "a", status, reason);

    assertThat(story.offences()).isEmpty();
  }

  @Test
  void timesThatRunBackwardsAreWrong() {
    story.sends("c1", 1, "a").accepts("a", "read").listsBackwards("c1", "a", "READ");

    assertThat(story.offences()).containsExactly(WRONG_STATUS);
  }

  @Test
  void whatAPersonWroteAndIsNotListedIsLost() {
    story.writes("hello");

    assertThat(story.offences()).containsExactly(LOST);
  }

  @Test
  void whatAPersonWroteOnceAndIsListedTwiceIsDouble() {
    story.writes("hello").listsInbound("c1", "hello").listsInbound("c1", "hello");

    assertThat(story.offences()).containsExactly(DOUBLE);
  }

  @Test
  void whatNobodyWroteIsAPhantom() {
    story.listsInbound("c1", "hello");

    assertThat(story.offences()).containsExactly(PHANTOM);
  }

  @Test
  void anInboxThatIsNotByLatestActivityIsReordered() {
    Instant noon = Instant.parse("2026-11-22T12:00:00Z");
    story.writes("a").listsInboundAt("c1", "a", noon);
    story.writes("b").listsInboundAt("c2", "b", noon.plusSeconds(1));

    assertThat(story.inbox("c2", "c1").offences()).isEmpty();
    assertThat(story.inbox("c1", "c2").offences()).containsExactly(REORDERED);
    assertThat(story.inbox("c2").offences()).containsExactly(LOST);
    assertThat(story.inbox("c2", "c1", "c1").offences()).containsExactly(DOUBLE);
  }

  @Test
  void whatTheDatabaseAndTheLogShowCounts() {
    story.isDamaged("an index lacks a row").leaks("a line with a text");

    assertThat(story.offences()).containsExactlyInAnyOrder(DAMAGED, LEAKED);
  }
}
