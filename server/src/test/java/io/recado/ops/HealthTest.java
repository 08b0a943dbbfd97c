package io.recado.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.recado.http.Routes;
import io.recado.http.Routes.Route;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.ops.Health.Check;
import io.recado.ops.StorageWatch.Disk;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTest {

  private static final long SECOND = 1_000_000_000L;
  private static final String TOKEN = "a-token-of-the-metrics";

  private final AtomicBoolean journal = new AtomicBoolean(true);
  private final AtomicBoolean database = new AtomicBoolean(true);
  private final AtomicLong nanos = new AtomicLong();
  private long free = 1L << 40;
  private long total = 1L << 40;

  @ParameterizedTest
  @ValueSource(strings = {"/livez", "/health/live"})
  void aLiveServerSaysSoAndALostDatabaseDoesNotChangeIt(String path) throws Exception {
    database.set(false);

    assertThat(call(path, Map.of()).status()).isEqualTo(200);

    journal.set(false);
    Response down = call(path, Map.of());
    assertThat(down.status()).isEqualTo(503);
    assertThat(new String(down.body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"status\":\"DOWN\",\"checks\":[{\"name\":\"journal\",\"status\":\"DOWN\"}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/readyz", "/health/ready"})
  void aServerIsReadyWhenAllChecksHold(String path) throws Exception {
    assertThat(json(call(path, Map.of())).string("status")).contains("UP");

    database.set(false);
    Response down = call(path, Map.of());
    assertThat(down.status()).isEqualTo(503);
    assertThat(json(down).objects("checks"))
        .extracting(check -> check.string("status").orElse(""))
        .containsExactly("UP", "DOWN");
  }

  @Test
  void aDatabaseIsDownWhenItHasNotAnsweredForFiveSeconds() {
    var answers = new AtomicBoolean(true);
    var watch = watch(answers, 0);

    nanos.addAndGet(4 * SECOND);
    watch.look();
    answers.set(false);
    nanos.addAndGet(4 * SECOND);
    watch.look();
    assertThat(watch.isDatabaseUp()).isTrue();

    nanos.addAndGet(SECOND);
    assertThat(watch.isDatabaseUp()).isFalse();

    answers.set(true);
    watch.look();
    assertThat(watch.isDatabaseUp()).isTrue();
  }

  @Test
  void anAnswerAfterMoreThanASecondIsNone() {
    var watch = watch(new AtomicBoolean(true), SECOND + 1);
    nanos.addAndGet(5 * SECOND);

    watch.look();

    assertThat(watch.isDatabaseUp()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    // free MiB, total MiB, has room
    "512, 1000000, true",
    "511, 1000000, false",
    "50, 1000, true",
    "49, 1000, false",
  })
  void theDiskHasRoomWith512MebibytesOrFivePercent(long freeMib, long totalMib, boolean hasRoom) {
    free = freeMib << 20;
    total = totalMib << 20;
    var watch = watch(new AtomicBoolean(true), 0);

    watch.look();

    assertThat(watch.hasRoom()).isEqualTo(hasRoom);
    assertThat(watch.freeBytes()).isEqualTo(free);
  }

  @Test
  void metricsAreForWhoeverHasTheToken() throws Exception {
    assertThat(call("/metrics", Map.of("Authorization", "Bearer " + TOKEN)).contentType())
        .startsWith("text/plain; version=0.0.4");
    assertThat(refusal(Map.of())).isEqualTo(ErrorReason.CREDENTIALS_MISSING);
    assertThat(refusal(Map.of("Authorization", "Bearer " + TOKEN + "x")))
        .isEqualTo(ErrorReason.CREDENTIALS_UNKNOWN);
    assertThat(refusal(Map.of("Authorization", TOKEN))).isEqualTo(ErrorReason.CREDENTIALS_UNKNOWN);
  }

  @Test
  void metricsAreOpenWithoutAToken() throws Exception {
    assertThat(call("/metrics", Map.of(), Optional.empty()).status()).isEqualTo(200);
  }

  private ErrorReason refusal(Map<String, String> headers) {
    return catchThrowableOfType(ApiError.class, () -> call("/metrics", headers)).reason();
  }

  private StorageWatch watch(AtomicBoolean answers, long answerNanos) {
    Runnable question =
        () -> {
          nanos.addAndGet(answerNanos);
          if (!answers.get()) {
            throw new IllegalStateException("gone");
          }
        };
    var disk =
        new Disk() {
          @Override
          public long freeBytes() {
            return free;
          }

          @Override
          public long totalBytes() {
            return total;
          }
        };
    return new StorageWatch(question, disk, nanos::get);
  }

  private Response call(String path, Map<String, String> headers) throws Exception {
    return call(path, headers, Optional.of(TOKEN));
  }

  private Response call(String path, Map<String, String> headers, Optional<String> token)
      throws Exception {
    var health =
        new Health(
            List.of(new Check("journal", journal::get)),
            List.of(new Check("journal", journal::get), new Check("database", database::get)));
    var routes = new Routes();
    new OpsRoutes(new Metrics(), health, token).addTo(routes);
    Route route =
        routes.all().stream().filter(r -> r.template().equals(path)).findFirst().orElseThrow();
    assertThat(route.isOpen()).isTrue();
    return route
        .handler()
        .handle(new Request("GET", path, Map.of(), Map.of(), headers::get, new byte[0], null));
  }

  private static JsonObject json(Response response) {
    return Json.readObject(response.body());
  }
}
