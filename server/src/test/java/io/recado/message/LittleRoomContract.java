package io.recado.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderTemplate;
import io.recado.connector.SendOutcome;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.conversation.Conversations;
import io.recado.dispatch.Next;
import io.recado.dispatch.RecordOutcome;
import io.recado.dispatch.StartAttempt;
import io.recado.http.request.Fields;
import io.recado.journal.Dialect;
import io.recado.journal.StorageException;
import io.recado.json.Json;
import io.recado.template.ChannelTemplates;
import io.recado.template.Template;
import io.recado.testing.DeliveryBench;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// A disk that is nearly full, on every database.
interface LittleRoomContract {

  Template HELLO =
      Template.of(
          new ProviderTemplate(
              "hello",
              "es",
              "UTILITY",
              Template.APPROVED,
              null,
              null,
              "Hola",
              List.of(),
              null,
              List.of()),
          Instant.EPOCH);

  Dialect engine();

  @Test
  default void withLittleRoomNothingIsAcceptedAndWhatWasGoesOn() {
    try (var bench = new DeliveryBench(engine())) {
      Identity conversation = bench.openConversation("+573000000001");
      Queued earlier = bench.accept(conversation, "earlier");
      var hasRoom = new AtomicBoolean(false);
      Messages messages = messages(bench);
      messages.acceptWhile(hasRoom::get);
      long stored = bench.count("message");
      long conversations = bench.count("conversation");

      assertFull(() -> messages.send(bench.channel, conversation, text(), Optional.empty()));
      assertFull(
          () ->
              messages.sendTo(
                  bench.channel,
                  body("{'to':'+573000000002','template':{'name':'hello'}}"),
                  Optional.empty()));
      assertThat(bench.count("message")).isEqualTo(stored);
      assertThat(bench.count("conversation")).isEqualTo(conversations);

      var started =
          (StartAttempt.Start.Started)
              bench.server.journal.commit(
                  new StartAttempt(
                      earlier,
                      false,
                      DeliveryBench.WINDOW,
                      bench.channel.inDoubt(),
                      1,
                      bench.now()));
      bench.server.journal.commit(
          new RecordOutcome(
              started.queued(),
              new SendOutcome.Accepted("w1", null, false, ProviderAnswer.ofStatus(200)),
              new Next.Sent(),
              bench.now()));
      bench.server.journal.commit(bench.inbound(conversation, "answer"));
      assertThat(bench.message(earlier.id()).progress().status()).isEqualTo(MessageStatus.SENT);

      hasRoom.set(true);
      messages.send(bench.channel, conversation, text(), Optional.empty());
      assertThat(bench.count("message")).isEqualTo(stored + 2);
    }
  }

  private static void assertFull(Runnable sending) {
    assertThatThrownBy(sending::run)
        .isInstanceOfSatisfying(
            StorageException.class,
            e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.FULL));
  }

  private static Messages messages(DeliveryBench bench) {
    var server = bench.server;
    return new Messages(
        server.channels,
        new Conversations(server.reads, server.journal, server.ids, server.clock),
        _ -> new ChannelTemplates(List.of(HELLO)),
        server.journal,
        server.reads,
        server.ids,
        server.clock);
  }

  private static Fields text() {
    return body("{'text':'hi'}");
  }

  private static Fields body(String json) {
    return new Fields(Json.readObject(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }
}
