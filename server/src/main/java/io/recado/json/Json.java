package io.recado.json;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// Reads and writes JSON. The limits are those of docs/api.md: depth 32, names of 256 characters,
/// numbers of 64 digits, 100,000 tokens; the caller limits the bytes.
public final class Json {

  /// The deepest nesting that is read.
  public static final int MAX_DEPTH = 32;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(256)
                  .maxNumberLength(64)
                  .maxTokenCount(100_000)
                  .maxStringLength(8 << 20)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final JsonFactory LENIENT_FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(64)
                  .maxStringLength(8 << 20)
                  .build())
          .build();

  private Json() {}

  /// Reads one JSON value that must fill `bytes`.
  ///
  /// @throws MalformedJson when it is not JSON, or is beyond a limit
  public static @Nullable Object read(byte[] bytes) {
    if (!Utf8.isPlain(bytes)) {
      throw new MalformedJson("The JSON is not in UTF-8, or begins with a byte order mark.");
    }
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
      return whole(parser, Json::wellFormed);
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  /// Reads one JSON object.
  ///
  /// @throws MalformedJson when it is not JSON, is beyond a limit, or is another kind of value
  public static JsonObject readObject(byte[] bytes) {
    return asObject(read(bytes));
  }

  /// Reads one JSON object of a system that is trusted and cannot be told to send it better: of a
  /// field given twice the last counts, and what no database stores faithfully (NUL, halves of
  /// surrogate pairs, bytes that are not UTF-8) becomes U+FFFD, so that one odd character does not
  /// hide a whole batch. The caller limits the bytes; nothing else limits the number of values.
  ///
  /// @throws MalformedJson as [#readObject]
  public static JsonObject readObjectLeniently(byte[] bytes) {
    return readStored(new String(bytes, StandardCharsets.UTF_8));
  }

  /// Reads one JSON object that we wrote ourselves: as leniently, so that what was stored once can
  /// be read for ever.
  ///
  /// @throws MalformedJson when it is not a JSON object at all
  public static JsonObject readStored(String text) {
    try (JsonParser parser = LENIENT_FACTORY.createParser(ObjectReadContext.empty(), text)) {
      return asObject(whole(parser, Json::repaired));
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  /// Writes a value of the kinds named in the package's documentation, as UTF-8.
  public static byte[] write(@Nullable Object value) {
    var bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      write(generator, value);
    }
    return bytes.toByteArray();
  }

  /// As [#write], as text.
  public static String text(@Nullable Object value) {
    return new String(write(value), StandardCharsets.UTF_8);
  }

  private static JsonObject asObject(@Nullable Object value) {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw new MalformedJson("The JSON must be an object, such as {\"text\": \"…\"}.");
  }

  private static @Nullable Object whole(JsonParser parser, UnaryOperator<String> text) {
    if (parser.nextToken() == null) {
      throw new MalformedJson("The body is empty; send a JSON object.");
    }
    Object value = value(parser, text);
    if (parser.nextToken() != null) {
      throw new MalformedJson(
          "There is something after the end of the JSON value; send one value only.");
    }
    return value;
  }

  private static @Nullable Object value(JsonParser parser, UnaryOperator<String> text) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, text);
      case START_ARRAY -> array(parser, text);
      case VALUE_STRING -> text.apply(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> null;
      default -> throw new MalformedJson("The JSON cannot be read.");
    };
  }

  private static JsonObject object(JsonParser parser, UnaryOperator<String> text) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = text.apply(parser.currentName());
      parser.nextToken();
      fields.put(name, value(parser, text));
    }
    return new JsonObject(fields);
  }

  private static List<@Nullable Object> array(JsonParser parser, UnaryOperator<String> text) {
    List<@Nullable Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser, text));
    }
    return items;
  }

  private static Number number(JsonParser parser) {
    BigDecimal number;
    try {
      number = parser.getDecimalValue();
    } catch (NumberFormatException _) {
      // The exponent does not fit in 32 bits, which the parser's own limits do not look at.
      throw new MalformedJson("A number's exponent is beyond all measure; send a smaller one.");
    }
    // A whole number stays one however it is spelt (1e2), so that equal bodies have equal prints.
    if (number.scale() <= 0 && (long) number.precision() - number.scale() <= 18) {
      return number.longValueExact();
    }
    return number;
  }

  /// Refuses what no database stores faithfully: NUL, and halves of surrogate pairs.
  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new MalformedJson("A text holds the character NUL (\\u0000); leave it out.");
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new MalformedJson("A text holds half of a surrogate pair; send valid Unicode.");
        }
        i++;
      }
    }
    return text;
  }

  private static String repaired(String text) {
    StringBuilder repaired = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        repaired = repaired == null ? new StringBuilder(text) : repaired;
        repaired.setCharAt(i, '\uFFFD');
      }
    }
    return repaired == null ? text : repaired.toString();
  }

  private static MalformedJson malformed(JacksonException e) {
    return e instanceof StreamConstraintsException limit
        ? new MalformedJson("The JSON is beyond a limit: " + beyond(limit) + ".")
        : new MalformedJson("The JSON cannot be read" + where(e) + ".");
  }

  private static String where(JacksonException e) {
    String duplicate = e.getOriginalMessage();
    var at = e.getLocation();
    String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    boolean twice = duplicate != null && duplicate.startsWith("Duplicate");
    return twice ? place + ": a field is given twice" : place;
  }

  private static String beyond(StreamConstraintsException e) {
    String message = String.valueOf(e.getOriginalMessage());
    if (message.contains("depth")) {
      return "at most " + MAX_DEPTH + " levels deep";
    }
    if (message.contains("Number")) {
      return "numbers of at most 64 digits";
    }
    if (message.contains("ame length")) {
      return "field names of at most 256 characters";
    }
    return "at most 100,000 values";
  }

  private static void write(JsonGenerator generator, @Nullable Object value) {
    switch (value) {
      case null -> generator.writeNull();
      case String text -> generator.writeString(text);
      case JsonObject object -> {
        generator.writeStartObject();
        object.fields().forEach((name, field) -> writeField(generator, name, field));
        generator.writeEndObject();
      }
      case List<?> items -> {
        generator.writeStartArray();
        items.forEach(item -> write(generator, item));
        generator.writeEndArray();
      }
      case Boolean bool -> generator.writeBoolean(bool);
      case Integer number -> generator.writeNumber(number);
      case Long number -> generator.writeNumber(number);
      case BigDecimal number -> generator.writeNumber(number);
      default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
    }
  }

  private static void writeField(JsonGenerator generator, String name, @Nullable Object value) {
    generator.writeName(name);
    write(generator, value);
  }
}
