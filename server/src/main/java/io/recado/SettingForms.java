package io.recado;

import io.recado.access.KeyText;
import io.recado.http.request.Nearest;
import io.recado.journal.Cipher;
import io.recado.journal.Database;
import io.recado.network.AddressRange;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The forms of settings' values. Each reads a text or refuses it with the end of a sentence that
/// begins with the setting's name.
final class SettingForms {

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%\\[\\]-]+");
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final int SHORTEST_TOKEN = 16;

  private SettingForms() {}

  static int port(String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
      throw new Refused("must be a whole number from 0 to 65535, such as 8080", text);
    }
    return Integer.parseInt(text);
  }

  static String host(String text) {
    if (!HOST.matcher(text).matches()) {
      throw new Refused("must be a host name or an address without scheme and port", text);
    }
    return text;
  }

  static Path path(String text) {
    try {
      if (text.isBlank()) {
        throw new Refused("must be a path", text);
      }
      return Path.of(text);
    } catch (InvalidPathException _) {
      throw new Refused("must be a path", text);
    }
  }

  static Path readableFile(String text) {
    Path file = path(text);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new Refused("must be a file that this user can read", text);
    }
    return file;
  }

  /// An address on the web, without a slash at its end.
  static String webAddress(String text) {
    URI uri = uri(text).orElse(null);
    boolean isWeb =
        uri != null
            && uri.getHost() != null
            && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    if (!isWeb) {
      throw new Refused("must be an address such as https://recado.example.com", text);
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
      throw new Refused("must be an address without user, query and fragment", text);
    }
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /// Scheme, host and port.
  static String origin(String text) {
    String address = webAddress(text);
    if (!URI.create(address).getRawPath().isEmpty()) {
      throw new Refused("must be scheme, host and port without a path", text);
    }
    return address;
  }

  static String databaseUrl(String text) {
    try {
      Database.postgresql(text);
      return text;
    } catch (IllegalArgumentException _) {
      throw new Refused(
          "must have the form postgresql://user:password@host:port/database, with special"
              + " characters of user and password percent-encoded");
    }
  }

  static String adminKey(String text) {
    if (!KeyText.isWellFormed(text)) {
      throw new Refused(
          "must have %d to %d visible ASCII characters; one that begins with rcd_ must be a whole key that Recado made"
              .formatted(KeyText.MIN_LENGTH, KeyText.MAX_LENGTH));
    }
    return text;
  }

  static String masterKey(String text) {
    if (text.length() < Cipher.MASTER_KEY_LENGTH) {
      throw new Refused("must have " + Cipher.MASTER_KEY_LENGTH + " characters or more");
    }
    return text;
  }

  static String token(String text) {
    boolean visible = text.chars().allMatch(c -> c > ' ' && c <= '~');
    if (text.length() < SHORTEST_TOKEN || !visible) {
      throw new Refused(
          "must have " + SHORTEST_TOKEN + " visible ASCII characters or more, without spaces");
    }
    return text;
  }

  static String apiKey(String text) {
    if (!KeyText.isWellFormed(text)) {
      throw new Refused("is not an API key; ./recado keys create makes one");
    }
    return text;
  }

  static List<AddressRange> networks(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .map(SettingForms::network)
        .toList();
  }

  /// A folder as a `file:` address, or `s3://bucket/prefix?endpoint=…`.
  static URI media(String text) {
    if (!text.contains("://")) {
      return path(text).toUri();
    }
    URI uri = uri(text).orElse(null);
    boolean isBucket =
        uri != null
            && "s3".equals(uri.getScheme())
            && uri.getAuthority() != null
            && BUCKET.matcher(uri.getAuthority()).matches();
    if (!isBucket) {
      throw new Refused("must be a folder or s3://bucket/prefix?endpoint=https://…", text);
    }
    return uri;
  }

  /// A time to wait, at most an hour.
  static Duration wait(String text) {
    return duration(text, Duration.ZERO, Duration.ofHours(1), "35s");
  }

  /// A time to keep something; empty for `forever`.
  static Optional<Duration> retention(String text) {
    return text.equals("forever")
        ? Optional.empty()
        : Optional.of(
            duration(text, Duration.ofHours(1), Duration.ofDays(36_500), "30d, or forever"));
  }

  /// A time to keep idempotency keys: clients rely on a day.
  static Duration idempotencyRetention(String text) {
    return duration(text, Duration.ofDays(1), Duration.ofDays(36_500), "7d");
  }

  static <E extends Enum<E>> E choice(String text, Class<E> type) {
    List<String> words =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList();
    if (!words.contains(text)) {
      String nearest =
          Nearest.to(text, words).map(word -> "; did you mean " + word + "?").orElse("");
      throw new Refused("must be one of " + String.join(", ", words), text, nearest);
    }
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
  }

  private static Duration duration(String text, Duration least, Duration most, String example) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new Refused("must be a whole number with ms, s, m, h or d, such as " + example, text);
    }
    long count = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      throw new Refused("must be from " + words(least) + " to " + words(most), text);
    }
    return duration;
  }

  private static String words(Duration duration) {
    if (duration.toDays() > 0) {
      return duration.toDays() + "d";
    }
    return duration.toHours() > 0 ? duration.toHours() + "h" : duration.toSeconds() + "s";
  }

  private static AddressRange network(String text) {
    try {
      return AddressRange.parse(text);
    } catch (IllegalArgumentException _) {
      throw new Refused(
          "must be networks such as 10.0.0.0/8 or fd00::/8, separated by commas", text);
    }
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  /// Why a value is refused.
  static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// For secrets, whose value is not shown.
    Refused(String rule) {
      super(rule);
    }

    Refused(String rule, String value) {
      this(rule, value, "");
    }

    Refused(String rule, String value, String more) {
      super(rule + ", not \"" + shown(value) + "\"" + more);
    }

    private static String shown(String value) {
      String line = value.replaceAll("\\p{Cntrl}", "?");
      return line.length() > 80 ? line.substring(0, 80) + "…" : line;
    }
  }
}
