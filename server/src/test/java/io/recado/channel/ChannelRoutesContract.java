package io.recado.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.recado.access.AuditEntry;
import io.recado.access.AuditStore;
import io.recado.connector.ConnectorSession;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.IdempotentAnswers;
import io.recado.http.request.Response;
import io.recado.journal.Binds;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What `/v1/channels` does on every database.
interface ChannelRoutesContract {

  String TOKEN = "whistle-0123456789-x7Qd";
  String CREATE =
      "{'type':'PIGEON','displayName':'Orders','pigeon':{'ring':'R1','whistle':'%s','seal':'short'}}"
          .formatted(TOKEN);

  Dialect engine();

  private void on(Consumer<TestServer> test) {
    try (var server = new TestServer(engine())) {
      test.accept(server);
    }
  }

  private static String create(TestServer server, String ring) {
    JsonObject channel = server.json("POST /v1/channels", CREATE.replace("R1", ring));
    return "/v1/" + channel.string("name").orElseThrow();
  }

  private static Channel channel(TestServer server, String path) {
    Id id = Id.parse(path.substring(path.lastIndexOf('/') + 1));
    return server.channels.require(TestServer.WORKSPACE, id);
  }

  private static String text(JsonObject json, String... path) {
    JsonObject at = json;
    for (int i = 0; i < path.length - 1; i++) {
      at = at.object(path[i]).orElseThrow();
    }
    return at.scalar(path[path.length - 1]).orElse(null);
  }

  private static void execute(TestServer server, Consumer<Tx> change) {
    server.journal.commit(
        new Write<Integer>() {
          @Override
          public long workspace() {
            return TestServer.WORKSPACE;
          }

          @Override
          public Integer apply(Tx tx) {
            change.accept(tx);
            return 0;
          }
        });
  }

  private static void enqueue(TestServer server, Channel channel, Id message, String state) {
    execute(
        server,
        tx ->
            tx.update(
                """
                INSERT INTO outbox (workspace_key, channel_key, message_id, conversation_key, seq,
                  previous_seq, state, attempt, spent, throttled, due_time, expire_time)
                VALUES (?, ?, ?, 1, 1, 0, ?, 0, 0, 0, 0, 0)\
                """,
                binds ->
                    binds
                        .number(channel.workspace())
                        .number(channel.key())
                        .id(message)
                        .text(state)));
  }

  @Test
  default void aNewChannelIsAnsweredWithoutItsSecrets() {
    on(
        server -> {
          JsonObject made = server.json("POST /v1/channels", CREATE);
          String name = text(made, "name");
          assertThat(name).matches("channels/[0-9a-f]{24}");
          assertThat(made.value("pigeon"))
              .hasToString(
                  JsonObject.builder()
                      .with("ring", "R1")
                      .with("whistleHint", "…x7Qd")
                      .with("messagesPerSecond", 80L)
                      .with(
                          "recipientLimit",
                          JsonObject.builder().with("burst", 45L).with("interval", "6s").build())
                      .build()
                      .toString());
          assertThat(text(made, "state")).isEqualTo("ACTIVE");
          assertThat(text(made, "health", "status")).isEqualTo("OK");
          assertThat(text(made, "inDoubt", "laneHold")).isEqualTo("5s");
          assertThat(text(made, "inboundUrl"))
              .isEqualTo("https://recado.example.com/providers/pigeon/" + name.substring(9));
          assertThat(text(made, "createTime")).isEqualTo("2026-04-03T10:00:00Z");
          assertThat(server.json("GET /v1/" + name, "")).isEqualTo(made);
          assertThat(server.pigeons.opened).as("creating calls nobody").hasValue(0);
        });
  }

