package io.recado.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.channel.Channel;
import io.recado.connector.ConnectorSession.TemplateListing;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.IdempotentAnswers;
import io.recado.http.request.Response;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.testing.TestServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What syncing, listing and previewing templates does on every database.
interface TemplateSyncContract {

  Dialect engine();

  /// A server with one channel, whose background work waits until it is run.
  final class Setting implements AutoCloseable {
    final TestServer server;
    final Templates templates;
    final TemplateSync sync;
    final Channel channel;
    final Queue<Runnable> background = new ArrayDeque<>();

    Setting(Dialect engine) {
      server = new TestServer(engine);
      templates = new Templates(server.reads, server.clock);
      sync =
          new TemplateSync(
              server.channels, server.journal, templates, server.clock, background::add);
      server.add(
          new TemplateRoutes(server.channels, templates, sync, server.pageTokens, server.answers));
      String name =
          server
              .json("POST /v1/channels", "{'type':'PIGEON','pigeon':{'ring':'R','whistle':'w'}}")
              .string("name")
              .orElseThrow();
      channel = server.channels.require(1, Id.parse(name.substring("channels/".length())));
    }

    String path() {
      return "/v1/" + channel.name() + "/templates";
    }

    String counts() {
      return Json.text(server.json("POST " + path() + ":sync", ""));
    }

    List<String> listed(String query) {
      return server.json("GET " + path() + query, "").objects("templates").stream()
          .map(t -> t.string("name").orElse("") + " " + t.string("language").orElse(""))
          .toList();
    }

    void runBackground() {
      for (Runnable task = background.poll(); task != null; task = background.poll()) {
        task.run();
      }
    }

    @Override
    public void close() {
      server.close();
    }
  }

  private void on(Consumer<Setting> test) {
    try (var setting = new Setting(engine())) {
      test.accept(setting);
    }
  }

  @Test
  default void aSyncStoresAndTellsEachDifference() {
    on(
        at -> {
          at.server.pigeons.list(
              TestTemplates.order("es"), TestTemplates.order("en_US"), TestTemplates.plain());
          assertThat(at.counts()).isEqualTo(counts(3, 0, 0, 3));
          at.server.pigeons.list(
              TestTemplates.order("es"),
              TestTemplates.order("en_US", "PAUSED"),
              TestTemplates.numbered());
          at.server.clock.advance(Duration.ofMinutes(1));
          assertThat(at.counts()).isEqualTo(counts(1, 1, 1, 3));
          assertThat(at.counts()).isEqualTo(counts(0, 0, 0, 3));
          List<String> events =
              at.server.events().stream().filter(e -> e.startsWith("template.updated")).toList();
          assertThat(events).hasSize(6);
          assertThat(events.subList(3, 6))
              .anyMatch(e -> e.contains("\"en_US\"") && e.contains("\"PAUSED\""))
              .anyMatch(e -> e.contains("\"plain\"") && e.contains("\"DELETED\""))
              .anyMatch(e -> e.contains("\"numbered\"") && e.contains("\"APPROVED\""));
          assertThat(at.templates.of(at.channel).named("order_status_update"))
              .extracting(template -> template.updateTime().toString())
              .containsExactly("2026-04-03T10:01:00Z", "2026-04-03T10:00:00Z");
        });
  }

  private static String counts(int added, int changed, int removed, int total) {
    return "{\"added\":%d,\"changed\":%d,\"removed\":%d,\"total\":%d}"
        .formatted(added, changed, removed, total);
  }

  @Test
  default void whatWasSyncedIsReadBackTheSame() {
    on(
        at -> {
          at.server.pigeons.list(
              TestTemplates.order("es"),
              TestTemplates.withHeader("TEXT", "A {{order_number}}", "order_number"));
          at.counts();
          Templates fresh = new Templates(at.server.reads, at.server.clock);
          assertThat(fresh.of(at.channel).all()).isEqualTo(at.templates.of(at.channel).all());
        });
  }

