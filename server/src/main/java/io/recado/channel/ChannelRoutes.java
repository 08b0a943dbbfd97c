package io.recado.channel;

import io.recado.access.AuditLog;
import io.recado.access.AuditStamp;
import io.recado.channel.Channel.State;
import io.recado.connector.ConnectorSession.Problem;
import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.page.Page;
import io.recado.http.page.PageTokens;
import io.recado.http.page.Position;
import io.recado.http.request.Caller;
import io.recado.http.request.Fields;
import io.recado.http.request.IdempotentAnswers;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.http.request.Role;
import io.recado.journal.Id;
import io.recado.journal.Ids;
import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.journal.Reads;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// `/v1/channels`: make, list, get, change and delete channels; pause, resume and check them.
public final class ChannelRoutes implements RouteSource {

  private static final Page.Sizes SIZES = Page.Sizes.lowered(50, 100);
  private static final String COLLECTION = "/v1/channels";
  private static final String ONE = "/v1/channels/{channelId}";

  private final Channels channels;
  private final Connectors connectors;
  private final Storage storage;
  private final Ids ids;
  private final AuditLog auditLog;
  private final Supplier<String> publicUrl;

  /// @param publicUrl where providers reach this server, such as `https://recado.example.com`
  public ChannelRoutes(
      Channels channels,
      Connectors connectors,
      Storage storage,
      Ids ids,
      AuditLog auditLog,
      Supplier<String> publicUrl) {
    this.channels = channels;
    this.connectors = connectors;
    this.storage = storage;
    this.ids = ids;
    this.auditLog = auditLog;
    this.publicUrl = publicUrl;
  }

  /// How the routes read and change what is stored.
  ///
  /// @param withdrawal settles what a channel that is deleted was still to send
  public record Storage(
      Journal journal,
      ReadPool reads,
      IdempotentAnswers answers,
      PageTokens pageTokens,
      Withdrawal withdrawal) {}

  @Override
  public void addTo(Routes routes) {
    routes
        .post(COLLECTION, Role.ADMIN, this::create)
        .getAcrossChannels(COLLECTION, Role.READER, this::list)
        .get(ONE, Role.READER, this::get)
        .patch(ONE, Role.ADMIN, this::patch)
        .delete(ONE, Role.ADMIN, this::delete)
        .post(ONE + ":pause", Role.ADMIN, request -> change(request, State.PAUSED))
        .post(ONE + ":resume", Role.ADMIN, request -> change(request, State.ACTIVE))
        .post(ONE + ":check", Role.ADMIN, this::check);
  }

  private Response create(Request request) {
    long workspace = request.requireCaller().workspace();
    AuditStamp stamp = auditLog.stamp(request.requireCaller());
    return answer(
        request,
        CreateChannel.of(channels, connectors, workspace, ids.next(), request.json(), stamp));
  }

  private Response list(Request request) {
    Page page = storage.pageTokens().page(request, SIZES);
    Id before = page.after().map(position -> position.id(0)).orElse(null);
    List<Channel> found = page(request.requireCaller(), before, page.limit());
    return Response.ok(
        storage
            .reads()
            .read(
                reads ->
                    page.answer(
                        "channels",
                        found,
                        channel -> json(reads, channel),
                        channel -> Position.of(channel.id()))));
  }

  /// A key that is confined to some channels sees those alone.
  private List<Channel> page(Caller caller, @Nullable Id before, int limit) {
    if (caller.channels().isEmpty()) {
      return storage
          .reads()
          .read(reads -> channels.store().page(reads, caller.workspace(), before, limit));
    }
    return caller.channels().stream()
        .filter(id -> before == null || id.compareTo(before) < 0)
        .sorted(Comparator.reverseOrder())
        .flatMap(id -> channels.find(id).stream())
        .filter(channel -> channel.workspace() == caller.workspace())
        .limit(limit)
        .toList();
  }

  private Response get(Request request) {
    Channel channel = channel(request);
    return Response.ok(storage.reads().read(reads -> json(reads, channel)));
  }

  private Response patch(Request request) {
    Channel channel = channel(request);
    Fields body = request.fields();
    UnaryOperator<ChannelDraft> patch =
        ChannelFields.patch(body, request.parameter("updateMask"), channels.connector(channel));
    body.check();
    AuditStamp stamp = auditLog.stamp(request.requireCaller());
    return answer(request, new UpdateChannel(channels, channel, patch, stamp));
  }

  private Response delete(Request request) {
    Channel channel = channel(request);
    AuditStamp stamp = auditLog.stamp(request.requireCaller());
    var write = new DeleteChannel(channels, channel, storage.withdrawal(), stamp);
    boolean deleted = false;
    while (!deleted) {
      deleted = storage.journal().commit(write);
    }
    return Response.none();
  }

  private Response change(Request request, State state) {
    Channel channel = channel(request);
    request.fields().check();
    AuditStamp stamp = auditLog.stamp(request.requireCaller());
    return answer(request, new ChangeChannelState(channels, channel, state, stamp));
  }

  private Response check(Request request) {
    Channel channel = channel(request);
    request.fields().check();
    List<Problem> found = channels.session(channel).check();
    AuditStamp stamp = auditLog.stamp(request.requireCaller());
    return answer(request, new CheckChannel(channels, channel, found, stamp));
  }

  private Channel channel(Request request) {
    return channels.require(request.requireCaller().workspace(), request.id("channelId"));
  }

  private Response answer(Request request, Write<Channel> write) {
    return storage.answers().commit(request, write.answering(this::json));
  }

  private JsonObject json(Reads reads, Channel channel) {
    return ChannelJson.of(
        channel, channels.connector(channel), QueueStore.count(reads, channel), publicUrl.get());
  }
}
