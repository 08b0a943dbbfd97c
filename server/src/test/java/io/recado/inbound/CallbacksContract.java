package io.recado.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recado.channel.Channel.InDoubt;
import io.recado.connector.Content;
import io.recado.connector.Echo;
import io.recado.connector.Identifier;
import io.recado.connector.ProviderEvent;
import io.recado.connector.ProviderEvent.MessageReceived;
import io.recado.connector.ProviderEvent.ReceiptStatus;
import io.recado.conversation.Conversations;
import io.recado.conversation.Inbox;
import io.recado.dispatch.StartAttempt;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.StorageException;
import io.recado.json.JsonObject;
import io.recado.message.MessageStatus;
import io.recado.message.Queued;
import io.recado.testing.DeliveryBench;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What callbacks promise on every database: when one is answered, each of its items is applied or
/// parked.
interface CallbacksContract {

  JsonObject RAW = JsonObject.builder().with("raw", "text").build();

  Dialect engine();

  private static Callbacks callbacks(DeliveryBench bench, List<Id> settled) {
    var server = bench.server;
    var parking = new Parking(server.ids, server.cipher);
    var told = new ApplyReceipt.Told((_, _, message) -> settled.add(message), _ -> {});
    return new Callbacks(
        new CallbackRouting(server.channels, server.journal, server.clock, _ -> {}),
        new Conversations(server.reads, server.journal, server.ids, server.clock),
        new Inbox(server.journal),
        server.journal,
        new ReceiptWrites(server.reads, parking, told),
        parking,
        server.clock);
  }

  private static MessageReceived received(
      String account, @Nullable String id, @Nullable String phone, @Nullable String name) {
    return new MessageReceived(
        account,
        id,
        List.of(new Identifier(Identifier.PHONE, phone)),
        name,
        new Content.Text("hi"),
        null,
        DeliveryBench.TIME,
        RAW);
  }

  private static ProviderEvent.Receipt receipt(
      String account, String name, @Nullable Echo echo, ReceiptStatus status) {
    return new ProviderEvent.Receipt(
        account, name, echo, status, DeliveryBench.TIME, List.of(), null);
  }

  private static Queued started(DeliveryBench bench) {
    Queued queued = bench.accept(bench.openConversation("+573000000001"), "hi");
    var start =
        new StartAttempt(queued, false, DeliveryBench.WINDOW, InDoubt.DEFAULT, 1, bench.now());
    return ((StartAttempt.Start.Started) bench.server.journal.commit(start)).queued();
  }

  private static List<String> parked(DeliveryBench bench) {
    return bench.list(
        r ->
            r.query(
                "SELECT parked FROM raw_payload WHERE parked IS NOT NULL ORDER BY id",
                _ -> {},
                row -> row.text()));
  }

  @Test
  default void everyItemOfABatchIsAppliedOrParkedByItself() {
    try (var bench = new DeliveryBench(engine())) {
      var other = bench.channel("R2");
      Queued started = started(bench);
      List<Id> settled = new ArrayList<>();
      List<ProviderEvent> batch = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        batch.add(received(i % 2 == 0 ? "R1" : "R2", "in-" + i, "+57300000001" + i % 5, null));
      }
      batch.add(new ProviderEvent.Unreadable("R1", "it has no id", RAW));
      batch.add(received("R9", "stray", "+573000000019", null));
      batch.add(receipt("R9", "stray", null, ReceiptStatus.SENT));
      batch.add(
          receipt(
              "R1", "wamid.1", new Echo(started.id().toString(), 0, 1), ReceiptStatus.DELIVERED));
      batch.add(receipt("R1", "unknown", null, ReceiptStatus.READ));
      batch.add(new ProviderEvent.Ignored("R1", "account_alerts"));
      Callbacks callbacks = callbacks(bench, settled);
      for (int delivery = 0; delivery < 2; delivery++) {
        callbacks.apply(bench.channel, batch);
        assertThat(bench.count("message")).isEqualTo(2 + 50);
        assertThat(bench.count("early_receipt")).isEqualTo(1);
      }
      assertThat(parked(bench).subList(0, 3))
          .containsExactly(
              "it has no id", "no channel has the account", "no channel has the account");
      assertThat(settled).containsExactly(started.id());
      assertThat(bench.message(started.id()).progress().status())
          .isEqualTo(MessageStatus.DELIVERED);
      assertThat(
              bench.<Long>list(
                  r ->
                      r.query(
                          "SELECT COUNT(*) FROM conversation WHERE channel_key = ?",
                          binds -> binds.number(other.key()),
                          row -> row.number())))
          .containsExactly(5L);
    }
  }

  @Test
  default void anItemThatCannotBeStoredIsParkedAndTheRestApplied() {
    try (var bench = new DeliveryBench(engine())) {
      callbacks(bench, new ArrayList<>())
          .apply(
              bench.channel,
              List.of(
                  received("R1", "a", "+573000000001", null),
                  received("R1", null, "+573000000001", null),
                  received("R1", "b", null, null),
                  received("R1", "c", "+573000000002", null)));
      assertThat(bench.count("message")).isEqualTo(2);
      assertThat(parked(bench))
          .containsExactly("a fault of ours; see the log", "a fault of ours; see the log");
    }
  }

  @Test
  default void aNameWithSignsThatNoDatabaseHoldsCostsNobodyTheMessage() {
    try (var bench = new DeliveryBench(engine())) {
      callbacks(bench, new ArrayList<>())
          .apply(bench.channel, List.of(received("R1", "a", "+573000000001", "Val\u0000entina\n")));
      assertThat(bench.count("message")).isEqualTo(1);
      assertThat(
              bench.<String>list(
                  r ->
                      r.query("SELECT display_name FROM conversation", _ -> {}, row -> row.text())))
          .containsExactly("Valentina");
    }
  }

  @Test
  default void aReceiptForAPersonsMessageChangesNothingAndIsParked() {
    try (var bench = new DeliveryBench(engine())) {
      Callbacks callbacks = callbacks(bench, new ArrayList<>());
      callbacks.apply(bench.channel, List.of(received("R1", "a", "+573000000001", null)));
      callbacks.apply(bench.channel, List.of(receipt("R1", "a", null, ReceiptStatus.FAILED)));
      assertThat(parked(bench)).containsExactly("a receipt for a message that was received");
      assertThat(bench.events().stream().map(event -> event.type().wireName()))
          .doesNotContain("message.failed");
    }
  }

  @Test
  default void whatCouldNotBeStoredIsTheProvidersToRepeat() {
    try (var bench = new DeliveryBench(engine())) {
      Callbacks callbacks = callbacks(bench, new ArrayList<>());
      bench.server.journal.close();
      assertThatThrownBy(
              () ->
                  callbacks.apply(
                      bench.channel, List.of(received("R1", "a", "+573000000001", null))))
          .isInstanceOf(StorageException.class);
      assertThatThrownBy(
              () ->
                  callbacks.apply(
                      bench.channel, List.of(receipt("R1", "a", null, ReceiptStatus.SENT))))
          .isInstanceOf(StorageException.class);
    }
  }
}
