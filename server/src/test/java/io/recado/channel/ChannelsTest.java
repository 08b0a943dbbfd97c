package io.recado.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.recado.access.AuditStamp;
import io.recado.connector.ConnectorSession;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.http.request.ApiError;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.testing.CarrierPigeons;
import io.recado.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChannelsTest {

  private static final String CREATE = "{'type':'PIGEON','pigeon':{'ring':'R1','whistle':'first'}}";

  private final TestServer server = new TestServer(Dialect.SQLITE);
  private final Channels channels = server.channels;

  @AfterEach
  void close() {
    server.close();
  }

  private Channel create() {
    String name = server.json("POST /v1/channels", CREATE).string("name").orElseThrow();
    return channels.require(1, Id.parse(name.substring("channels/".length())));
  }

  private void patch(Channel channel, String body) {
    server.call("PATCH /v1/" + channel.name(), body);
  }

  private void breakDown(Channel channel) {
    server.journal.commit(
        RecordHealth.broken(
            channels,
            channel,
            Reason.CREDENTIALS_INVALID,
            ProviderAnswer.ofStatus(401),
            server.clock.instant()));
  }

  @Test
  void aChannelIsFoundByIdAndByKeyAndInItsWorkspaceOnly() {
    Channel channel = create();
    assertThat(channels.find(channel.id())).contains(channel);
    assertThat(channels.find(channel.key())).contains(channel);
    assertThat(server.newChannels().find(channel.key())).contains(channel);
    assertThat(channels.find(channel.key() + 1)).isEmpty();
    assertThatExceptionOfType(ApiError.class)
        .isThrownBy(() -> channels.require(2, channel.id()))
        .withMessage(ApiError.notFound(channel.name()).getMessage());
  }

  @Test
  void theSessionIsOpenedAgainWhenSettingsChangeAndOnlyThen() {
    Channel channel = create();
    ConnectorSession first = channels.session(channel);
    patch(channel, "{'displayName':'Other'}");
    breakDown(channel);
    server.clock.advance(Channels.MAX_AGE);
    assertThat(channels.session(channel)).isSameAs(first);
    patch(channel, "{'pigeon':{'whistle':'second'}}");
    CarrierPigeons.Session second = (CarrierPigeons.Session) channels.session(channel);
    assertThat(second.settings.find("whistle")).contains("second");
    assertThat(server.pigeons.opened).hasValue(2);
  }

  @Test
  void aChangeOfAnotherNodeIsSeenAndToldAfterAWhile() {
    Channel channel = create();
    Channels other = server.newChannels();
    List<ChannelChange> told = new ArrayList<>();
    other.listen(told::add);
    other.require(1, channel.id());
    server.call("POST /v1/" + channel.name() + ":pause", "");
    assertThat(other.require(1, channel.id()).isSending()).isTrue();
    server.clock.advance(Channels.MAX_AGE);
    assertThat(other.require(1, channel.id()).isSending()).isFalse();
    assertThat(told)
        .singleElement()
        .satisfies(change -> assertThat(change.stopsSending()).isTrue());
  }

  @Test
  void listenersAreToldOfEveryChangeInOrder() {
    List<String> told = new ArrayList<>();
    channels.listen(
        change ->
            told.add(
                (change.before() == null ? "made" : change.after() == null ? "deleted" : "changed")
                    + (change.startsSending() ? " starts" : "")
                    + (change.stopsSending() ? " stops" : "")));
    Channel channel = create();
    patch(channel, "{'displayName':'Other'}");
    breakDown(channel);
    breakDown(channel);
    server.call("POST /v1/" + channel.name() + ":resume", "");
    server.call("DELETE /v1/" + channel.name(), "");
    assertThat(told)
        .containsExactly(
            "made starts", "changed", "changed stops", "changed starts", "deleted stops");
  }

  @Test
  void healthOfADeletedChannelIsNotRecorded() {
    Channel channel = create();
    server.call("DELETE /v1/" + channel.name(), "");
    int events = server.events().size();
    breakDown(channel);
    assertThat(server.events()).hasSize(events);
    assertThat(channels.find(channel.id())).isEmpty();
  }

  @Test
  void twoChangesOfDifferentFieldsDoNotUndoEachOther() {
    Channel channel = create();
    var stamp = new AuditStamp(server.ids.next(), server.clock.instant(), "cli");
    var other = new AuditStamp(server.ids.next(), server.clock.instant(), "cli");
    server.journal.commitAll(
        List.of(
            new UpdateChannel(
                channels, channel, draft -> draft.withAddress(Optional.of("a")), stamp),
            new UpdateChannel(
                channels, channel, draft -> draft.withDisplayName(Optional.of("b")), other)));
    Channel changed = channels.require(1, channel.id());
    assertThat(changed.address()).isEqualTo("a");
    assertThat(changed.displayName()).isEqualTo("b");
    assertThat(server.newChannels().require(1, channel.id())).isEqualTo(changed);
  }

  @Test
  void allChannelsAreListedAcrossWorkspaces() {
    Channel mine = create();
    server.call(TestServer.caller(2), "POST /v1/channels", CREATE, Map.of());
    assertThat(channels.all(0, 10)).extracting(Channel::workspace).containsExactly(1L, 2L);
    assertThat(channels.all(mine.key(), 10)).extracting(Channel::workspace).containsExactly(2L);
  }
}