  @Test
  default void secretsAreNowhereInClear() {
    on(
        server -> {
          String path = create(server, "R1");
          Channel channel = channel(server, path);
          String answers =
              new String(server.call("GET " + path, "").body(), StandardCharsets.UTF_8)
                  + new String(server.call("GET /v1/channels", "").body(), StandardCharsets.UTF_8)
                  + server.events()
                  + channel
                  + channel.settings();
          assertThat(answers).doesNotContain(TOKEN, "short");
          List<String> row =
              server.reads.read(
                  r ->
                      r.query(
                          "SELECT settings, secrets FROM channel",
                          Binds.Binder.NONE,
                          columns ->
                              columns.text()
                                  + new String(columns.bytes(), StandardCharsets.ISO_8859_1)));
          assertThat(row.getFirst()).contains("R1").doesNotContain(TOKEN, "short");
          assertThat(channel.settings().find("whistle")).contains(TOKEN);
        });
  }

  @Test
  default void anotherWorkspacesChannelIsNotFoundInTheSameWords() {
    on(
        server -> {
          String path = create(server, "R1");
          var stranger = TestServer.caller(2);
          String missing = "/v1/channels/ffffffffffffffffffffffff";
          for (String verb : List.of("GET ", "PATCH ", "DELETE ")) {
            assertThatExceptionOfType(ApiError.class)
                .isThrownBy(() -> server.call(stranger, verb + path, "{}", Map.of()))
                .satisfies(
                    e ->
                        assertThat(
                                e.getMessage()
                                    .replace(path, missing)
                                    .replace(path.substring(4), missing.substring(4)))
                            .isEqualTo(server.refusal(verb + missing, "{}").getMessage()));
          }
          Response list = server.call(stranger, "GET /v1/channels", "", Map.of());
          assertThat(Json.readObject(list.body()).items("channels")).isEmpty();
        });
  }

  @Test
  default void channelsAreListedNewestFirstPageByPage() {
    on(
        server -> {
          List<String> made =
              List.of(create(server, "R1"), create(server, "R2"), create(server, "R3"));
          JsonObject first = server.json("GET /v1/channels?pageSize=2", "");
          assertThat(first.objects("channels"))
              .extracting(channel -> "/v1/" + text(channel, "name"))
              .containsExactly(made.get(2), made.get(1));
          JsonObject second =
              server.json(
                  "GET /v1/channels?pageSize=2&pageToken=" + text(first, "nextPageToken"), "");
          assertThat(second.objects("channels"))
              .extracting(channel -> "/v1/" + text(channel, "name"))
              .containsExactly(made.get(0));
          assertThat(second.fields()).containsEntry("nextPageToken", null);
        });
  }

  @Test
  default void aKeyForSomeChannelsSeesThoseAlone() {
    on(
        server -> {
          create(server, "R1");
          Channel mine = channel(server, create(server, "R2"));
          Channel gone = channel(server, create(server, "R3"));
          server.call("DELETE /v1/" + gone.name(), "");
          var caller = TestServer.caller(TestServer.WORKSPACE, mine.id(), gone.id());
          Response list = server.call(caller, "GET /v1/channels", "", Map.of());
          assertThat(Json.readObject(list.body()).objects("channels"))
              .extracting(channel -> text(channel, "name"))
              .containsExactly(mine.name());
        });
  }

  @Test
  default void anAccountBelongsToOneChannelOfAWorkspace() {
    on(
        server -> {
          String first = create(server, "R1");
          String second = create(server, "R2");
          ApiError created = server.refusal("POST /v1/channels", CREATE);
          assertThat(created.reason()).isEqualTo(ErrorReason.ACCOUNT_ALREADY_USED);
          assertThat(created.metadata()).containsEntry("resource", first.substring(4));
          ApiError patched = server.refusal("PATCH " + second, "{'pigeon':{'ring':'R1'}}");
          assertThat(patched.reason()).isEqualTo(ErrorReason.ACCOUNT_ALREADY_USED);
          server.call(TestServer.caller(2), "POST /v1/channels", CREATE, Map.of());
          server.call("PATCH " + first, "{'pigeon':{'ring':'R9'}}");
          server.call("PATCH " + second, "{'pigeon':{'ring':'R1'}}");
          assertThat(server.channels.findByAccount(1, "PIGEON", "R1"))
              .hasValueSatisfying(c -> assertThat("/v1/" + c.name()).isEqualTo(second));
        });
  }