  @Test
  default void anotherNodesSyncIsSeenAfterAWhile() {
    on(
        at -> {
          Templates other = new Templates(at.server.reads, at.server.clock);
          assertThat(other.of(at.channel).all()).isEmpty();
          at.server.pigeons.list(TestTemplates.plain());
          at.counts();
          assertThat(other.of(at.channel).all()).isEmpty();
          at.server.clock.advance(Templates.MAX_AGE);
          assertThat(other.of(at.channel).all()).hasSize(1);
        });
  }

  @Test
  default void aRefusedListingLeavesWhatIsKnown() {
    on(
        at -> {
          at.server.pigeons.list(TestTemplates.plain());
          at.counts();
          at.server.pigeons.listing =
              new TemplateListing.Failed(
                  Reason.CREDENTIALS_INVALID, new ProviderAnswer(401, "190", "Expired."));
          ApiError refused = at.server.refusal("POST " + at.path() + ":sync", "");
          assertThat(refused.reason()).isEqualTo(ErrorReason.PROVIDER_REFUSED);
          assertThat(refused.metadata())
              .containsEntry("reason", "CREDENTIALS_INVALID")
              .containsEntry("providerCode", "190");
          at.server.pigeons.listing =
              new TemplateListing.Failed(Reason.PROVIDER_UNAVAILABLE, ProviderAnswer.ofStatus(0));
          ApiError away = at.server.refusal("POST " + at.path() + ":sync", "");
          assertThat(away.reason()).isEqualTo(ErrorReason.PROVIDER_UNAVAILABLE);
          assertThat(away.retryAfter()).isPositive();
          assertThat(at.listed("")).containsExactly("plain es");
        });
  }

  @Test
  default void approvedOnesAreListedUnlessAFilterAsksForOthers() {
    on(
        at -> {
          at.server.pigeons.list(
              TestTemplates.order("es"),
              TestTemplates.order("en_US", "PAUSED"),
              TestTemplates.plain());
          at.counts();
          assertThat(at.listed("")).containsExactly("order_status_update es", "plain es");
          assertThat(at.listed("?filter=status = \"PAUSED\""))
              .containsExactly("order_status_update en_US");
          assertThat(at.listed("?filter=language = \"en-US\""))
              .containsExactly("order_status_update en_US");
          assertThat(at.listed("?filter=category = \"UTILITY\"")).hasSize(3);
          assertThat(at.listed("?filter=name = \"plain\" OR status = \"PAUSED\""))
              .containsExactly("order_status_update en_US", "plain es");
          assertThat(at.listed("?filter=name != \"plain\" AND NOT status = \"PAUSED\""))
              .containsExactly("order_status_update es");
          assertThat(
                  at.server.refusal("GET " + at.path() + "?filter=body = \"x\"", "").violations())
              .extracting(violation -> violation.field())
              .containsExactly("filter");
        });
  }

  @Test
  default void theListGoesPageByPageAndRefusesPagesThatAreTooLarge() {
    on(
        at -> {
          at.server.pigeons.list(
              TestTemplates.numbered(), TestTemplates.plain(), TestTemplates.order("es"));
          at.counts();
          JsonObject first = at.server.json("GET " + at.path() + "?pageSize=2", "");
          assertThat(first.objects("templates")).hasSize(2);
          assertThat(
                  at.listed("?pageSize=2&pageToken=" + first.string("nextPageToken").orElseThrow()))
              .containsExactly("plain es");
          assertThat(at.server.refusal("GET " + at.path() + "?pageSize=101", "").violations())
              .extracting(violation -> violation.field())
              .containsExactly("pageSize");
        });
  }

