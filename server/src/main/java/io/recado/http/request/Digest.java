package io.recado.http.request;

import io.recado.json.JsonObject;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// SHA-256 over values, each with its kind and length, so that no two lists of values run together.
/// For one thread.
public final class Digest {

  /// Every whole number of so many digits is a long.
  private static final int LONG_DIGITS = 18;

  private final MessageDigest sha256;

  /// Starts with no values.
  public Digest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// A whole number.
  public Digest number(long number) {
    sha256.update(ByteBuffer.allocate(9).put((byte) 'n').putLong(number).array());
    return this;
  }

  /// A text, as UTF-8.
  public Digest text(String text) {
    return bytes('s', text.getBytes(StandardCharsets.UTF_8));
  }

  /// In the order of the names, whatever order the map has.
  public Digest texts(Map<String, String> texts) {
    sha256.update((byte) '{');
    new TreeMap<>(texts).forEach((name, value) -> text(name).text(value));
    sha256.update((byte) '}');
    return this;
  }

  /// A JSON value; the order of names and the spelling of numbers do not count.
  public Digest json(@Nullable Object value) {
    switch (value) {
      case null -> sha256.update((byte) '0');
      case String text -> text(text);
      case Boolean bool -> sha256.update((byte) (bool ? 't' : 'f'));
      case Long number -> number(number);
      case BigDecimal number -> decimal(number.stripTrailingZeros());
      case List<?> items -> {
        sha256.update((byte) '[');
        items.forEach(this::json);
        sha256.update((byte) ']');
      }
      case JsonObject object -> {
        sha256.update((byte) '{');
        new TreeMap<>(object.fields()).forEach((name, field) -> text(name).json(field));
        sha256.update((byte) '}');
      }
      default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
    }
    return this;
  }

  /// The 32 bytes; the digest is spent.
  public byte[] end() {
    return sha256.digest();
  }

  private Digest decimal(BigDecimal number) {
    boolean whole =
        number.scale() <= 0 && number.precision() - (long) number.scale() <= LONG_DIGITS;
    return whole
        ? number(number.longValueExact())
        : bytes('d', number.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private Digest bytes(char kind, byte[] bytes) {
    sha256.update(ByteBuffer.allocate(5).put((byte) kind).putInt(bytes.length).array());
    sha256.update(bytes);
    return this;
  }
}
