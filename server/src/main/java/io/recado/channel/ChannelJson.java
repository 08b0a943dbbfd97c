package io.recado.channel;

import io.recado.channel.Channel.InDoubt;
import io.recado.channel.Channel.Problem;
import io.recado.channel.Channel.RecipientLimit;
import io.recado.connector.Connector;
import io.recado.connector.Connector.Setting;
import io.recado.connector.ProviderAnswer;
import io.recado.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Channels as the API shows them. Secrets are never shown, only the end of long ones.
final class ChannelJson {

  /// A shorter secret would be given away by its end.
  private static final int MIN_HINTED = 16;

  private static final int HINT = 4;

  private ChannelJson() {}

  /// The resource.
  ///
  /// @param publicUrl where providers reach this server, without a slash at its end
  static JsonObject of(Channel channel, Connector connector, QueueFigures queue, String publicUrl) {
    String path = "/providers/" + channel.type().toLowerCase(Locale.ROOT) + "/" + channel.id();
    return known(channel)
        .with("inDoubt", inDoubt(channel.inDoubt()))
        .with("health", health(channel, queue.waiting()))
        .with("queue", queue.json())
        .with("inboundUrl", connector.callbacks().isPresent() ? publicUrl + path : null)
        .with(connector.capabilities().settingsField(), settings(channel, connector))
        .build();
  }

  /// What an event tells: all but settings and counts.
  ///
  /// @param deleteTime null unless it has just been deleted
  static JsonObject change(Channel channel, @Nullable Instant deleteTime) {
    return known(channel)
        .with("health", health(channel, null))
        .with("deleteTime", deleteTime == null ? null : deleteTime.toString())
        .build();
  }

  private static JsonObject.Builder known(Channel channel) {
    return JsonObject.builder()
        .with("name", channel.name())
        .with("type", channel.type())
        .with("displayName", channel.displayName())
        .with("address", channel.address())
        .with("state", channel.state().name())
        .with("defaultLanguage", channel.defaultLanguage())
        .with("createTime", channel.createTime().toString())
        .with("updateTime", channel.updateTime().toString());
  }

  private static JsonObject inDoubt(InDoubt inDoubt) {
    return JsonObject.builder()
        .with("policy", inDoubt.policy().name())
        .with("window", seconds(inDoubt.window()))
        .with("laneHold", seconds(inDoubt.laneHold()))
        .build();
  }

  private static JsonObject health(Channel channel, @Nullable Long waiting) {
    String status =
        channel.broken().isPresent() ? "BROKEN" : channel.problems().isEmpty() ? "OK" : "DEGRADED";
    return JsonObject.builder()
        .with("status", status)
        .with(
            "problems",
            channel.problems().stream().map(problem -> problem(problem, waiting)).toList())
        .build();
  }

  private static JsonObject problem(Problem problem, @Nullable Long waiting) {
    return JsonObject.builder()
        .with("reason", problem.reason().name())
        .with("message", problem.reason().sentence() + said(problem.answer()))
        .with("remedy", problem.reason().remedy())
        .with("sinceTime", problem.sinceTime().toString())
        .with(
            "waitingMessages",
            waiting == null || problem.stopsSending() ? waiting : Long.valueOf(0))
        .build();
  }

  private static String said(ProviderAnswer answer) {
    String words =
        Stream.of(Optional.ofNullable(answer.code()), Optional.ofNullable(answer.message()))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(": "));
    return words.isEmpty() ? "" : " The provider said: " + words;
  }

  private static JsonObject settings(Channel channel, Connector connector) {
    JsonObject.Builder json = JsonObject.builder();
    for (Setting setting : connector.settings()) {
      Optional<String> value = channel.settings().find(setting.name());
      if (setting.secret()) {
        json.with(setting.name() + "Hint", value.flatMap(ChannelJson::hint));
      } else if (setting.form().isList()) {
        json.with(setting.name(), value.map(_ -> channel.settings().list(setting.name())));
      } else {
        json.with(setting.name(), value);
      }
    }
    RecipientLimit recipient = channel.limits().recipient();
    return json.with("messagesPerSecond", channel.limits().messagesPerSecond())
        .with("recipientLimit", recipient == null ? null : recipientLimit(recipient))
        .build();
  }

  private static JsonObject recipientLimit(RecipientLimit limit) {
    return JsonObject.builder()
        .with("burst", limit.burst())
        .with("interval", seconds(limit.interval()))
        .build();
  }

  private static Optional<String> hint(String secret) {
    return secret.codePointCount(0, secret.length()) < MIN_HINTED
        ? Optional.empty()
        : Optional.of("…" + secret.substring(secret.offsetByCodePoints(secret.length(), -HINT)));
  }

  private static String seconds(Duration duration) {
    BigDecimal seconds = BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
    return seconds.toPlainString() + "s";
  }
}
