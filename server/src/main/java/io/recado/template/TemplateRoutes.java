package io.recado.template;

import io.recado.channel.Channel;
import io.recado.channel.Channels;
import io.recado.connector.ConnectorSession.TemplateListing.Failed;
import io.recado.connector.Reason;
import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.page.Filter;
import io.recado.http.page.Page;
import io.recado.http.page.PageTokens;
import io.recado.http.page.Position;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Fields;
import io.recado.http.request.Idempotency;
import io.recado.http.request.IdempotentAnswers;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.http.request.Role;
import io.recado.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/v1/channels/{channelId}/templates`: list, sync and preview.
public final class TemplateRoutes implements RouteSource {

  private static final Page.Sizes SIZES = Page.Sizes.strict(50, 100);
  private static final String COLLECTION = "/v1/channels/{channelId}/templates";
  private static final Duration AWAY = Duration.ofSeconds(10);

  private final Channels channels;
  private final Templates templates;
  private final TemplateSync sync;
  private final PageTokens pageTokens;
  private final IdempotentAnswers answers;

  /// Routes over these parts.
  public TemplateRoutes(
      Channels channels,
      Templates templates,
      TemplateSync sync,
      PageTokens pageTokens,
      IdempotentAnswers answers) {
    this.channels = channels;
    this.templates = templates;
    this.sync = sync;
    this.pageTokens = pageTokens;
    this.answers = answers;
  }

  @Override
  public void addTo(Routes routes) {
    routes
        .get(COLLECTION, Role.READER, this::list)
        .post(COLLECTION + ":sync", Role.ADMIN, this::sync)
        .post(COLLECTION + "/{templateName}:preview", Role.READER, this::preview);
  }

  /// By name, then by language; approved ones unless a filter is given.
  private Response list(Request request) {
    Channel channel = channel(request);
    Page page = pageTokens.page(request, SIZES);
    Optional<Filter> filter = Filter.of(request, TemplateFilter.FIELDS);
    String after = page.after().map(position -> position.text(0)).orElse("");
    List<Template> found =
        templates.of(channel).all().stream()
            .filter(template -> ChannelTemplates.sortKey(template).compareTo(after) > 0)
            .filter(
                template ->
                    filter
                        .map(given -> TemplateFilter.matches(given, template))
                        .orElse(template.isApproved()))
            .limit(page.limit())
            .toList();
    return Response.ok(
        page.answer(
            "templates",
            found,
            TemplateJson::of,
            template -> Position.of(ChannelTemplates.sortKey(template))));
  }

  private Response sync(Request request) {
    Channel channel = channel(request);
    request.fields().check();
    TemplateSync.Outcome outcome = sync.sync(channel);
    JsonObject counts =
        outcome
            .counts()
            .map(SyncTemplates.Counts::json)
            .orElseThrow(() -> refusal(outcome.failure()));
    return answers.commit(request, new KnownAnswer(channel.workspace(), counts));
  }

  private Response preview(Request request) {
    Channel channel = channel(request);
    String name = request.variable("templateName");
    ChannelTemplates known = templates.of(channel);
    if (known.named(name).isEmpty()) {
      throw ApiError.notFound(channel.name() + "/templates/" + name);
    }
    Fields body = request.fields();
    Optional<TemplateChoice.Chosen> chosen =
        TemplateChoice.read(body, known, channel.defaultLanguage(), name);
    body.check();
    TemplateChoice.Chosen shown = chosen.orElseThrow();
    JsonObject answer = Rendering.of(shown.template(), shown.content()).json(shown.template());
    // Nothing is stored for it but the answer under a key, when one was given.
    return Idempotency.keyOf(request).isEmpty()
        ? Response.ok(answer)
        : answers.commit(request, new KnownAnswer(channel.workspace(), answer));
  }

  private Channel channel(Request request) {
    return channels.require(request.requireCaller().workspace(), request.id("channelId"));
  }

  private static ApiError refusal(Failed failure) {
    Reason reason = failure.reason();
    if (reason == Reason.PROVIDER_UNAVAILABLE || reason == Reason.THROTTLED) {
      return ApiError.retryAfter(
          ErrorReason.PROVIDER_UNAVAILABLE,
          "The templates could not be listed: " + reason.sentence() + " Try again later.",
          AWAY);
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("reason", reason.name());
    Optional.ofNullable(failure.answer().code())
        .ifPresent(code -> metadata.put("providerCode", code));
    Optional.ofNullable(failure.answer().message())
        .ifPresent(message -> metadata.put("providerMessage", message));
    return ApiError.of(
        ErrorReason.PROVIDER_REFUSED, reason.sentence() + " " + reason.remedy(), metadata);
  }
}
