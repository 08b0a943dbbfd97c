package io.recado.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.Content;
import io.recado.journal.Id;
import io.recado.message.OutboxRow;
import io.recado.message.Priority;
import io.recado.message.Queued;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LaneTest {

  private static final Instant START = DispatchWorld.START;

  private final Lane lane = new Lane(1);

  private static Queued message(long seq) {
    OutboxRow row = OutboxRow.first(seq - 1, START, START.plus(Duration.ofDays(1)), Priority.HIGH);
    return new Queued(
        1, 7, 1, seq, new Id(1, (int) seq), new Content.Text("t"), null, null, START, row);
  }

  private static List<Queued> messages(long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(LaneTest::message).toList();
  }

  private void addAll(List<Queued> messages) {
    messages.forEach(lane::add);
  }

  @Test
  void theLowestNumberGoesFirstWhateverTheOrderOfComing() {
    addAll(List.of(message(3), message(1), message(2)));
    assertThat(lane.head()).isEqualTo(message(1));
    assertThat(lane.startTime(null, START)).isEqualTo(START);
  }

  @Test
  void whatIsKnownOrDoneIsNotAddedAgain() {
    lane.add(message(1));
    lane.add(message(1));
    assertThat(lane.size()).isEqualTo(1);
    lane.start(null, START);
    lane.leave(message(1));
    lane.add(message(1));
    assertThat(lane.size()).isZero();
    assertThat(lane.isIdle()).isTrue();
  }

  @Test
  void onlyTheMessageOnItsWayMakesRoomForTheNext() {
    addAll(messages(2, 4));
    lane.start(null, START);
    assertThat(lane.startTime(null, START)).isNull();
    lane.leave(message(1));
    assertThat(lane.startTime(null, START)).isNull();
    lane.leave(message(2));
    assertThat(lane.startTime(null, START)).isEqualTo(START);
  }

  @Test
  void aLongLaneLeavesItsEndToTheDatabaseAndReadsItWhenItHasRoom() {
    addAll(messages(1, 100));
    assertThat(lane.size()).isEqualTo(Lane.WINDOW);
    assertThat(lane.wantsMore(false)).isFalse();
    LongStream.rangeClosed(1, 8).forEach(seq -> lane.leave(message(seq)));
    assertThat(lane.wantsMore(true)).isFalse();
    assertThat(lane.wantsMore(false)).isTrue();
    assertThat(lane.startReading()).isEqualTo(17);
    assertThat(lane.wantsMore(false)).isFalse();
    List<Queued> page = messages(17, 32);
    lane.endReading(page, false);
    addAll(page);
    assertThat(lane.size()).isEqualTo(Lane.WINDOW);
    LongStream.rangeClosed(9, 24).forEach(seq -> lane.leave(message(seq)));
    assertThat(lane.startReading()).isEqualTo(25);
  }

  @Test
  void whatComesWhileItReadsIsReadLater() {
    addAll(messages(1, 17));
    LongStream.rangeClosed(1, 16).forEach(seq -> lane.leave(message(seq)));
    assertThat(lane.startReading()).isEqualTo(17);
    lane.add(message(18));
    lane.endReading(List.of(message(17)), true);
    lane.add(message(17));
    assertThat(lane.head()).isEqualTo(message(17));
    assertThat(lane.startReading()).isEqualTo(18);
  }

  @Test
  void aReadThatFailsIsRepeated() {
    addAll(messages(1, 17));
    LongStream.rangeClosed(1, 16).forEach(seq -> lane.leave(message(seq)));
    lane.startReading();
    lane.endReading(List.of(), false);
    assertThat(lane.isIdle()).isFalse();
    assertThat(lane.startReading()).isEqualTo(17);
    lane.endReading(List.of(), true);
    assertThat(lane.isIdle()).isTrue();
  }

  @Test
  void aLowerNumberTakesTheRoomOfTheHighest() {
    addAll(messages(2, 17));
    lane.add(message(1));
    assertThat(lane.head()).isEqualTo(message(1));
    assertThat(lane.size()).isEqualTo(Lane.WINDOW);
    LongStream.rangeClosed(1, 16).forEach(seq -> lane.leave(message(seq)));
    assertThat(lane.startReading()).isEqualTo(17);
  }

  @Test
  void everyDoubtHoldsUntilItsOwnTimeOrItsRelease() {
    lane.add(message(3));
    lane.hold(message(1).id(), START.plusSeconds(9));
    lane.hold(message(2).id(), START.plusSeconds(5));
    assertThat(lane.startTime(null, START)).isEqualTo(START.plusSeconds(9));
    lane.release(message(1).id());
    assertThat(lane.startTime(null, START)).isEqualTo(START.plusSeconds(5));
    lane.hold(message(1).id(), Instant.MAX);
    assertThat(lane.startTime(null, START)).isNull();
    lane.settled(message(1).id());
    assertThat(lane.startTime(null, START)).isEqualTo(START.plusSeconds(5));
  }

  @Test
  void itKnowsTheForerunnerThatItHasSeenLeave() {
    assertThat(lane.knowsPrevious(message(1))).isTrue();
    assertThat(lane.knowsPrevious(message(3))).isFalse();
    addAll(messages(2, 3));
    lane.start(null, START);
    lane.leave(message(2));
    assertThat(lane.knowsPrevious(message(3))).isTrue();
  }
}
