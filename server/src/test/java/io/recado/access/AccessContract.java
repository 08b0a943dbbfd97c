package io.recado.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recado.access.AccessBench.Answer;
import io.recado.http.request.Role;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.Row;
import io.recado.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What keys, workspaces and the audit log promise, by way of the API, on every database.
interface AccessContract {

  String ADMIN = AccessBench.ADMIN_KEY;
  String KEYS = "/v1/apiKeys";
  String WORKSPACES = "/v1/workspaces";

  Dialect engine();

  @Test
  default void aNewKeyIsShownOnceAndWorksAtOnce() {
    try (var bench = AccessBench.on(engine())) {
      Answer made = bench.post(ADMIN, KEYS, "{\"role\": \"ADMIN\", \"displayName\": \"Shop\"}");
      assertThat(made.status()).isEqualTo(200);
      String key = made.string("key");
      assertThat(made.string("name")).matches("apiKeys/[0-9a-f]{24}");
      assertThat(made.string("keyHint")).isEqualTo("rcd_…" + key.substring(38));
      assertThat(made.string("createTime")).isEqualTo("2026-04-03T10:00:00Z");
      Answer got = bench.get(key, "/v1/" + made.string("name"));
      assertThat(got.string("displayName")).isEqualTo("Shop");
      assertThat(got.text() + bench.get(key, KEYS).text()).doesNotContain(key);
    }
  }

  @Test
  default void onlyTheHashOfAKeyIsStored() {
    try (var bench = AccessBench.on(engine())) {
      String key = bench.key(Role.SENDER);
      List<byte[]> hashes =
          bench.reads.read(
              database -> database.query("SELECT hash FROM api_key", _ -> {}, Row::bytes));
      assertThat(hashes).hasSize(2).contains(KeyText.of(key).hash().bytes());
      assertThat(bench.get(ADMIN, "/v1/auditLog").text()).doesNotContain(key);
    }
  }

  @Test
  default void everyFaultOfANewKeyIsNamedAtOnce() {
    try (var bench = AccessBench.on(engine())) {
      Answer refused =
          bench.post(
              ADMIN,
              KEYS,
              """
              {"role": "OPERATOR", "channels": ["x"], "requestsPerSecond": 0, "rol": 1,
               "expireTime": "2026-04-03T09:59:59Z", "displayName": ""}\
              """);
      assertThat(refused.status()).isEqualTo(400);
      List<JsonObject> details = refused.json().object("error").orElseThrow().objects("details");
      assertThat(details.get(1).objects("fieldViolations"))
          .extracting(violation -> violation.string("field").orElseThrow())
          .containsExactlyInAnyOrder(
              "role", "channels", "requestsPerSecond", "rol", "expireTime", "displayName");
      assertThat(bench.post(ADMIN, KEYS, "{}").reason()).isEqualTo("INVALID_FIELDS");
      assertThat(bench.get(ADMIN, KEYS).strings("apiKeys", "name")).hasSize(1);
    }
  }

