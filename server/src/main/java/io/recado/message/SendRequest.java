package io.recado.message;

import io.recado.channel.Channel;
import io.recado.connector.Connector.Capabilities;
import io.recado.connector.Content;
import io.recado.http.request.Fields;
import io.recado.http.request.Violation;
import io.recado.journal.Id;
import io.recado.message.AcceptMessage.Draft;
import io.recado.template.ChannelTemplates;
import io.recado.template.TemplateChoice;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the body of a request to send. Notes every fault; whether there was any is found by
/// [Fields#check].
final class SendRequest {

  private static final Duration USUAL_TTL = Duration.ofHours(24);
  private static final Duration LEAST_TTL = Duration.ofSeconds(1);
  private static final Duration MOST_TTL = Duration.ofDays(30);
  private static final Duration FARTHEST = Duration.ofDays(365);
  private static final int MAX_PAIRS = 16;
  private static final int MAX_KEY = 40;
  private static final int MAX_VALUE = 500;

  private final Fields fields;
  private final Channel channel;
  private final Function<Channel, ChannelTemplates> templates;
  private final Capabilities network;
  private final Priority usual;

  /// @param network what the channel's network can carry
  /// @param usual the priority of a message that gives none
  SendRequest(
      Fields fields,
      Channel channel,
      Function<Channel, ChannelTemplates> templates,
      Capabilities network,
      Priority usual) {
    this.fields = fields;
    this.channel = channel;
    this.templates = templates;
    this.network = network;
    this.usual = usual;
  }

  /// What is to be sent. Meaningless when a fault was noted.
  ///
  /// @param conversation the resource name that `replyTo` must begin with; null when there is no
  ///   conversation yet, and so nothing to reply to
  Optional<Draft> read(@Nullable String conversation, Instant now) {
    Optional<Content> content = content();
    Content.Template fallback = fallback();
    Instant sendTime = sendTime(now);
    Instant expireTime = expireTime(sendTime == null ? now : sendTime);
    Priority priority = priority();
    Map<String, String> metadata =
        fields.textMap("metadata", MAX_PAIRS, MAX_KEY, MAX_VALUE).orElse(Map.of());
    Id replyTo = replyTo(conversation);
    return content.map(
        c -> new Draft(c, fallback, replyTo, metadata, sendTime, expireTime, priority));
  }

  private Optional<Content> content() {
    boolean hasText = fields.value("text") != null;
    boolean hasTemplate = fields.value("template") != null;
    if (hasText && hasTemplate) {
      fields.violate("template", "CONFLICTING_FIELDS", "Give text or template, not both.");
    } else if (!hasText && !hasTemplate) {
      fields.violate("text", "REQUIRED", "Give text, or template.");
    }
    Optional<Content> text = text();
    Optional<Content> template = template("template").map(Content.class::cast);
    return text.isPresent() ? text : template;
  }

  private Optional<Content> text() {
    Optional<String> text = fields.text("text", 1, network.maxTextLength());
    if (text.isPresent() && text.get().isBlank()) {
      fields.violate("text", "REQUIRED", "The text is blank; give it something to say.");
    }
    return text.map(Content.Text::new);
  }

  private Optional<Content.Template> template(String field) {
    if (!network.hasTemplates()) {
      if (fields.value(field) != null) {
        fields.violate(
            field, "INVALID_VALUE", "This kind of channel has no templates; send a text.");
      }
      return Optional.empty();
    }
    return fields
        .object(field)
        .flatMap(
            object ->
                TemplateChoice.read(object, templates.apply(channel), channel.defaultLanguage()));
  }

  private Content.@Nullable Template fallback() {
    if (fields.value("fallbackTemplate") != null && fields.value("template") != null) {
      fields.violate(
          "fallbackTemplate",
          "CONFLICTING_FIELDS",
          "A fallback is for a text; a template may always be sent.");
    }
    return template("fallbackTemplate").orElse(null);
  }

  /// Null when it is to be sent at once: also when the time has passed, so that a request that was
  /// sent again finds its first answer.
  private @Nullable Instant sendTime(Instant now) {
    Instant time = fields.time("sendTime").orElse(null);
    if (time != null && time.isAfter(now.plus(FARTHEST))) {
      fields.violate("sendTime", "INVALID_VALUE", "Must be at most 365 days ahead.");
    }
    return time == null || !time.isAfter(now) ? null : time;
  }

  private Priority priority() {
    return fields.choice("priority", Priority.class).orElse(usual);
  }

  /// @param start from when on it is tried
  private Instant expireTime(Instant start) {
    Optional<Duration> ttl = fields.duration("ttl", LEAST_TTL, MOST_TTL);
    Optional<Instant> given = fields.time("expireTime");
    if (fields.value("ttl") != null && fields.value("expireTime") != null) {
      fields.violate("expireTime", "CONFLICTING_FIELDS", "Give ttl or expireTime, not both.");
    }
    if (given.isPresent()
        && (!given.get().isAfter(start) || given.get().isAfter(start.plus(MOST_TTL)))) {
      fields.violate(
          "expireTime",
          "INVALID_VALUE",
          "Must be after now, and after sendTime if that is given, by 30 days at most.");
    }
    return given.orElseGet(() -> start.plus(ttl.orElse(USUAL_TTL)));
  }

  private @Nullable Id replyTo(@Nullable String conversation) {
    Optional<String> name = fields.text("replyTo", 1, 200);
    if (name.isEmpty()) {
      return null;
    }
    if (conversation == null) {
      fields.violate(
          "replyTo",
          "INVALID_VALUE",
          "There is no conversation with this person yet; leave replyTo out.");
      return null;
    }
    String prefix = conversation + "/messages/";
    boolean isOurs = conversation != null && name.get().startsWith(prefix);
    String id = isOurs ? name.get().substring(prefix.length()) : "";
    if (!Id.isId(id)) {
      fields.violate(
          "replyTo",
          "INVALID_VALUE",
          "Must be the name of a message of this conversation, such as channels/…/messages/….");
      return null;
    }
    return Id.parse(id);
  }

  /// What a reply to an unknown message is refused with.
  static Violation unknownReply() {
    return new Violation(
        "replyTo", "INVALID_VALUE", "There is no such message in the conversation.");
  }
}
