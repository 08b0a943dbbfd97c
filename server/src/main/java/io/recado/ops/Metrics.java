package io.recado.ops;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.recado.connector.Content;
import io.recado.connector.SendOutcome;
import io.recado.dispatch.Sending;
import io.recado.event.Event;
import io.recado.http.RequestObserver;
import io.recado.inbound.CallbackRoutes;
import io.recado.journal.Journal;
import io.recado.message.Backlog;
import io.recado.message.OutboxRow.State;
import io.recado.webhook.cursor.Answer;
import io.recado.webhook.delivery.Delivering;
import io.recado.webhook.endpoint.WebhookEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntSupplier;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// What is counted and measured, for Prometheus. No label has a value that a caller can choose:
/// routes are templates, everything else is a closed set. Safe for many threads.
///
/// A request costs two look-ups and two additions, and allocates nothing once its route was seen.
///
/// Source of the names: prometheus.io/docs/practices/naming.
public final class Metrics
    implements RequestObserver,
        Journal.Observer,
        Sending.Observer,
        CallbackRoutes.Observer,
        Delivering.Observer {

  private static final double SECOND = 1e9;
  private static final int HIGHEST_STATUS = 599;
  private static final Duration MAX_AGE = Duration.ofSeconds(15);

  private static final double[] SECONDS = {
    .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30
  };
  private static final double[] WRITES = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000};

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests =
      counter("recado_http_requests_total", "Requests answered.", "route", "method", "code");
  private final Histogram requestSeconds =
      histogram("recado_http_request_duration_seconds", "Time to answer.", SECONDS, "route");
  private final Counter accepted =
      counter(
          "recado_messages_accepted_total",
          "Messages stored to be sent.",
          "channel_type",
          "content_type");
  private final Counter statuses =
      counter("recado_messages_status_total", "Steps of messages.", "channel_type", "status");
  private final Counter attempts =
      counter("recado_dispatch_attempts_total", "Attempts to send.", "channel_type", "outcome");
  private final Histogram attemptSeconds =
      histogram("recado_dispatch_duration_seconds", "Time of an attempt.", SECONDS, "channel_type");
  private final Counter callbacks =
      counter("recado_provider_webhooks_total", "Calls by providers.", "provider", "result");
  private final Counter deliveries =
      counter("recado_webhook_deliveries_total", "Attempts to tell an event.", "outcome");
  private final DistributionDataPoint deliverySeconds =
      histogram("recado_webhook_delivery_duration_seconds", "Time of such an attempt.", SECONDS)
          .labelValues();
  private final DistributionDataPoint commitSeconds =
      histogram("recado_journal_commit_duration_seconds", "Time of a commit.", SECONDS)
          .labelValues();
  private final DistributionDataPoint commitWrites =
      histogram("recado_journal_batch_writes", "Changes committed together.", WRITES).labelValues();

  private final Map<String, RouteMetrics> routes = new ConcurrentHashMap<>();
  private final Map<String, CounterDataPoint> others = new ConcurrentHashMap<>();

  private volatile LongFunction<String> channelType = _ -> "unknown";

  /// Metrics of this process.
  public Metrics() {
    Info.builder()
        .name("recado_build_info")
        .help("Version of Recado and of Java.")
        .labelNames("version", "java")
        .register(registry)
        .setLabelValues(version(), System.getProperty("java.version"));
    ProcessMetrics.register(registry);
  }

  /// Adds how many readers follow events.
  public void watchStreams(IntSupplier streams) {
    gauge("recado_sse_streams", "Readers of events' streams.")
        .callback(gauge -> gauge.call(streams.getAsInt()))
        .register(registry);
  }

  /// Adds how webhooks stand.
  ///
  /// @param backlog how many events lie behind the cursors of all endpoints
  /// @param endpoints how many there are in a state
  public void watchWebhooks(
      Supplier<Long> backlog,
      ToLongFunction<WebhookEndpoint.State> endpoints,
      LongSupplier nanoTime) {
    Map<WebhookEndpoint.State, Sampled<Long>> counts = new EnumMap<>(WebhookEndpoint.State.class);
    var behind = new Sampled<>(backlog, MAX_AGE, nanoTime);
    gauge("recado_webhook_backlog_events", "Events that endpoints were not told of yet.")
        .callback(gauge -> behind.value().ifPresent(gauge::call))
        .register(registry);
    for (WebhookEndpoint.State state : WebhookEndpoint.State.values()) {
      counts.put(state, new Sampled<>(() -> endpoints.applyAsLong(state), MAX_AGE, nanoTime));
    }
    gauge("recado_webhook_endpoints", "Webhook endpoints.")
        .labelNames("state")
        .callback(
            gauge ->
                counts.forEach(
                    (state, count) ->
                        count.value().ifPresent(number -> gauge.call(number, state.name()))))
        .register(registry);
  }

  /// Adds what is looked up when it is asked for: at most every 15 seconds where that means asking
  /// the database.
  ///
  /// @param waiting how many changes wait for the journal
  /// @param freeBytes what the disk under the data folder has left
  public void watch(
      IntSupplier waiting,
      LongSupplier freeBytes,
      Supplier<Backlog> backlog,
      InstantSource clock,
      LongSupplier nanoTime) {
    gauge("recado_journal_queue_writes", "Changes that wait to be committed.")
        .callback(gauge -> gauge.call(waiting.getAsInt()))
        .register(registry);
    gauge("recado_disk_free_bytes", "Free on the disk of the data folder.")
        .callback(gauge -> gauge.call(freeBytes.getAsLong()))
        .register(registry);
    var sampled = new Sampled<>(backlog, MAX_AGE, nanoTime);
    gauge("recado_dispatch_queue_messages", "Messages that are not settled.")
        .labelNames("state")
        .callback(
            gauge ->
                sampled
                    .value()
                    .ifPresent(
                        known -> {
                          for (State state : State.values()) {
                            gauge.call(known.count(state), state.name());
                          }
                        }))
        .register(registry);
    gauge("recado_messages_in_doubt", "Messages that may or may not have been accepted.")
        .callback(
            gauge -> sampled.value().ifPresent(known -> gauge.call(known.count(State.IN_DOUBT))))
        .register(registry);
    gauge("recado_dispatch_oldest_waiting_seconds", "Age of the oldest message that waits.")
        .callback(gauge -> sampled.value().ifPresent(known -> gauge.call(age(known, clock))))
        .register(registry);
  }

  @Override
  public void answered(String route, String method, int status, long nanos) {
    RouteMetrics metrics = routes.get(route);
    if (metrics == null) {
      metrics =
          routes.computeIfAbsent(route, name -> new RouteMetrics(requestSeconds.labelValues(name)));
    }
    metrics.counter(route, method, status, requests).inc();
    metrics.seconds.observe(nanos / SECOND);
  }

  @Override
  public void committed(int writes, long nanos) {
    commitSeconds.observe(nanos / SECOND);
    commitWrites.observe(writes);
  }

  @Override
  public void told(Object fact) {
    if (fact instanceof Event event && event.channel() != null) {
      String status =
          switch (event.type()) {
            case MESSAGE_SENT -> "SENT";
            case MESSAGE_DELIVERED -> "DELIVERED";
            case MESSAGE_READ -> "READ";
            case MESSAGE_FAILED -> "FAILED";
            default -> "";
          };
      if (!status.isEmpty()) {
        statuses.labelValues(channelType.apply(event.channel()), status).inc();
      }
    }
  }

  /// Says what type a channel has, by its key. Set once, before the first message; asked on the
  /// journal's thread, so it must ask nobody itself.
  public void nameChannels(LongFunction<String> type) {
    channelType = type;
  }

  @Override
  public void attempted(String channelType, SendOutcome outcome, long nanos) {
    String name =
        switch (outcome) {
          case SendOutcome.Accepted _ -> "accepted";
          case SendOutcome.Refused _ -> "refused";
          case SendOutcome.RetryLater _ -> "retry_later";
          case SendOutcome.Throttled _ -> "throttled";
          case SendOutcome.ChannelBroken _ -> "channel_broken";
          case SendOutcome.InDoubt _ -> "in_doubt";
        };
    attempts.labelValues(channelType, name).inc();
    attemptSeconds.labelValues(channelType).observe(nanos / SECOND);
  }

  @Override
  public void attempted(Answer.Kind outcome, long nanos) {
    deliveries.labelValues(outcome.name().toLowerCase(Locale.ROOT)).inc();
    deliverySeconds.observe(nanos / SECOND);
  }

  @Override
  public void received(String channelType, String result) {
    callbacks.labelValues(channelType, result).inc();
  }

  /// A message was stored to be sent.
  public void accepted(String channelType, Content content) {
    String key = content.getClass().getSimpleName();
    CounterDataPoint point = others.get(channelType + key);
    if (point == null) {
      point =
          others.computeIfAbsent(
              channelType + key,
              _ -> accepted.labelValues(channelType, key.toUpperCase(Locale.ROOT)));
    }
    point.inc();
  }

  /// All of it in Prometheus' text format, version 0.0.4.
  byte[] scrape() {
    var out = new ByteArrayOutputStream(16_384);
    try {
      PrometheusTextFormatWriter.create()
          .write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static double age(Backlog backlog, InstantSource clock) {
    return backlog.oldest() == null
        ? 0
        : Math.max(0, Duration.between(backlog.oldest(), clock.instant()).toSeconds());
  }

  private static String version() {
    String version = Metrics.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  private Histogram histogram(String name, String help, double[] bounds, String... labels) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .classicOnly()
        .classicUpperBounds(bounds)
        .withoutExemplars()
        .register(registry);
  }

  private static GaugeWithCallback.Builder gauge(String name, String help) {
    return GaugeWithCallback.builder().name(name).help(help);
  }

  /// One route's numbers, found without a word being made.
  private static final class RouteMetrics {

    private final DistributionDataPoint seconds;
    private final Map<String, AtomicReferenceArray<CounterDataPoint>> methods =
        new ConcurrentHashMap<>();

    RouteMetrics(DistributionDataPoint seconds) {
      this.seconds = seconds;
    }

    CounterDataPoint counter(String route, String method, int status, Counter requests) {
      var codes = methods.get(method);
      if (codes == null) {
        codes =
            methods.computeIfAbsent(method, _ -> new AtomicReferenceArray<>(HIGHEST_STATUS + 1));
      }
      CounterDataPoint point = codes.get(status);
      if (point == null) {
        // Asked for twice it is the same point.
        point = requests.labelValues(route, method, Integer.toString(status));
        codes.set(status, point);
      }
      return point;
    }
  }
}
