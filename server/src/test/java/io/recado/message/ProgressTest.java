package io.recado.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.Reason;
import io.recado.event.EventType;
import io.recado.message.Progress.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final Instant CREATED = Instant.parse("2026-04-03T10:00:00Z");

  /// What can be reported, by rank.
  private enum Report {
    UNKNOWN(MessageStatus.FAILED, Failure.of(Reason.OUTCOME_UNKNOWN)),
    SENT(MessageStatus.SENT, null),
    REFUSED(MessageStatus.FAILED, Failure.of(Reason.RECIPIENT_UNREACHABLE)),
    DELIVERED(MessageStatus.DELIVERED, null),
    READ(MessageStatus.READ, null);

    private final MessageStatus status;
    private final @Nullable Failure cause;

    Report(MessageStatus status, @Nullable Failure cause) {
      this.status = status;
      this.cause = cause;
    }
  }

  private static Progress begin() {
    return Progress.begin(MessageStatus.SENDING, CREATED);
  }

  private static Instant at(int second) {
    return CREATED.plusSeconds(second);
  }

  private static List<Step> report(Progress progress, Report report, Instant now) {
    return progress.report(report.status, report.cause, now);
  }

  private static Progress last(Progress before, List<Step> steps) {
    return steps.isEmpty() ? before : steps.getLast().progress();
  }

  /// Every order of the five reports.
  private static List<List<Report>> orders() {
    List<List<Report>> orders = List.of(List.of());
    for (int length = 0; length < Report.values().length; length++) {
      List<List<Report>> longer = new ArrayList<>();
      for (List<Report> order : orders) {
        for (Report next : Report.values()) {
          if (!order.contains(next)) {
            List<Report> more = new ArrayList<>(order);
            more.add(next);
            longer.add(more);
          }
        }
      }
      orders = longer;
    }
    return orders;
  }

  @Test
  void inAllOrdersWithRepetitionsTheStatusIsTheHighestAndEachStepKeepsItsOwnFirstTime() {
    var random = new Random(1);
    assertThat(orders()).hasSize(120);
    for (List<Report> order : orders()) {
      for (int repetition = 0; repetition < 10; repetition++) {
        List<Report> reports = new ArrayList<>(order);
        for (int i = 0; i < repetition; i++) {
          int first = random.nextInt(reports.size());
          reports.add(first + 1 + random.nextInt(reports.size() - first), reports.get(first));
        }
        assertLadder(reports);
      }
    }
  }

  /// Holds a run against the rule, said once more in another way: a report counts when it ranks
  /// above all before it.
  private static void assertLadder(List<Report> reports) {
    Progress progress = begin();
    Map<EventType, Instant> told = new EnumMap<>(EventType.class);
    List<EventType> events = new ArrayList<>();
    int highest = -1;
    for (int i = 0; i < reports.size(); i++) {
      Report report = reports.get(i);
      List<Step> steps = report(progress, report, at(i));
      assertThat(steps.isEmpty()).as("%s", reports).isEqualTo(report.ordinal() <= highest);
      highest = Math.max(highest, report.ordinal());
      for (Step step : steps) {
        events.add(step.type());
        told.putIfAbsent(step.type(), at(i));
        assertThat(step.progress().updateTime()).isEqualTo(at(i));
      }
      progress = last(progress, steps);
      Report top = Report.values()[highest];
      assertThat(progress.status()).as("%s", reports).isEqualTo(top.status);
      assertThat(progress.failure()).as("%s", reports).isEqualTo(top.cause);
    }
    events.remove(EventType.MESSAGE_FAILED);
    assertThat(events).as("%s", reports).doesNotHaveDuplicates();
    assertThat(events.stream().filter(type -> type != EventType.MESSAGE_FAILED))
        .containsExactly(
            EventType.MESSAGE_SENT, EventType.MESSAGE_DELIVERED, EventType.MESSAGE_READ);
    assertThat(progress.sentTime()).isEqualTo(told.get(EventType.MESSAGE_SENT));
    assertThat(progress.deliveredTime()).isEqualTo(told.get(EventType.MESSAGE_DELIVERED));
    assertThat(progress.readTime()).isEqualTo(told.get(EventType.MESSAGE_READ));
    assertThat(progress.failedTime()).isEqualTo(told.get(EventType.MESSAGE_FAILED));
  }

  @Test
  void ofEveryPairTheHigherStands() {
    for (Report first : Report.values()) {
      for (Report second : Report.values()) {
        Progress once = last(begin(), report(begin(), first, at(1)));
        List<Step> steps = report(once, second, at(2));
        Report higher = first.ordinal() >= second.ordinal() ? first : second;
        assertThat(last(once, steps).status()).isEqualTo(higher.status);
        assertThat(last(once, steps).failure()).isEqualTo(higher.cause);
        assertThat(steps.isEmpty()).isEqualTo(second.ordinal() <= first.ordinal());
      }
    }
  }

  @Test
  void skippedStepsComeFirstInOrderAndAtTheSameTime() {
    List<Step> steps = report(begin(), Report.READ, at(3));
    assertThat(steps)
        .extracting(Step::type)
        .containsExactly(
            EventType.MESSAGE_SENT, EventType.MESSAGE_DELIVERED, EventType.MESSAGE_READ);
    assertThat(steps)
        .extracting(step -> step.progress().status())
        .containsExactly(MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.READ);
    assertThat(steps.getFirst().progress().deliveredTime()).isNull();
    Progress read = steps.getLast().progress();
    assertThat(read.sentTime()).isEqualTo(at(3));
    assertThat(read.deliveredTime()).isEqualTo(at(3));
    assertThat(read.readTime()).isEqualTo(at(3));
  }

  @Test
  void proofCorrectsAFailureAndKeepsItsTime() {
    Progress failed = last(begin(), report(begin(), Report.REFUSED, at(1)));
    Progress read = last(failed, report(failed, Report.DELIVERED, at(2)));
    assertThat(read.status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(read.failure()).isNull();
    assertThat(read.failedTime()).isEqualTo(at(1));
    assertThat(read.addTo(io.recado.json.JsonObject.builder()).build().value("error")).isNull();
  }

  @Test
  void aReasonThatIsFoundLaterReplacesTheUnknownOneAtTheFirstTime() {
    Progress unknown = last(begin(), report(begin(), Report.UNKNOWN, at(1)));
    List<Step> steps = report(unknown, Report.REFUSED, at(2));
    assertThat(steps).extracting(Step::type).containsExactly(EventType.MESSAGE_FAILED);
    assertThat(steps.getLast().progress().failedTime()).isEqualTo(at(1));
    assertThat(report(last(unknown, steps), Report.UNKNOWN, at(3))).isEmpty();
  }

  @Test
  void aClockThatIsSetBackPutsNoStepBeforeTheOneBefore() {
    Progress sent = last(begin(), report(begin(), Report.SENT, at(-60)));
    assertThat(sent.sentTime()).isEqualTo(CREATED);
    Progress delivered = last(sent, report(sent, Report.DELIVERED, at(5)));
    Progress read = last(delivered, report(delivered, Report.READ, at(4)));
    assertThat(read.readTime()).isEqualTo(at(5));
    assertThat(read.updateTime()).isEqualTo(at(5));
  }
}
