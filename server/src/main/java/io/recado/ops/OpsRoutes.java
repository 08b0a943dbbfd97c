package io.recado.ops;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.recado.http.RouteSource;
import io.recado.http.Routes;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Request;
import io.recado.http.request.Response;
import io.recado.json.Json;
import io.recado.ops.Health.Check;
import io.recado.ops.Health.Report;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/metrics`, `/livez` and `/readyz`, the latter two also under the names that charts use.
public final class OpsRoutes implements RouteSource {

  private static final String BEARER = "Bearer ";

  private final Metrics metrics;
  private final Health health;
  private final Optional<String> metricsToken;

  /// @param metricsToken what `/metrics` asks for; empty for nothing
  public OpsRoutes(Metrics metrics, Health health, Optional<String> metricsToken) {
    this.metrics = metrics;
    this.health = health;
    this.metricsToken = metricsToken;
  }

  @Override
  public void addTo(Routes routes) {
    routes
        .open("GET", "/metrics", 0, this::metrics)
        .open("GET", "/livez", 0, _ -> answer(health.live()))
        .open("GET", "/health/live", 0, _ -> answer(health.live()))
        .open("GET", "/readyz", 0, _ -> answer(health.ready()))
        .open("GET", "/health/ready", 0, _ -> answer(health.ready()));
  }

  private Response metrics(Request request) {
    metricsToken.ifPresent(token -> require(token, request.header().apply("Authorization")));
    return Response.bytes(PrometheusTextFormatWriter.CONTENT_TYPE, metrics.scrape());
  }

  private static void require(String token, @Nullable String authorization) {
    if (authorization == null) {
      throw ApiError.of(
          ErrorReason.CREDENTIALS_MISSING,
          "Send the metrics token as Authorization: Bearer TOKEN; it is RECADO_METRICS_TOKEN.");
    }
    boolean isBearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    String given = isBearer ? authorization.substring(BEARER.length()).strip() : "";
    if (!MessageDigest.isEqual(bytes(given), bytes(token))) {
      throw ApiError.of(
          ErrorReason.CREDENTIALS_UNKNOWN,
          "This is not the metrics token; it is RECADO_METRICS_TOKEN, sent as a bearer.");
    }
  }

  private static Response answer(List<Check> checks) {
    Report report = Report.of(checks);
    return new Response(
        report.isUp() ? 200 : 503,
        Response.JSON,
        Json.write(report.json()),
        Map.of("Cache-Control", "no-store"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
