package io.recado.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.Content;
import io.recado.connector.Reason;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.dispatch.ClockContract.Life;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.message.MessageStatus;
import io.recado.message.Queued;
import io.recado.testing.DeliveryBench;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A message that cannot be sent and breaks whatever touches it, on every database: only its
/// conversation waits, and not for ever.
interface PoisonContract {

  Dialect engine();

  @ParameterizedTest
  @ValueSource(
      classes = {IllegalStateException.class, StackOverflowError.class, NoClassDefFoundError.class})
  default void aConnectorThatAlwaysThrowsHoldsItsConversationForAWhileOnly(
      Class<? extends Throwable> thrown) {
    try (var life = new Life(engine())) {
      life.answer =
          message -> {
            if (((Content.Template) message.content()).name().equals("poison")) {
              throw PoisonContract.<RuntimeException>raise(thrown);
            }
            return null;
          };
      Queued poison = life.accept("poison", Duration.ofDays(1));
      life.accept("behind", Duration.ofDays(1));
      life.accept(life.bench.openConversation("+573000000002"), "other", Duration.ofDays(1));
      life.pass(Duration.ZERO);
      assertThat(life.tried).containsExactlyInAnyOrder("poison", "other");

      life.pass(Duration.ofSeconds(6));
      assertThat(life.tried).contains("behind");
      life.pass(Duration.ofSeconds(60));
      assertFailed(life.bench, poison, Reason.OUTCOME_UNKNOWN);
      assertThat(life.tried).containsOnlyOnce("poison");
    }
  }

  @Test
  default void aRowThatCannotBeReadFailsAndHoldsUpNobody() {
    try (var life = new Life(engine())) {
      Identity conversation = life.bench.openConversation("+573000000003");
      Queued poison = life.store(conversation, "poison", Duration.ofDays(1));
      life.bench.server.journal.commit(new Spoil(poison.id()));
      life.store(conversation, "behind", Duration.ofDays(1));
      life.store(life.bench.openConversation("+573000000004"), "other", Duration.ofDays(1));
      life.restart();
      life.pass(Duration.ZERO);
      life.pass(Duration.ofSeconds(2));
      assertThat(life.tried).containsExactlyInAnyOrder("behind", "other");
      assertFailed(life.bench, poison, Reason.CONTENT_UNSUPPORTED);
    }
  }

  @Test
  default void aPersonWhoseCallHangsHoldsUpNobodyElse() throws InterruptedException {
    try (var bench = new DeliveryBench(engine())) {
      var hanging = new CountDownLatch(1);
      var reached = new CountDownLatch(1);
      var others = new CountDownLatch(20);
      var texts = new ConcurrentLinkedQueue<String>();
      bench.server.pigeons.answer =
          message -> {
            String text = ((Content.Text) message.content()).text();
            if (text.equals("hangs")) {
              reached.countDown();
              await(hanging);
            } else {
              others.countDown();
            }
            texts.add(text);
            return null;
          };
      Dispatch dispatch = DispatchContract.started(bench);
      Identity hangs = bench.openConversation("+573000000001");
      dispatch.arrived(List.of(bench.accept(hangs, "hangs")));
      await(reached);
      dispatch.arrived(List.of(bench.accept(hangs, "behind")));
      for (int i = 10; i < 30; i++) {
        Identity other = bench.openConversation("+5730000000" + i);
        // Right to left, and signs that are joined from several: as they are.
        dispatch.arrived(List.of(bench.accept(other, "שלום 👨‍👩‍👧‍👦 " + i)));
      }
      await(others);
      assertThat(texts).doesNotContain("behind", "hangs");
      hanging.countDown();
      assertThat(dispatch.drain(Duration.ofSeconds(30))).isTrue();
      assertThat(texts).contains("hangs", "שלום 👨‍👩‍👧‍👦 10", "שלום 👨‍👩‍👧‍👦 29");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertFailed(DeliveryBench bench, Queued queued, Reason reason) {
    var progress = bench.message(queued.id()).progress();
    assertThat(progress.status()).isEqualTo(MessageStatus.FAILED);
    assertThat(progress.failure().reason()).isEqualTo(reason);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T raise(Class<? extends Throwable> thrown) throws T {
    try {
      throw (T) thrown.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /// A bug or a bad disk has written nonsense.
  record Spoil(Id message) implements Write<Integer> {

    @Override
    public long workspace() {
      return 1;
    }

    @Override
    public long lane() {
      return 1;
    }

    @Override
    public Integer apply(Tx tx) {
      return tx.update(
          "UPDATE message SET content = '{\"broken' WHERE id = ?", binds -> binds.id(message));
    }
  }
}