  @Test
  default void aPreviewShowsWhatIsReadAndRefusesWhatASendWould() {
    on(
        at -> {
          at.server.pigeons.list(TestTemplates.order("es"), TestTemplates.order("pt", "PAUSED"));
          at.counts();
          String preview = "POST " + at.path() + "/order_status_update:preview";
          String values = "'parameters':{'orderNumber':'4012','status':'en camino'}";
          assertThat(Json.text(at.server.json(preview, "{" + values + "}")))
              .isEqualTo(
                  """
                  {"name":"order_status_update","language":"es",\
                  "body":{"text":"Tu pedido 4012 está en camino."},\
                  "footer":"GoEvery","buttons":["Ver pedido"]}\
                  """);
          assertThat(at.server.refusal(preview, "{'name':'x'," + values + "}").violations())
              .extracting(violation -> violation.field())
              .containsExactly("name");
          assertThat(at.server.refusal(preview, "").violations())
              .extracting(violation -> violation.field())
              .containsExactly("parameters.orderNumber", "parameters.status");
          assertThat(at.server.refusal(preview, "{'language':'pt'," + values + "}").getMessage())
              .contains("PAUSED");
          ApiError missing = at.server.refusal("POST " + at.path() + "/nothing:preview", "{}");
          assertThat(missing.reason()).isEqualTo(ErrorReason.RESOURCE_NOT_FOUND);
          assertThat(missing.metadata())
              .containsEntry("resource", at.channel.name() + "/templates/nothing");
        });
  }

  @Test
  default void aSyncUnderAnIdempotencyKeyGivesTheFirstAnswerAgain() {
    on(
        at -> {
          at.server.pigeons.list(TestTemplates.plain());
          var caller = TestServer.caller(1);
          Map<String, String> key = Map.of("Idempotency-Key", "k-1");
          String request = "POST " + at.path() + ":sync";
          Response first = at.server.call(caller, request, "", key);
          Response again = at.server.call(caller, request, "", key);
          assertThat(again.body()).isEqualTo(first.body());
          assertThat(again.headers()).containsEntry(IdempotentAnswers.REPLAYED, "true");
        });
  }

  @Test
  default void aRoundSyncsWhatHasNotBeenForAWhileAndNothingElse() {
    on(
        at -> {
          at.sync.round();
          at.runBackground();
          assertThat(at.server.pigeons.listings).hasValue(1);
          at.sync.round();
          at.server.clock.advance(TemplateSync.INTERVAL.minusMillis(1));
          at.sync.round();
          at.runBackground();
          assertThat(at.server.pigeons.listings).hasValue(1);
          at.server.clock.advance(Duration.ofMillis(1));
          at.sync.round();
          at.sync.round();
          at.runBackground();
          assertThat(at.server.pigeons.listings).hasValue(2);
          at.server.call("PATCH /v1/" + at.channel.name(), "{'state':'DISABLED'}");
          at.server.clock.advance(TemplateSync.INTERVAL);
          at.sync.round();
          at.runBackground();
          assertThat(at.server.pigeons.listings).hasValue(2);
        });
  }

  @Test
  default void aProvidersNoticeSyncsInTheBackground() {
    on(
        at -> {
          at.server.pigeons.list(TestTemplates.plain());
          at.sync.request(at.channel);
          assertThat(at.listed("")).isEmpty();
          at.runBackground();
          assertThat(at.listed("")).containsExactly("plain es");
        });
  }

  @Test
  default void whoAsksDuringAListingShareTheNextOne() {
    on(
        at -> {
          var entered = new CountDownLatch(1);
          var leave = new CountDownLatch(1);
          at.server.pigeons.beforeListing =
              () -> {
                entered.countDown();
                await(leave);
              };
          List<Thread> threads = new ArrayList<>();
          threads.add(Thread.ofVirtual().start(() -> at.sync.sync(at.channel)));
          await(entered);
          at.server.pigeons.list(TestTemplates.plain());
          for (int i = 0; i < 5; i++) {
            threads.add(Thread.ofVirtual().start(() -> at.sync.sync(at.channel)));
          }
          while (threads.stream().skip(1).anyMatch(t -> t.getState() != Thread.State.WAITING)) {
            Thread.onSpinWait();
          }
          leave.countDown();
          threads.forEach(TemplateSyncContract::join);
          assertThat(at.server.pigeons.listings).as("the running one and one for all").hasValue(2);
          assertThat(at.listed("")).containsExactly("plain es");
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