  @Test
  default void aKeyMayBeConfinedToChannelsThatTheWorkspaceHas() {
    try (var bench = AccessBench.on(engine())) {
      Id channel = bench.channel();
      String body = "{\"role\": \"SENDER\", \"channels\": [\"channels/%s\"]}";
      Answer made = bench.post(ADMIN, KEYS, body.formatted(channel));
      assertThat(made.json().items("channels")).isEqualTo(List.of("channels/" + channel));
      var caller = bench.authentication.authenticate("Bearer " + made.string("key"));
      assertThat(caller.mayUse(channel)).isTrue();
      Id other = bench.ids.next();
      assertThat(caller.mayUse(other)).isFalse();
      Answer refused = bench.post(ADMIN, KEYS, body.formatted(other));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text()).contains("There is no channels/" + other + " in this workspace.");
    }
  }

  @Test
  default void aRevokedKeyIsRefusedAtOnceHereAndWithinFiveSecondsElsewhere() {
    try (var bench = AccessBench.on(engine())) {
      Answer made = bench.post(ADMIN, KEYS, "{\"role\": \"ADMIN\"}");
      String key = made.string("key");
      String name = "/v1/" + made.string("name");
      Authentication elsewhere = bench.authentication();
      elsewhere.authenticate("Bearer " + key);
      assertThat(bench.get(key, KEYS).status()).isEqualTo(200);
      assertThat(bench.delete(ADMIN, name).status()).isEqualTo(204);
      assertThat(bench.get(key, KEYS).reason()).isEqualTo("CREDENTIALS_UNKNOWN");
      bench.clock.advance(Authentication.MAX_AGE);
      assertThatThrownBy(() -> elsewhere.authenticate("Bearer " + key))
          .hasMessageContaining("revoked");
      assertThat(bench.delete(ADMIN, name).status()).isEqualTo(404);
      assertThat(bench.get(ADMIN, name).status()).isEqualTo(404);
    }
  }

  @Test
  default void rolesOpenTheirOwnDoorsOnly() {
    try (var bench = AccessBench.on(engine())) {
      for (Role role : List.of(Role.READER, Role.SENDER, Role.OPERATOR)) {
        assertThat(bench.get(bench.key(role), KEYS).reason()).isEqualTo("ROLE_MISSING");
        assertThat(bench.get(bench.key(role), "/v1/auditLog").reason()).isEqualTo("ROLE_MISSING");
      }
      assertThat(bench.get(ADMIN, WORKSPACES).reason()).isEqualTo("ROLE_MISSING");
      assertThat(bench.get(bench.key(Role.OPERATOR), WORKSPACES).status()).isEqualTo(200);
    }
  }

  @Test
  default void aRepeatedPostIsGivenTheFirstAnswerSecretsIncluded() {
    try (var bench = AccessBench.on(engine())) {
      String body = "{\"role\": \"READER\", \"displayName\": \"x\"}";
      Answer first = bench.post(ADMIN, KEYS, body, "a-key");
      Answer again =
          bench.post(ADMIN, KEYS, "{\"displayName\":\"x\",\"role\":\"READER\"}", "\"a-key\"");
      assertThat(again.text()).isEqualTo(first.text());
      assertThat(first.header("Idempotent-Replayed")).isNull();
      assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
      Answer other = bench.post(ADMIN, KEYS, "{\"role\": \"SENDER\"}", "a-key");
      assertThat(other.status()).isEqualTo(422);
      assertThat(other.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
      assertThat(other.text()).contains("2026-04-03T10:00:00Z").contains(first.string("name"));
      assertThat(bench.get(ADMIN, KEYS).strings("apiKeys", "name")).hasSize(2);
      byte[] kept =
          bench.reads.read(
              database ->
                  database
                      .query("SELECT answer FROM idempotency_key", _ -> {}, Row::bytes)
                      .getFirst());
      assertThat(new String(kept, StandardCharsets.ISO_8859_1))
          .doesNotContain(first.string("key"))
          .doesNotContain("READER");
    }
  }

  @Test
  default void listsArePagedWithoutGapOrRepeat() {
    try (var bench = AccessBench.on(engine())) {
      for (int i = 0; i < 6; i++) {
        bench.key(Role.READER);
      }
      List<String> names = new ArrayList<>();
      Answer page = bench.get(ADMIN, KEYS + "?pageSize=3");
      names.addAll(page.strings("apiKeys", "name"));
      while (page.json().string("nextPageToken").isPresent()) {
        page = bench.get(ADMIN, KEYS + "?pageSize=3&pageToken=" + page.string("nextPageToken"));
        names.addAll(page.strings("apiKeys", "name"));
      }
      assertThat(names)
          .hasSize(7)
          .doesNotHaveDuplicates()
          .isSortedAccordingTo(Comparator.reverseOrder());
      assertThat(page.json().fields()).containsKey("nextPageToken");
    }
  }

  @Test
  default void theAuditLogTellsWhoChangedWhatNewestFirst() {
    try (var bench = AccessBench.on(engine())) {
      Answer made = bench.post(ADMIN, KEYS, "{\"role\": \"READER\"}");
      bench.clock.advance(Duration.ofSeconds(1));
      bench.delete(ADMIN, "/v1/" + made.string("name"));
      Answer log = bench.get(ADMIN, "/v1/auditLog?pageSize=2");
      String adminName = bench.get(ADMIN, KEYS).strings("apiKeys", "name").getLast();
      assertThat(log.strings("entries", "action"))
          .containsExactly("apiKeys.delete", "apiKeys.create");
      assertThat(log.strings("entries", "resource"))
          .containsExactly(made.string("name"), made.string("name"));
      assertThat(log.strings("entries", "actor")).containsExactly(adminName, adminName);
      assertThat(log.strings("entries", "time"))
          .containsExactly("2026-04-03T10:00:01Z", "2026-04-03T10:00:00Z");
      Answer first =
          bench.get(ADMIN, "/v1/auditLog?pageSize=2&pageToken=" + log.string("nextPageToken"));
      assertThat(first.strings("entries", "actor")).containsOnly("system");
    }
  }

  @Test
  default void aWorkspaceComesWithItsAdminKeyAndSeesNothingOfAnother() {
    try (var bench = AccessBench.on(engine())) {
      String operator = bench.key(Role.OPERATOR);
      Answer made = bench.post(operator, WORKSPACES, "{\"displayName\": \"Acme\"}");
      assertThat(made.string("name")).matches("workspaces/[0-9a-f]{24}");
      String admin = made.string("adminKey");
      assertThat(bench.get(admin, KEYS).strings("apiKeys", "role")).containsExactly("ADMIN");
      assertThat(bench.get(admin, "/v1/auditLog").strings("entries", "action"))
          .containsExactly("apiKeys.create");
      String foreign = bench.get(ADMIN, KEYS).strings("apiKeys", "name").getLast();
      String absent = "apiKeys/" + bench.ids.next();
      assertThat(bench.get(admin, "/v1/" + foreign).text().replace(foreign, absent))
          .isEqualTo(bench.get(admin, "/v1/" + absent).text());
      assertThat(bench.delete(admin, "/v1/" + foreign).status()).isEqualTo(404);
      assertThat(bench.get(ADMIN, KEYS).status()).isEqualTo(200);
      assertThat(bench.get(operator, WORKSPACES).strings("workspaces", "displayName"))
          .containsExactly("Acme", "default");
      assertThat(bench.get(operator, WORKSPACES).text()).doesNotContain(admin);
      assertThat(bench.post(operator, WORKSPACES, "{}").reason()).isEqualTo("INVALID_FIELDS");
    }
  }

  @Test
  default void theFirstStartMakesAWorkspaceAndEveryOtherFindsIt() {
    try (var bench = AccessBench.on(engine())) {
      var again = bench.start(ADMIN);
      assertThat(again.workspace().key()).isEqualTo(bench.workspace);
      assertThat(again.workspace().displayName()).isEqualTo("default");
      assertThat(again.newKey()).isEmpty();
      assertThat(bench.start(null).newKey()).isEmpty();
      bench.start("another-admin-key-of-mine");
      assertThat(bench.get("another-admin-key-of-mine", KEYS).strings("apiKeys", "role"))
          .containsExactly("ADMIN", "ADMIN");
    }
  }

  @Test
  default void aFirstStartWithoutAKeyTellsTheOneItMade() {
    try (var bench = AccessBench.on(engine())) {
      bench.change(
          tx -> {
            tx.update("DELETE FROM server_fact", _ -> {});
            tx.update("DELETE FROM workspace", _ -> {});
            return tx.update("DELETE FROM api_key", _ -> {});
          });
      String key = bench.start(null).newKey().orElseThrow();
      assertThat(bench.get(key, KEYS).strings("apiKeys", "role")).containsExactly("ADMIN");
    }
  }

  @Test
  default void theGivenAdminKeyIsMadeAnAdminAgainWhateverItWas() {
    try (var bench = AccessBench.on(engine())) {
      Answer made =
          bench.post(
              ADMIN, KEYS, "{\"role\": \"READER\", \"expireTime\": \"2026-04-03T10:00:01Z\"}");
      bench.clock.advance(Duration.ofDays(1));
      String key = made.string("key");
      assertThat(bench.get(key, KEYS).reason()).isEqualTo("CREDENTIALS_UNKNOWN");
      bench.start(key);
      bench.clock.advance(Authentication.MAX_AGE);
      assertThat(bench.get(key, KEYS).status()).isEqualTo(200);
    }
  }

  @Test
  default void anAdminKeyOfAnotherWorkspaceOrWithoutAFormIsRefused() {
    try (var bench = AccessBench.on(engine())) {
      String operator = bench.key(Role.OPERATOR);
      String foreign =
          bench.post(operator, WORKSPACES, "{\"displayName\": \"Acme\"}").string("adminKey");
      assertThatThrownBy(() -> bench.start(foreign)).hasMessageContaining("another workspace");
      assertThatThrownBy(() -> bench.start("too-short"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  default void theLastUseIsNotedAtMostOnceAMinute() {
    try (var bench = AccessBench.on(engine())) {
      String key = bench.key(Role.ADMIN);
      List<String> times = new ArrayList<>();
      for (int second = 0; second <= 120; second += 6) {
        bench.authentication.authenticate("Bearer " + key);
        bench
            .reads
            .read(database -> ApiKeyStore.findByHash(database, KeyText.of(key).hash()))
            .ifPresent(found -> times.add(String.valueOf(found.lastUsedTime())));
        bench.clock.advance(Duration.ofSeconds(6));
      }
      assertThat(times.stream().distinct())
          .containsExactly("2026-04-03T10:00:00Z", "2026-04-03T10:01:00Z", "2026-04-03T10:02:00Z");
    }
  }

  @Test
  default void aKeysRateIsHeldAndTold() {
    try (var bench = AccessBench.on(engine())) {
      String key =
          bench.post(ADMIN, KEYS, "{\"role\": \"ADMIN\", \"requestsPerSecond\": 2}").string("key");
      assertThat(bench.get(key, KEYS).header("RateLimit")).isEqualTo("\"key\";r=1;t=1");
      assertThat(bench.get(key, KEYS).header("RateLimit-Policy")).isEqualTo("\"key\";q=2;w=1");
      Answer refused = bench.get(key, KEYS);
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      bench.clock.advance(Duration.ofSeconds(1));
      assertThat(bench.get(key, KEYS).status()).isEqualTo(200);
    }
  }
}