  @Test
  default void aChangeIsStoredToldAndAudited() {
    on(
        server -> {
          String path = create(server, "R1");
          server.clock.advance(Duration.ofMinutes(1));
          JsonObject changed =
              server.json(
                  "PATCH " + path,
                  "{'displayName':'Shop','pigeon':{'whistle':'whistle-abcdefghij-new1',"
                      + "'messagesPerSecond':null},'inDoubt':{'policy':'RESEND'}}");
          assertThat(text(changed, "displayName")).isEqualTo("Shop");
          assertThat(text(changed, "pigeon", "whistleHint")).isEqualTo("…new1");
          assertThat(text(changed, "pigeon", "messagesPerSecond")).isNull();
          assertThat(text(changed, "updateTime")).isEqualTo("2026-04-03T10:01:00Z");
          assertThat(text(changed, "createTime")).isEqualTo("2026-04-03T10:00:00Z");
          assertThat(server.newChannels().require(1, channel(server, path).id()))
              .isEqualTo(channel(server, path));
          assertThat(server.events())
              .hasSize(2)
              .last()
              .asString()
              .startsWith("channel.updated ")
              .contains("\"displayName\":\"Shop\"");
          List<AuditEntry> audit = server.reads.read(r -> AuditStore.page(r, 1, null, 10));
          assertThat(audit)
              .extracting(entry -> entry.action() + " " + Json.text(entry.details()))
              .containsExactly(
                  "channels.update {\"fields\":[\"displayName\",\"inDoubt\",\"messagesPerSecond\","
                      + "\"whistle\"]}",
                  "channels.create {\"type\":\"PIGEON\",\"displayName\":\"Orders\"}");
        });
  }

  @Test
  default void aChangeOfNothingLeavesNoTrace() {
    on(
        server -> {
          String path = create(server, "R1");
          server.clock.advance(Duration.ofMinutes(1));
          JsonObject same = server.json("PATCH " + path, "{'displayName':'Orders'}");
          assertThat(text(same, "updateTime")).isEqualTo("2026-04-03T10:00:00Z");
          assertThat(server.events()).hasSize(1);
        });
  }

  @Test
  default void pausingAndResumingChangeTheStateOnce() {
    on(
        server -> {
          String path = create(server, "R1");
          assertThat(text(server.json("POST " + path + ":pause", ""), "state")).isEqualTo("PAUSED");
          assertThat(text(server.json("POST " + path + ":pause", "{}"), "state"))
              .isEqualTo("PAUSED");
          assertThat(server.events()).hasSize(2);
          assertThat(channel(server, path).isSending()).isFalse();
          assertThat(text(server.json("POST " + path + ":resume", ""), "state"))
              .isEqualTo("ACTIVE");
          assertThat(channel(server, path).isSending()).isTrue();
          assertThat(server.refusal("POST " + path + ":pause", "{'why':'x'}").violations())
              .extracting(violation -> violation.field())
              .containsExactly("why");
        });
  }

  @Test
  default void aDisabledChannelIsEnabledByAnUpdateOnly() {
    on(
        server -> {
          String path = create(server, "R1");
          server.call("PATCH " + path, "{'state':'DISABLED'}");
          for (String verb : List.of(":pause", ":resume")) {
            ApiError refusal = server.refusal("POST " + path + verb, "");
            assertThat(refusal.reason()).isEqualTo(ErrorReason.CHANNEL_DISABLED);
            assertThat(refusal.metadata()).containsEntry("state", "DISABLED");
          }
          server.call("PATCH " + path, "{'state':'ACTIVE'}");
          assertThat(channel(server, path).isSending()).isTrue();
        });
  }

