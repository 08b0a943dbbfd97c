package io.recado.message;

import io.recado.channel.Channel;
import io.recado.channel.Channels;
import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.page.Page;
import io.recado.http.page.PageTokens;
import io.recado.http.page.Position;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.http.request.Role;
import io.recado.journal.Id;
import io.recado.journal.ReadPool;
import io.recado.json.JsonObject;
import io.recado.message.ChannelMessageStore.Found;
import io.recado.message.ChannelMessageStore.Listed;
import io.recado.message.ChannelMessageStore.Search;
import java.util.List;

/// `/v1/channels/{channelId}/messages`: a channel's messages across its conversations.
public final class ChannelMessageRoutes implements RouteSource {

  private static final Page.Sizes SIZES = Page.Sizes.lowered(20, 100);

  private final Channels channels;
  private final ReadPool reads;
  private final PageTokens pageTokens;

  /// Routes over these parts.
  public ChannelMessageRoutes(Channels channels, ReadPool reads, PageTokens pageTokens) {
    this.channels = channels;
    this.reads = reads;
    this.pageTokens = pageTokens;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("/v1/channels/{channelId}/messages", Role.READER, this::list);
  }

  private Response list(Request request) {
    Channel channel =
        channels.require(request.requireCaller().workspace(), request.id("channelId"));
    Search search = MessageFilter.of(request);
    Page page = pageTokens.page(request, SIZES);
    Id before = page.after().map(position -> position.id(0)).orElse(null);
    Found found =
        reads.read(
            r ->
                ChannelMessageStore.find(
                    r,
                    channel.workspace(),
                    channel.key(),
                    search,
                    before,
                    page.limit(),
                    ChannelMessageStore.LOOKED_AT));
    return Response.ok(answer(page, channel, found));
  }

  private static JsonObject answer(Page page, Channel channel, Found found) {
    if (found.rows().size() <= page.size() && found.last() != null) {
      List<JsonObject> items = found.rows().stream().map(row -> json(channel, row)).toList();
      return page.answer("messages", items, Position.of(found.last()));
    }
    return page.answer(
        "messages",
        found.rows(),
        row -> json(channel, row),
        row -> Position.of(row.message().id()));
  }

  private static JsonObject json(Channel channel, Listed row) {
    return MessageJson.of(row.message(), Messages.name(channel, row.conversation()));
  }
}
