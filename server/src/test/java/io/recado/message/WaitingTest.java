package io.recado.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.channel.Channel;
import io.recado.channel.Channel.InDoubt;
import io.recado.channel.Channel.InDoubt.Policy;
import io.recado.channel.Channel.Limits;
import io.recado.channel.Channel.Problem;
import io.recado.connector.Connector.ChannelSettings;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.journal.Id;
import io.recado.json.JsonObject;
import io.recado.message.OutboxRow.State;
import io.recado.message.WaitStore.Ahead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Why a message waits, in the words of its timeline.
class WaitingTest {

  private static final Instant NOW = Instant.parse("2026-04-03T10:00:00Z");
  private static final Instant SOON = NOW.plusSeconds(20);
  private static final OutboxRow ROW =
      OutboxRow.first(0, NOW.minusSeconds(9), NOW.plusSeconds(3_600), Priority.HIGH);
  private static final Ahead NOBODY = new Ahead(0, null);

  private static Channel channel(Channel.State state, Policy policy, Problem... problems) {
    return new Channel(
        7,
        1,
        new Id(1, 1),
        "PIGEON",
        null,
        null,
        state,
        null,
        null,
        new ChannelSettings(JsonObject.empty()),
        new Limits(80, null),
        new InDoubt(policy, Duration.ofSeconds(60), Duration.ofSeconds(5)),
        List.of(problems),
        null,
        NOW,
        NOW);
  }

  private static String sentence(OutboxRow row, Ahead ahead, @Nullable Instant throttled) {
    return new Waiting(row, channel(Channel.State.ACTIVE, Policy.FAIL), ahead, throttled, NOW)
        .sentence();
  }

  private static OutboxRow because(Reason reason, Instant due) {
    return ROW.started(NOW).waiting(1, 0, due, reason.name());
  }

  @Test
  void aChannelThatStandsStillIsToldFirstWithItsRemedy() {
    Ahead three = new Ahead(3, null);
    var paused = new Waiting(ROW, channel(Channel.State.PAUSED, Policy.FAIL), three, null, NOW);
    assertThat(paused.sentence())
        .isEqualTo("The channel is paused; it is sent when the channel is resumed.");
    var problem = new Problem(Reason.CREDENTIALS_INVALID, ProviderAnswer.ofStatus(401), NOW, true);
    var broken =
        new Waiting(ROW, channel(Channel.State.ACTIVE, Policy.FAIL, problem), three, null, NOW);
    assertThat(broken.sentence())
        .startsWith("The channel cannot send since 2026-04-03T10:00:00Z: ")
        .endsWith(Reason.CREDENTIALS_INVALID.remedy());
  }

  @Test
  void aWaitForATimeSaysWhichAndWhy() {
    assertThat(sentence(because(Reason.THROTTLED, SOON), NOBODY, null))
        .isEqualTo(
            "The channel is throttled by the provider until 2026-04-03T10:00:20Z; then it is tried"
                + " again.");
    assertThat(sentence(because(Reason.RECIPIENT_BUSY, SOON), NOBODY, null))
        .contains("this person")
        .endsWith("it is sent at 2026-04-03T10:00:20Z.");
    assertThat(sentence(because(Reason.PROVIDER_UNAVAILABLE, SOON), NOBODY, null))
        .startsWith("Tried again at 2026-04-03T10:00:20Z: The provider could not be reached");
    assertThat(sentence(because(Reason.PROVIDER_UNAVAILABLE, NOW), NOBODY, null))
        .startsWith("Tried again in its turn: The provider could not be reached");
    assertThat(
            sentence(OutboxRow.scheduled(SOON, NOW.plusSeconds(60), Priority.BULK), NOBODY, null))
        .isEqualTo("Scheduled for 2026-04-03T10:00:20Z.");
  }

  @Test
  void aPlaceBehindOthersSaysHowMany() {
    assertThat(sentence(ROW, new Ahead(3, null), null)).isEqualTo("Behind 3 earlier messages.");
    assertThat(sentence(ROW, new Ahead(1, null), null)).isEqualTo("Behind 1 earlier message.");
  }

  @Test
  void aDoubtBeforeItSaysHowLongItHoldsTheConversation() {
    Ahead young = new Ahead(0, NOW.plusSeconds(58));
    Ahead old = new Ahead(0, NOW.plusSeconds(50));
    assertThat(sentence(ROW, young, null))
        .isEqualTo(
            "Behind a message in doubt, which holds the conversation until 2026-04-03T10:00:03Z.");
    assertThat(sentence(ROW, old, null)).startsWith("Waits for its turn");
    var resend = channel(Channel.State.ACTIVE, Policy.RESEND);
    assertThat(new Waiting(ROW, resend, old, null, NOW).sentence())
        .isEqualTo("Behind a message in doubt, which may have to be sent again first.");
  }

  @Test
  void aDoubtSaysHowItEnds() {
    OutboxRow doubt = ROW.started(NOW).awaitingReceipt(State.IN_DOUBT, SOON);
    assertThat(sentence(doubt, NOBODY, null))
        .isEqualTo(
            "In doubt until 2026-04-03T10:00:20Z: waiting for a receipt. Without one it fails as"
                + " OUTCOME_UNKNOWN then.");
    assertThat(
            new Waiting(doubt, channel(Channel.State.ACTIVE, Policy.RESEND), NOBODY, null, NOW)
                .sentence())
        .endsWith("Without one it is sent again then.");
  }

  @Test
  void aTurnSaysWhatSlowsTheChannelDown() {
    assertThat(sentence(ROW, NOBODY, SOON))
        .startsWith(
            "The provider wants fewer messages from this channel, at least until 2026-04-03");
    assertThat(sentence(ROW, NOBODY, null))
        .isEqualTo("Waits for its turn; the channel starts at most 80 a second.");
  }
}