  @Test
  default void aCheckKeepsWhatItFindsAndAnswersWithIt() {
    on(
        server -> {
          String path = create(server, "R1");
          Channel channel = channel(server, path);
          enqueue(server, channel, server.ids.next(), "WAITING");
          server.pigeons.problems =
              List.of(
                  new ConnectorSession.Problem(
                      Reason.CREDENTIALS_INVALID, new ProviderAnswer(401, "190", "Expired.")));
          JsonObject broken = server.json("POST " + path + ":check", "");
          assertThat(text(broken, "health", "status")).isEqualTo("BROKEN");
          JsonObject problem = broken.object("health").orElseThrow().objects("problems").getFirst();
          assertThat(text(problem, "reason")).isEqualTo("CREDENTIALS_INVALID");
          assertThat(text(problem, "message"))
              .isEqualTo(
                  Reason.CREDENTIALS_INVALID.sentence() + " The provider said: 190: Expired.");
          assertThat(text(problem, "remedy")).isEqualTo(Reason.CREDENTIALS_INVALID.remedy());
          assertThat(text(problem, "sinceTime")).isEqualTo("2026-04-03T10:00:00Z");
          assertThat(text(problem, "waitingMessages")).isEqualTo("1");
          server.call("POST " + path + ":check", "");
          assertThat(server.events()).as("nothing new the second time").hasSize(2);
          server.pigeons.problems = List.of();
          assertThat(text(server.json("POST " + path + ":check", ""), "health", "status"))
              .isEqualTo("OK");
        });
  }

  @Test
  default void whatBreaksAChannelIsMendedByNewSettingsOrByResuming() {
    on(
        server -> {
          String path = create(server, "R1");
          var answer = new ProviderAnswer(401, "190", null);
          for (String mend :
              List.of(
                  "PATCH " + path + " {'pigeon':{'whistle':'other'}}",
                  "POST " + path + ":resume {}")) {
            Channel before = channel(server, path);
            server.journal.commit(
                RecordHealth.broken(
                    server.channels,
                    before,
                    Reason.CREDENTIALS_INVALID,
                    answer,
                    server.clock.instant()));
            assertThat(channel(server, path).isSending()).isFalse();
            int body = mend.lastIndexOf(" {");
            server.call(mend.substring(0, body), mend.substring(body + 1));
            assertThat(channel(server, path).isSending()).isTrue();
          }
          Channel channel = channel(server, path);
          server.journal.commit(
              RecordHealth.broken(
                  server.channels,
                  channel,
                  Reason.PAYMENT_REQUIRED,
                  answer,
                  server.clock.instant()));
          server.call("PATCH " + path, "{'displayName':'Other'}");
          assertThat(channel(server, path).isSending()).as("a name mends nothing").isFalse();
          server.journal.commit(
              RecordHealth.mended(server.channels, channel, server.clock.instant()));
          assertThat(channel(server, path).isSending()).isTrue();
        });
  }

  @Test
  default void aLateAnswerToTheOldTokenDoesNotBreakWhatANewOneHasMended() {
    on(
        server -> {
          String path = create(server, "R1");
          Channel old = channel(server, path);
          server.call("PATCH " + path, "{'pigeon':{'whistle':'other'}}");

          server.journal.commit(
              RecordHealth.broken(
                  server.channels,
                  old,
                  Reason.CREDENTIALS_INVALID,
                  new ProviderAnswer(401, "190", null),
                  server.clock.instant()));

          assertThat(channel(server, path).isSending()).isTrue();
        });
  }

