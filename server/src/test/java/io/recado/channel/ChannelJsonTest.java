package io.recado.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.channel.Channel.InDoubt;
import io.recado.channel.Channel.Limits;
import io.recado.channel.Channel.Problem;
import io.recado.channel.Channel.RecipientLimit;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.journal.Id;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.testing.CarrierPigeons;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelJsonTest {

  private static final Instant NOW = Instant.parse("2026-04-03T10:00:00.250Z");
  private static final QueueFigures EMPTY = new QueueFigures(0, 0, 0, 0, null);

  private final CarrierPigeons pigeons = new CarrierPigeons();

  private ChannelDraft draft() {
    return ChannelDraft.blank(pigeons)
        .withSetting("ring", Optional.of("R1"))
        .withSetting("whistle", Optional.of("w"));
  }

  private Channel channel(ChannelDraft draft) {
    return Channel.of(1, new Id(1, 1), pigeons, draft, NOW);
  }

  private JsonObject json(Channel channel, QueueFigures queue) {
    return ChannelJson.of(channel, pigeons, queue, "https://recado.example.com");
  }

  private JsonObject pigeon(ChannelDraft draft) {
    return json(channel(draft), EMPTY).object("pigeon").orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          123456789012345, -
          1234567890123456, …3456
          a-very-long-secret-x7Qd, …x7Qd
          señal-señal-señal-ñandú, …andú
          12345678901234😀😀, …34😀😀
          😀😀😀😀😀😀😀😀, -
          """)
  void onlyLongSecretsAreHintedAtByTheirEnd(String secret, String hint) {
    assertThat(pigeon(draft().withSetting("whistle", Optional.of(secret))).value("whistleHint"))
        .isEqualTo(hint);
  }

  @Test
  void aLimitThatIsLiftedIsAbsent() {
    assertThat(pigeon(draft().withLimits(new Limits(null, null))).fields())
        .containsOnlyKeys("ring");
  }

  @ParameterizedTest
  @CsvSource({"6000, 6s", "250, 0.25s", "1, 0.001s", "3600000, 3600s", "10000, 10s"})
  void durationsAreSecondsWithAtMostThreeDecimals(long millis, String text) {
    var limit = new RecipientLimit(1, Duration.ofMillis(millis));
    assertThat(
            pigeon(draft().withLimits(new Limits(80, limit)))
                .object("recipientLimit")
                .orElseThrow()
                .string("interval"))
        .contains(text);
  }

  @Test
  void aProblemThatStopsNothingDegradesAndKeepsNobodyWaiting() {
    Channel channel =
        channel(draft())
            .withProblems(
                List.of(
                    new Problem(
                        Reason.TEMPLATE_ACCOUNT_MISSING, ProviderAnswer.ofStatus(0), NOW, false)));
    assertThat(Json.text(json(channel, new QueueFigures(3, 0, 0, 0, NOW)).value("health")))
        .isEqualTo(
            "{\"status\":\"DEGRADED\",\"problems\":[{\"reason\":\"TEMPLATE_ACCOUNT_MISSING\","
                + "\"message\":\""
                + Reason.TEMPLATE_ACCOUNT_MISSING.sentence()
                + "\",\"remedy\":\""
                + Reason.TEMPLATE_ACCOUNT_MISSING.remedy()
                + "\",\"sinceTime\":\"2026-04-03T10:00:00.250Z\",\"waitingMessages\":0}]}");
  }

  @Test
  void anEventHoldsNeitherSettingsNorCounts() {
    JsonObject change = ChannelJson.change(channel(draft()), NOW);
    assertThat(change.fields())
        .containsOnlyKeys(
            "name", "type", "state", "createTime", "updateTime", "health", "deleteTime");
  }

  @Test
  void whatIsStoredAsJsonIsReadBackTheSame() {
    for (Limits limits :
        List.of(
            new Limits(null, null),
            new Limits(80, null),
            new Limits(null, new RecipientLimit(45, Duration.ofMillis(250))))) {
      assertThat(StoredJson.limits(StoredJson.of(limits))).isEqualTo(limits);
    }
    var inDoubt =
        new InDoubt(InDoubt.Policy.RESEND, Duration.ofSeconds(90), Duration.ofMillis(1_500));
    assertThat(StoredJson.inDoubt(StoredJson.of(inDoubt))).isEqualTo(inDoubt);
    List<Problem> problems =
        List.of(
            new Problem(
                Reason.CREDENTIALS_INVALID, new ProviderAnswer(401, "190", "No."), NOW, true),
            new Problem(Reason.THROTTLED, ProviderAnswer.ofStatus(200), NOW, false));
    assertThat(StoredJson.problems(StoredJson.of(problems))).isEqualTo(problems);
    assertThat(StoredJson.problems("{}")).isEmpty();
  }
}
