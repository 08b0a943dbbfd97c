package io.recado.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.testing.TestServer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What channels keep when many change them at once, on every database.
interface ChannelConcurrencyContract {

  int CALLERS = 16;
  String CREATE = "{'type':'PIGEON','pigeon':{'ring':'%s','whistle':'w'}}";

  Dialect engine();

  private static Channel create(TestServer server, String ring) {
    String name =
        server.json("POST /v1/channels", CREATE.formatted(ring)).string("name").orElseThrow();
    return server.channels.require(1, Id.parse(name.substring("channels/".length())));
  }

  private static <T> List<T> atOnce(List<Callable<T>> tasks) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(tasks).stream().map(ChannelConcurrencyContract::result).toList();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static String reasonOf(Runnable call) {
    try {
      call.run();
      return "done";
    } catch (ApiError e) {
      return e.reason().name();
    }
  }

  private static List<Callable<String>> calls(IntFunction<Runnable> call) {
    return IntStream.range(0, CALLERS)
        .mapToObj(i -> (Callable<String>) () -> reasonOf(call.apply(i)))
        .toList();
  }

  @Test
  default void oneOfManyGetsAnAccountAndTheOthersAreTold() {
    try (var server = new TestServer(engine())) {
      List<String> created =
          atOnce(calls(_ -> () -> server.call("POST /v1/channels", CREATE.formatted("R1"))));
      assertThat(created).containsOnlyOnce("done");
      assertThat(created)
          .filteredOn(reason -> !reason.equals("done"))
          .hasSize(CALLERS - 1)
          .containsOnly(ErrorReason.ACCOUNT_ALREADY_USED.name());
    }
  }

  @Test
  default void oneOfManyChannelsMovesToAnAccount() {
    try (var server = new TestServer(engine())) {
      List<Channel> channels =
          IntStream.range(0, CALLERS).mapToObj(i -> create(server, "R" + i)).toList();
      List<String> moved =
          atOnce(
              calls(
                  i ->
                      () ->
                          server.call(
                              "PATCH /v1/" + channels.get(i).name(), "{'pigeon':{'ring':'NEW'}}")));
      assertThat(moved).containsOnlyOnce("done");
      assertThat(moved)
          .filteredOn(reason -> !reason.equals("done"))
          .containsOnly(ErrorReason.ACCOUNT_ALREADY_USED.name());
    }
  }

  @Test
  default void changesOfDifferentFieldsAtOnceAreAllKept() {
    try (var server = new TestServer(engine())) {
      Channel channel = create(server, "R1");
      List<String> bodies =
          List.of(
              "{'displayName':'Shop'}",
              "{'address':'roof'}",
              "{'defaultLanguage':'es'}",
              "{'pigeon':{'loft':'L'}}",
              "{'pigeon':{'messagesPerSecond':5}}",
              "{'inDoubt':{'policy':'RESEND'}}");
      atOnce(
          bodies.stream()
              .map(
                  body ->
                      (Callable<Integer>)
                          () -> server.call("PATCH /v1/" + channel.name(), body).status())
              .toList());
      Channel changed = server.channels.require(1, channel.id());
      assertThat(changed.displayName()).isEqualTo("Shop");
      assertThat(changed.address()).isEqualTo("roof");
      assertThat(changed.defaultLanguage()).isEqualTo("es");
      assertThat(changed.settings().find("loft")).contains("L");
      assertThat(changed.limits().messagesPerSecond()).isEqualTo(5);
      assertThat(changed.inDoubt().policy()).isEqualTo(Channel.InDoubt.Policy.RESEND);
      assertThat(server.newChannels().require(1, channel.id())).isEqualTo(changed);
    }
  }

  @Test
  default void manySendsThatFindTheChannelBrokenTellItOnce() {
    try (var server = new TestServer(engine())) {
      Channel channel = create(server, "R1");
      atOnce(
          calls(
              i ->
                  () ->
                      server.journal.commit(
                          RecordHealth.broken(
                              server.channels,
                              channel,
                              Reason.CREDENTIALS_INVALID,
                              new ProviderAnswer(401, "190", "Trace " + i),
                              server.clock.instant()))));
      assertThat(server.channels.require(1, channel.id()).problems()).hasSize(1);
      assertThat(server.events()).hasSize(2);
    }
  }

  @Test
  default void ofAPauseAndADeletionAtOnceNothingComesBack() {
    try (var server = new TestServer(engine())) {
      for (int i = 0; i < 5; i++) {
        Channel channel = create(server, "R" + i);
        atOnce(
            List.of(
                () -> reasonOf(() -> server.call("POST /v1/" + channel.name() + ":pause", "")),
                () -> reasonOf(() -> server.call("DELETE /v1/" + channel.name(), ""))));
        assertThat(server.channels.find(channel.id())).isEmpty();
        assertThat(server.newChannels().find(channel.id())).isEmpty();
      }
    }
  }
}
