package io.recado.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.recado.channel.Channel.InDoubt;
import io.recado.channel.Channel.Limits;
import io.recado.channel.Channel.RecipientLimit;
import io.recado.channel.Channel.State;
import io.recado.connector.Connector;
import io.recado.http.request.ApiError;
import io.recado.http.request.Fields;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.testing.CarrierPigeons;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelFieldsTest {

  private static final String LEAST = "'type':'PIGEON','pigeon':{'ring':'R1','whistle':'w'}";

  private final Connector pigeons = new CarrierPigeons();
  private final Connectors connectors = new Connectors(List.of(pigeons));

  private static JsonObject json(String text) {
    return Json.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private ChannelDraft create(String text) {
    Fields body = new Fields(json(text));
    Optional<ChannelDraft> draft =
        ChannelFields.type(body, connectors).map(kind -> ChannelFields.draft(body, kind));
    body.check();
    return draft.orElseThrow();
  }

  private ChannelDraft patch(ChannelDraft draft, String mask, String text) {
    Fields body = new Fields(json(text));
    UnaryOperator<ChannelDraft> patch =
        ChannelFields.patch(body, Optional.ofNullable(mask), pigeons);
    body.check();
    return patch.apply(draft);
  }

  private static List<String> faults(Runnable reading) {
    return catchThrowableOfType(ApiError.class, reading::run).violations().stream()
        .map(violation -> violation.field() + " " + violation.reason())
        .toList();
  }

  private ChannelDraft full() {
    return create(
        "{"
            + LEAST.replace("'w'", "'w','loft':'L','seal':'s','messagesPerSecond':5")
            + ",'displayName':'Shop','address':'roof','defaultLanguage':'es','state':'PAUSED',"
            + "'inDoubt':{'policy':'RESEND','window':'90s','laneHold':'2.5s'}}");
  }

  @Test
  void theLeastChannelHasTheProvidersDefaults() {
    ChannelDraft draft = create("{" + LEAST + "}");
    assertThat(draft.state()).isEqualTo(State.ACTIVE);
    assertThat(draft.inDoubt()).isEqualTo(InDoubt.DEFAULT);
    assertThat(draft.limits())
        .isEqualTo(new Limits(80, new RecipientLimit(45, Duration.ofSeconds(6))));
    assertThat(draft.account(pigeons)).isEqualTo("R1");
    assertThat(draft.displayName()).isNull();
  }

  @Test
  void allThatMayBeSetIsRead() {
    ChannelDraft draft = full();
    assertThat(draft.displayName()).isEqualTo("Shop");
    assertThat(draft.address()).isEqualTo("roof");
    assertThat(draft.defaultLanguage()).isEqualTo("es");
    assertThat(draft.state()).isEqualTo(State.PAUSED);
    assertThat(draft.limits().messagesPerSecond()).isEqualTo(5);
    assertThat(draft.settings().values().fields())
        .containsOnlyKeys("ring", "whistle", "loft", "seal");
    assertThat(draft.inDoubt())
        .isEqualTo(
            new InDoubt(InDoubt.Policy.RESEND, Duration.ofSeconds(90), Duration.ofMillis(2_500)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {} | type REQUIRED
          {'type':'WEBCHAT'} | type INVALID_VALUE
          {'type':'FAX','whatsapp':{},'displayName':'x'} | type INVALID_VALUE,whatsapp UNKNOWN_FIELD
          {'type':'FAX','pigeon':{'ring':'R1'},'displayName':'x'} | type INVALID_VALUE
          {'type':'PIGEON'} | pigeon.ring REQUIRED,pigeon.whistle REQUIRED
          {'type':'PIGEON','pigeon':[]} | pigeon WRONG_TYPE
          {'type':'PIGEON','pigeon':{'ring':'R'}} | pigeon.whistle REQUIRED
          {'type':'PIGEON','pigeon':{'ring':'','whistle':'w'}} | pigeon.ring REQUIRED
          {'type':'PIGEON','pigeon':{'ring':'  ','whistle':'w'}} | pigeon.ring INVALID_VALUE
          {'type':'PIGEON','pigeon':{'ring':7,'whistle':'w'}} | pigeon.ring WRONG_TYPE
          {'type':'PIGEON','pigeon':{'ring':null,'whistle':'w'}} | pigeon.ring REQUIRED
          {'type':'PIGEON','pigeon':{'ring':'R','whistle':'w\\n'}} | pigeon.whistle INVALID_VALUE
          {'type':'PIGEON','pigeon':{'ring':'R','whistle':'w','lof':'x'}} | pigeon.lof UNKNOWN_FIELD
          {LEAST,'whatsapp':{}} | whatsapp UNKNOWN_FIELD
          {LEAST,'displayName':''} | displayName REQUIRED
          {LEAST,'displayName':7} | displayName WRONG_TYPE
          {LEAST,'state':'BROKEN'} | state INVALID_VALUE
          {LEAST,'defaultLanguage':'español'} | defaultLanguage INVALID_VALUE
          {LEAST,'defaultLanguage':'es-'} | defaultLanguage INVALID_VALUE
          {LEAST,'inDoubt':{'policy':'GUESS'}} | inDoubt.policy INVALID_VALUE
          {LEAST,'inDoubt':{'window':'0s'}} | inDoubt.window TOO_SMALL
          {LEAST,'inDoubt':{'window':60}} | inDoubt.window WRONG_TYPE
          {LEAST,'inDoubt':{'laneHold':'3601s'}} | inDoubt.laneHold TOO_LARGE
          {LEAST,'inDoubt':{'hold':'1s'}} | inDoubt.hold UNKNOWN_FIELD
          {MORE'messagesPerSecond':0}} | pigeon.messagesPerSecond TOO_SMALL
          {MORE'messagesPerSecond':10001}} | pigeon.messagesPerSecond TOO_LARGE
          {MORE'messagesPerSecond':1.5}} | pigeon.messagesPerSecond WRONG_TYPE
          {MORE'messagesPerSecond':'80'}} | pigeon.messagesPerSecond WRONG_TYPE
          {MORE'recipientLimit':{}}} | pigeon.recipientLimit.burst REQUIRED,pigeon.recipientLimit.interval REQUIRED
          {MORE'recipientLimit':{'burst':0,'interval':'6s'}}} | pigeon.recipientLimit.burst TOO_SMALL
          {MORE'recipientLimit':{'burst':1,'interval':'0s'}}} | pigeon.recipientLimit.interval TOO_SMALL
          {MORE'recipientLimit':{'burst':1,'interval':'6s','x':1}}} | pigeon.recipientLimit.x UNKNOWN_FIELD
          {MORE'recipientLimit':45}} | pigeon.recipientLimit WRONG_TYPE
          """)
  void whatIsWrongIsNamed(String body, String expected) {
    String more = LEAST.substring(0, LEAST.length() - 1) + ",";
    String text = body.replace("LEAST", LEAST).replace("MORE", more);
    assertThat(faults(() -> create(text))).containsExactlyInAnyOrder(expected.split(","));
  }

  @Test
  void aSettingHasAtMost512Characters() {
    String longest = "{'type':'PIGEON','pigeon':{'ring':'R','whistle':'" + "w".repeat(512) + "'}}";
    assertThat(create(longest).settings().find("whistle"))
        .hasValueSatisfying(w -> assertThat(w).hasSize(512));
    assertThat(faults(() -> create(longest.replace("'}}", "w'}}"))))
        .containsExactly("pigeon.whistle TOO_LONG");
  }

  @ParameterizedTest
  @ValueSource(strings = {"es", "en-US", "en_US", "zh-Hant-TW", "prs_AF"})
  void bothSpellingsOfLanguagesAreTaken(String language) {
    assertThat(create("{" + LEAST + ",'defaultLanguage':'" + language + "'}").defaultLanguage())
        .isEqualTo(language);
  }

  @Test
  void nullLiftsALimit() {
    String more = LEAST.substring(0, LEAST.length() - 1);
    ChannelDraft draft = create("{" + more + ",'messagesPerSecond':null,'recipientLimit':null}}");
    assertThat(draft.limits()).isEqualTo(new Limits(null, null));
  }

  @Test
  void theBurstHasNoUpperLimitAndTheIntervalMayBeAFractionOfASecond() {
    String more = LEAST.substring(0, LEAST.length() - 1);
    ChannelDraft draft =
        create("{" + more + ",'recipientLimit':{'burst':1000000,'interval':'0.25s'}}}");
    assertThat(draft.limits().recipient())
        .isEqualTo(new RecipientLimit(1_000_000, Duration.ofMillis(250)));
  }

  @Test
  void whatOnlyTheServerWritesIsIgnored() {
    String answer =
        "{'name':'channels/x','createTime':'x','updateTime':'x','health':{},'queue':{},"
            + "'inboundUrl':'x','type':'PIGEON',"
            + "'pigeon':{'ring':'R1','whistle':'w','whistleHint':'…1234','sealHint':'…5678'}}";
    assertThat(create(answer)).isEqualTo(create("{" + LEAST + "}"));
    assertThat(patch(full(), null, answer.replace(",'whistle':'w'", ""))).isEqualTo(full());
  }

  @Test
  void aPatchWithoutMaskChangesWhatItHoldsAndNothingElse() {
    ChannelDraft changed =
        patch(
            full(),
            null,
            "{'displayName':'New','pigeon':{'whistle':'w2'},'inDoubt':{'window':'10s'}}");
    assertThat(changed)
        .isEqualTo(
            full()
                .withDisplayName(Optional.of("New"))
                .withSetting("whistle", Optional.of("w2"))
                .withInDoubt(
                    new InDoubt(
                        InDoubt.Policy.RESEND, Duration.ofSeconds(10), Duration.ofMillis(2_500))));
  }

  @Test
  void aNullInAPatchClears() {
    ChannelDraft changed =
        patch(full(), null, "{'displayName':null,'inDoubt':null,'pigeon':{'loft':null}}");
    assertThat(changed)
        .isEqualTo(
            full()
                .withDisplayName(Optional.empty())
                .withInDoubt(InDoubt.DEFAULT)
                .withSetting("loft", Optional.empty()));
  }

  @Test
  void whatIsMaskedAndAbsentIsSetToItsDefault() {
    ChannelDraft changed =
        patch(full(), "address,state,pigeon.messagesPerSecond,pigeon.seal,inDoubt", "{}");
    assertThat(changed)
        .isEqualTo(
            full()
                .withAddress(Optional.empty())
                .withState(State.ACTIVE)
                .withLimits(create("{" + LEAST + "}").limits())
                .withSetting("seal", Optional.empty())
                .withInDoubt(InDoubt.DEFAULT));
  }

  @Test
  void whatIsNotMaskedIsIgnored() {
    assertThat(patch(full(), "address", "{'address':'tower','displayName':'New'}"))
        .isEqualTo(full().withAddress(Optional.of("tower")));
  }

  @Test
  void anAsteriskReplacesAll() {
    assertThat(patch(full(), "*", "{'pigeon':{'ring':'R1','whistle':'w'}}"))
        .isEqualTo(create("{" + LEAST + "}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          - | {'pigeon':{'whistle':null}} | pigeon.whistle REQUIRED
          - | {'pigeon':null} | pigeon.ring REQUIRED,pigeon.whistle REQUIRED
          pigeon.whistle | {} | pigeon.whistle REQUIRED
          * | {'pigeon':{'ring':'R'}} | pigeon.whistle REQUIRED
          - | {'type':'WHATSAPP'} | type INVALID_VALUE
          - | {'colour':'red'} | colour UNKNOWN_FIELD
          address | {'colour':'red'} | colour UNKNOWN_FIELD
          colour | {} | updateMask INVALID_VALUE
          pigeon.recipientLimit.burst | {} | updateMask INVALID_VALUE
          """)
  void aPatchThatCannotBeIsRefused(String mask, String body, String expected) {
    assertThat(faults(() -> patch(full(), mask, body)))
        .containsExactlyInAnyOrder(expected.split(","));
  }

  @Test
  void theTypeMayBeRepeatedButNotChanged() {
    assertThat(patch(full(), null, "{'type':'PIGEON'}")).isEqualTo(full());
  }
}