  @Test
  default void theQueueIsCountedByWhatItsMessagesWaitFor() {
    on(
        server -> {
          String path = create(server, "R1");
          Channel channel = channel(server, path);
          enqueue(server, channel, server.ids.next(), "SCHEDULED");
          server.clock.advance(Duration.ofSeconds(5));
          Id oldest = server.ids.next();
          server.clock.advance(Duration.ofSeconds(5));
          enqueue(server, channel, server.ids.next(), "WAITING");
          enqueue(server, channel, server.ids.next(), "HELD");
          enqueue(server, channel, server.ids.next(), "IN_DOUBT");
          enqueue(server, channel, oldest, "IN_FLIGHT");
          assertThat(server.json("GET " + path, "").object("queue").orElseThrow())
              .isEqualTo(
                  JsonObject.builder()
                      .with("waiting", 2L)
                      .with("scheduled", 1L)
                      .with("inFlight", 1L)
                      .with("inDoubt", 1L)
                      .with("oldestTime", "2026-04-03T10:00:05Z")
                      .build());
        });
  }

  @Test
  default void aDeletedChannelIsGoneAndItsAccountIsFree() {
    on(
        server -> {
          String path = create(server, "R1");
          Channel channel = channel(server, path);
          assertThat(server.call("DELETE " + path, "").status()).isEqualTo(204);
          for (String request :
              List.of(
                  "GET " + path, "PATCH " + path, "DELETE " + path, "POST " + path + ":pause")) {
            assertThat(server.refusal(request, "{}").reason())
                .isEqualTo(ErrorReason.RESOURCE_NOT_FOUND);
          }
          assertThat(server.channels.find(channel.key())).isEmpty();
          assertThat(server.newChannels().find(channel.key())).isEmpty();
          assertThat(server.json("GET /v1/channels", "").items("channels")).isEmpty();
          Channel next = channel(server, create(server, "R1"));
          assertThat(next.key()).as("its key is never used again").isGreaterThan(channel.key());
          assertThat(server.events().get(1)).contains("\"deleteTime\":\"2026-04-03T10:00:00Z\"");
          List<String> left =
              server.reads.read(
                  r ->
                      r.query(
                          "SELECT settings, secrets FROM channel WHERE delete_time IS NOT NULL",
                          Binds.Binder.NONE,
                          row -> row.text() + row.bytes().length));
          assertThat(left).containsExactly("{}0");
        });
  }

  @Test
  default void aChannelThroughWhichOthersAreCalledIsNotDeletedForSevenDays() {
    on(
        server -> {
          String path = create(server, "R1");
          Channel channel = channel(server, path);
          assertThat(NoteRelay.isDue(channel, server.clock.instant())).isTrue();
          server.journal.commit(new NoteRelay(server.channels, channel, server.clock.instant()));
          assertThat(NoteRelay.isDue(channel(server, path), server.clock.instant())).isFalse();
          server.clock.advance(Duration.ofDays(7).minusMillis(1));
          assertThat(server.refusal("DELETE " + path, "").reason())
              .isEqualTo(ErrorReason.CHANNEL_IN_USE);
          server.clock.advance(Duration.ofMillis(1));
          assertThat(server.call("DELETE " + path, "").status()).isEqualTo(204);
        });
  }

  @Test
  default void theSameCreateAgainIsAnsweredWithTheFirstChannel() {
    on(
        server -> {
          var caller = TestServer.caller(TestServer.WORKSPACE);
          Map<String, String> key = Map.of("Idempotency-Key", "k-1");
          Response first = server.call(caller, "POST /v1/channels", CREATE, key);
          Response again = server.call(caller, "POST /v1/channels", CREATE, key);
          assertThat(again.body()).isEqualTo(first.body());
          assertThat(again.headers()).containsEntry(IdempotentAnswers.REPLAYED, "true");
          assertThat(server.events()).hasSize(1);
        });
  }

  @Test
  default void channelsAreFoundBySetting() {
    on(
        server -> {
          String first = create(server, "R1");
          create(server, "R2");
          server.call("PATCH " + first, "{'pigeon':{'loft':'L1'}}");
          assertThat(server.channels.findBySetting(1, "PIGEON", "loft", "L1"))
              .extracting(channel -> "/v1/" + channel.name())
              .containsExactly(first);
          assertThat(server.channels.findBySetting(2, "PIGEON", "loft", "L1")).isEmpty();
        });
  }
}
