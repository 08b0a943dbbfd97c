package io.recado.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.channel.Channel;
import io.recado.channel.Channel.InDoubt;
import io.recado.channel.Channel.InDoubt.Policy;
import io.recado.channel.Channel.RecipientLimit;
import io.recado.dispatch.Input.Signal;
import io.recado.journal.Id;
import io.recado.message.OutboxRow;
import io.recado.message.OutboxRow.State;
import io.recado.message.Priority;
import io.recado.message.Queued;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatcherTest {

  private static final InDoubt RESEND =
      new InDoubt(Policy.RESEND, Duration.ofSeconds(60), Duration.ofSeconds(5));

  private static List<Long> seqs(List<Queued> messages) {
    return messages.stream().map(Queued::seq).toList();
  }

  @Test
  void theNextMessageOfAConversationStartsWhenTheOneBeforeItHasEnded() {
    var world = new DispatchWorld();
    world.accept(1);
    world.accept(1);
    world.accept(2);
    assertThat(world.started).extracting(Queued::conversation).containsExactly(1L, 2L);
    world.sent(world.started.getFirst());
    assertThat(seqs(world.started)).containsExactly(1L, 1L, 2L);
  }

  @Test
  void aWaitForThePersonsPaceIsNotedOnceWithItsEnd() {
    var limit = new RecipientLimit(2, Duration.ofSeconds(6));
    var world = new DispatchWorld(null, limit, InDoubt.DEFAULT);
    for (int i = 0; i < 4; i++) {
      world.accept(1);
    }
    world.sent(world.started.get(0));
    assertThat(world.noted).isEmpty();
    world.sent(world.started.get(1));
    world.advance(Duration.ofSeconds(2));
    Instant end = DispatchWorld.START.plusSeconds(6);
    assertThat(world.noted).hasSize(1);
    assertThat(world.noted.getFirst().seq()).isEqualTo(3);
    assertThat(world.noted.getFirst().outbox().dueTime()).isEqualTo(end);
    assertThat(world.noted.getFirst().outbox().waitReason()).isEqualTo("RECIPIENT_BUSY");
    world.advance(Duration.ofSeconds(4));
    assertThat(seqs(world.started)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void whoeverWaitsBehindAMessageThatIsTakenBackGoesOnAtOnce() {
    var world = new DispatchWorld();
    Queued first = world.accept(1);
    world.accept(1);
    world.end(world.started.getFirst(), world.again(first, Duration.ofMinutes(5)));
    assertThat(seqs(world.started)).containsExactly(1L);
    world.receipt(first);
    assertThat(seqs(world.started)).containsExactly(1L, 2L);
  }

  @Test
  void tenThousandMessagesOfOneConversationDelayNoOther() {
    var world = new DispatchWorld();
    for (int i = 0; i < 20_000; i++) {
      world.accept(1);
    }
    world.accept(2);
    assertThat(world.started).extracting(Queued::conversation).containsExactly(1L, 2L);
    assertThat(world.size()).isLessThan(100);
  }

  @Test
  void aLongConversationThatARestartFindsDelaysNoOther() {
    var world = new DispatchWorld();
    for (int i = 0; i < 15_000; i++) {
      world.store(1);
    }
    world.store(2);
    world.restart();
    world.readAll();
    assertThat(world.started).extracting(Queued::conversation).containsExactly(1L, 2L);
  }

  @Test
  void moreThanFitInMemoryAreSentOnceEachAndInOrder() {
    var world = new DispatchWorld();
    world.state(Channel.State.PAUSED);
    for (int i = 0; i < 30_000; i++) {
      world.accept(i % 2_500);
    }
    assertThat(world.maxSize).isLessThan(2 * ChannelQueue.MAX_WITH_FIRSTS);
    world.state(Channel.State.ACTIVE);
    drain(world);
    assertThat(world.started).hasSize(30_000).doesNotHaveDuplicates();
    assertThat(world.maxSize).isLessThan(2 * ChannelQueue.MAX_WITH_FIRSTS);
  }

  @Test
  void moreConversationsThanFitInMemoryAreAllServed() {
    var world = new DispatchWorld();
    world.state(Channel.State.PAUSED);
    for (int i = 0; i < 45_000; i++) {
      world.accept(i);
    }
    world.accept(44_999);
    world.state(Channel.State.ACTIVE);
    drain(world);
    assertThat(world.started).hasSize(45_001).doesNotHaveDuplicates();
    assertThat(world.size()).isZero();
  }

  @Test
  void whatWasNeverToldIsFoundByReadingAgainAndGoesFirst() {
    var world = new DispatchWorld();
    world.readAll();
    world.store(1);
    world.tell(new Input.Missed());
    world.accept(1);
    assertThat(world.started).isEmpty();
    drain(world);
    assertThat(seqs(world.started)).containsExactly(1L, 2L);
  }

  @Test
  void whatIsUrgentGoesBeforeACampaign() {
    var world = new DispatchWorld(1, null, RESEND);
    for (int i = 1; i <= 5; i++) {
      world.acceptBulk(i);
    }
    world.accept(6);
    world.accept(7);
    drain(world);
    assertThat(world.started)
        .extracting(Queued::conversation)
        .containsExactly(1L, 6L, 7L, 2L, 3L, 4L, 5L);
  }

  @Test
  void whatIsUrgentTakesWhatStandsBeforeItInItsConversationAlong() {
    var world = new DispatchWorld(1, null, RESEND);
    world.accept(9);
    for (int i = 1; i <= 3; i++) {
      world.acceptBulk(i);
    }
    world.acceptBulk(4);
    world.accept(4);
    drain(world);
    assertThat(world.started)
        .extracting(Queued::conversation)
        .containsExactly(9L, 4L, 4L, 1L, 2L, 3L);
  }

  @Test
  void aCampaignLargerThanMemoryDelaysNothingUrgent() {
    var world = new DispatchWorld(10, null, RESEND);
    for (int i = 0; i < 45_000; i++) {
      world.acceptBulk(i);
    }
    int before = world.started.size();
    world.accept(45_000);
    world.advance(seconds(1));
    assertThat(world.started.get(before).conversation()).isEqualTo(45_000);
    assertThat(world.maxSize).isLessThan(2 * ChannelQueue.MAX_WITH_FIRSTS);
  }

  @Test
  void aRestartInACampaignReadsWhatIsUrgentFirst() {
    var world = new DispatchWorld(1, null, RESEND);
    for (int i = 0; i < 25_000; i++) {
      world.store(i, world.nextId(), Priority.BULK);
    }
    world.store(25_000);
    world.restart();
    world.readAll();
    assertThat(world.started.getFirst().conversation()).isEqualTo(25_000);
    world.state(Channel.State.ACTIVE);
  }

  @Test
  void idsThatRiseAgainstTheOrderChangeNothingInIt() {
    var world = new DispatchWorld();
    for (int i = 3_000; i > 0; i--) {
      world.store(i % 3, new Id(1, 10_000 + i));
    }
    world.restart();
    drain(world);
    for (long conversation = 0; conversation < 3; conversation++) {
      long one = conversation;
      assertThat(seqs(world.started.stream().filter(q -> q.conversation() == one).toList()))
          .hasSize(1_000)
          .isSorted();
    }
  }

  @Test
  void pagesThatComeLateOrTwiceStartNothingTwice() {
    var world = new DispatchWorld();
    for (int i = 0; i < 10; i++) {
      world.store(i % 2);
    }
    world.restart();
    Input page = world.answer(world.reads.getFirst());
    world.tell(page);
    world.tell(page);
    drain(world);
    world.tell(page);
    world.readAll();
    assertThat(world.started).hasSize(10).doesNotHaveDuplicates();
    assertThat(world.inFlight).isEmpty();
  }

  @Test
  void aMessageWhoseForerunnerIsOnlyInTheDatabaseWaitsForIt() {
    var world = new DispatchWorld();
    Queued first = world.store(1);
    world.restart();
    Queued second = world.accept(1);
    assertThat(world.started).isEmpty();
    world.readAll();
    assertThat(world.started).extracting(Queued::id).containsExactly(first.id());
    world.sent(world.started.getFirst());
    world.advance(Duration.ofSeconds(1));
    assertThat(world.started).extracting(Queued::id).containsExactly(first.id(), second.id());
  }

  @Test
  void aRetryHoldsItsOwnConversationOnly() {
    var world = new DispatchWorld();
    world.accept(1);
    world.accept(1);
    world.end(world.started.getFirst(), world.again(world.started.getFirst(), seconds(30)));
    world.accept(2);
    assertThat(world.started).extracting(Queued::conversation).containsExactly(1L, 2L);
    world.advance(seconds(29));
    assertThat(world.started).hasSize(2);
    world.advance(seconds(1));
    assertThat(world.started.getLast().outbox().attempt()).isEqualTo(2);
    assertThat(world.started.getLast().seq()).isEqualTo(1);
  }

  @Test
  void aDoubtHoldsItsConversationForAWhileAndThenGoesOn() {
    var world = new DispatchWorld();
    world.accept(1);
    world.accept(1);
    world.end(world.started.getFirst(), world.inDoubt(world.started.getFirst()));
    world.advance(seconds(5).minusMillis(1));
    assertThat(world.started).hasSize(1);
    world.advance(Duration.ofMillis(1));
    assertThat(seqs(world.started)).containsExactly(1L, 2L);
  }

  @Test
  void aDoubtThatIsDecidedWhileTheNextMessageIsOnItsWayLetsNoThirdOneGo() {
    var world = new DispatchWorld();
    for (int i = 0; i < 3; i++) {
      world.accept(1);
    }
    world.end(world.started.getFirst(), world.inDoubt(world.started.getFirst()));
    world.advance(seconds(5));
    world.advance(seconds(55));
    assertThat(world.outbox).hasSize(2);
    assertThat(seqs(world.started)).containsExactly(1L, 2L);
    world.sent(world.started.getLast());
    assertThat(seqs(world.started)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aDoubtThatMayBeSentAgainIsNotOvertaken() {
    var world = new DispatchWorld(null, null, RESEND);
    world.accept(1);
    world.accept(1);
    world.end(world.started.getFirst(), world.inDoubt(world.started.getFirst()));
    world.advance(seconds(59));
    assertThat(world.started).hasSize(1);
    world.advance(seconds(1));
    assertThat(seqs(world.started)).containsExactly(1L, 1L);
    assertThat(world.started.getLast().outbox().attempt()).isEqualTo(2);
  }

  @Test
  void aReceiptEndsTheWaitingForADoubtAtOnce() {
    var world = new DispatchWorld(null, null, RESEND);
    world.accept(1);
    world.accept(1);
    Queued first = world.started.getFirst();
    world.end(first, world.inDoubt(first));
    world.receipt(first);
    assertThat(seqs(world.started)).containsExactly(1L, 2L);
  }

  @Test
  void aReceiptForAnOlderDoubtDoesNotEndTheWaitingForANewerOne() {
    var world = new DispatchWorld();
    for (int i = 0; i < 3; i++) {
      world.accept(1);
    }
    Queued first = world.started.getFirst();
    world.end(first, world.inDoubt(first));
    world.advance(seconds(5));
    world.end(world.started.getLast(), world.inDoubt(world.started.getLast()));
    world.receipt(first);
    assertThat(world.started).hasSize(2);
    world.advance(seconds(5));
    assertThat(world.started).hasSize(3);
  }

  @Test
  void aReceiptThatOvertakesTheLossOfTheAnswerLeavesNothingToWaitFor() {
    var world = new DispatchWorld(null, null, RESEND);
    world.accept(1);
    world.accept(1);
    Queued first = world.started.getFirst();
    Next doubt = world.stored(first, world.inDoubt(first));
    world.receipt(first);
    world.tell(new Input.Ended(first, doubt, new Signal.None()));
    assertThat(seqs(world.started)).containsExactly(1L, 2L);
  }

  @Test
  void aReceiptForAMessageThatWaitsForItsNextTryLetsTheNextMessageGo() {
    var world = new DispatchWorld();
    world.accept(1);
    world.accept(1);
    Queued first = world.started.getFirst();
    world.end(first, world.again(first, Duration.ofMinutes(5)));
    world.receipt(first);
    assertThat(seqs(world.started)).containsExactly(1L, 2L);
  }

  @Test
  void aConversationThatWasForgottenAndCameBackKeepsOneInFlight() {
    var world = new DispatchWorld();
    world.accept(1);
    world.accept(1);
    Queued first = world.started.getFirst();
    world.end(first, world.inDoubt(first));
    world.receipt(first);
    world.sent(world.started.getLast());
    assertThat(world.started).hasSize(2);
    world.accept(1);
    // The timer of the old hold comes up now.
    world.advance(seconds(5));
    world.accept(1);
    assertThat(world.started).hasSize(3);
    assertThat(world.inFlight).hasSize(1);
  }

  @Test
  void whatTheProviderHoldsBackHoldsUpNobody() {
    var world = new DispatchWorld();
    world.accept(1);
    world.accept(1);
    Queued first = world.started.getFirst();
    Instant until = first.outbox().expireTime();
    world.end(first, new Next.Awaited(first.outbox().awaitingReceipt(State.HELD, until)));
    assertThat(seqs(world.started)).containsExactly(1L, 2L);
    world.sent(world.started.getLast());
    world.now = until;
    world.advance(Duration.ZERO);
    assertThat(world.outbox).isEmpty();
  }

  @Test
  void aFallbackIsSentAtOnceInPlaceOfTheText() {
    var world = new DispatchWorld();
    world.accept(1);
    Queued first = world.started.getFirst();
    OutboxRow again = first.outbox().waiting(0, 0, world.now, null);
    world.end(first, new Next.FallBack(again));
    assertThat(world.started.getLast().content()).isEqualTo(DispatchWorld.FALLBACK);
  }

  @Test
  void aMessageThatComesBackAfterItWasSentGoesBeforeWhatWaits() {
    var world = new DispatchWorld();
    for (int i = 0; i < 3; i++) {
      world.accept(1);
    }
    Queued first = world.started.getFirst();
    world.sent(first);
    world.bringBack(first);
    world.sent(world.started.get(1));
    assertThat(seqs(world.started)).containsExactly(1L, 2L, 1L);
    world.sent(world.started.getLast());
    assertThat(seqs(world.started)).containsExactly(1L, 2L, 1L, 3L);
  }

  @Test
  void aMessageThatComesBackBeforeItsAnswerIsSentAfterIt() {
    var world = new DispatchWorld();
    world.accept(1);
    world.accept(1);
    Queued first = world.started.getFirst();
    world.inFlight.clear();
    world.bringBack(first);
    assertThat(world.started).hasSize(1);
    world.tell(new Input.Ended(first, new Next.Settled(), new Signal.None()));
    assertThat(seqs(world.started)).containsExactly(1L, 1L);
    world.sent(world.started.getLast());
    assertThat(seqs(world.started)).containsExactly(1L, 1L, 2L);
  }

  @Test
  void aRestartFindsDoubtsHoldsAndWhatWaits() {
    var world = new DispatchWorld();
    for (int i = 0; i < 3; i++) {
      world.accept(1);
      world.accept(2);
    }
    Queued held = world.started.getLast();
    world.end(
        held,
        new Next.Awaited(held.outbox().awaitingReceipt(State.HELD, held.outbox().expireTime())));
    assertThat(world.inFlight).hasSize(2);
    world.restart();
    world.readAll();
    assertThat(world.started).hasSize(3);
    world.advance(seconds(5));
    assertThat(world.started).hasSize(5);
    drain(world);
    assertThat(world.outbox).isEmpty();
    assertThat(world.started).hasSize(6);
  }

  @Test
  void afterARestartANewMessageWaitsBehindADoubtThatIsNotReadYet() {
    var world = new DispatchWorld(null, null, RESEND);
    world.accept(1);
    world.restart();
    world.accept(1);
    world.advance(seconds(30));
    assertThat(world.started).hasSize(1);
    world.readAll();
    world.advance(seconds(30));
    assertThat(seqs(world.started)).containsExactly(1L, 1L);
  }

  @Test
  void aPausedChannelStartsNothingAndResumesInOrder() {
    var world = new DispatchWorld();
    world.state(Channel.State.PAUSED);
    for (int i = 0; i < 5; i++) {
      world.accept(1);
    }
    world.advance(Duration.ofHours(1));
    assertThat(world.started).isEmpty();
    assertThat(world.nextTime()).isNull();
    world.state(Channel.State.ACTIVE);
    drain(world);
    assertThat(seqs(world.started)).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void noMoreStartInAnySecondThanTheChannelMay() {
    var world = new DispatchWorld(80, null, InDoubt.DEFAULT);
    for (int i = 0; i < 2_000; i++) {
      world.accept(i);
    }
    while (world.started.size() < 1_600 && world.advanceToNext()) {
      List.copyOf(world.inFlight.values()).forEach(world::sent);
    }
    assertKept(world.startTimes, 80, Duration.ofSeconds(1));
    Duration taken = Duration.between(world.startTimes.getFirst(), world.startTimes.getLast());
    assertThat(taken).isLessThan(Duration.ofMillis(1_600 * 1_000 / 76));
  }

  @Test
  void onePersonGetsNoMoreThanABurstAndThenOnePerInterval() {
    var world = new DispatchWorld(null, new RecipientLimit(3, seconds(6)), InDoubt.DEFAULT);
    for (int i = 0; i < 6; i++) {
      world.accept(1);
      world.accept(2);
    }
    drain(world);
    List<Long> ofOne = new ArrayList<>();
    for (int i = 0; i < world.started.size(); i++) {
      if (world.started.get(i).conversation() == 1) {
        ofOne.add(Duration.between(DispatchWorld.START, world.startTimes.get(i)).toSeconds());
      }
    }
    assertThat(ofOne).containsExactly(0L, 0L, 0L, 6L, 12L, 18L);
    world.advance(Duration.ofMinutes(1));
    assertThat(world.size()).isZero();
  }

  @Test
  void onlyAChannelThatIsKnownIsServedAndAGoneOneIsForgotten() {
    var world = new DispatchWorld();
    world.accept(1);
    world.tell(new Input.ChannelGone(7));
    world.accept(2);
    assertThat(world.started).hasSize(1);
    assertThat(world.size()).isZero();
  }

  static void assertKept(List<Instant> times, int most, Duration span) {
    for (int i = most; i < times.size(); i++) {
      assertThat(Duration.between(times.get(i - most), times.get(i))).isGreaterThanOrEqualTo(span);
    }
  }

  private static void drain(DispatchWorld world) {
    do {
      world.readAll();
      while (!world.inFlight.isEmpty()) {
        List.copyOf(world.inFlight.values()).forEach(world::sent);
        world.readAll();
      }
    } while (world.advanceToNext());
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
