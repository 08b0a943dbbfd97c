package io.recado.http.page;

import io.recado.journal.Id;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Where a page ended: the sort keys of its last item, in the order of the list's index.
public final class Position {

  private static final int MOST_BYTES = 512;

  /// Each a `Long`, or a `byte[]` that is not changed.
  private final List<Object> fields;

  private Position(List<Object> fields) {
    this.fields = fields;
  }

  /// A position.
  ///
  /// @param fields whole numbers, [Id]s, texts or bytes; 512 bytes together at most
  public static Position of(Object... fields) {
    return new Position(List.of(fields).stream().map(Position::plain).toList());
  }

  /// A field that is a number.
  public long number(int index) {
    return (Long) fields.get(index);
  }

  /// A field that is bytes.
  public byte[] bytes(int index) {
    return ((byte[]) fields.get(index)).clone();
  }

  /// A field that is an id.
  public Id id(int index) {
    return Id.of((byte[]) fields.get(index));
  }

  /// A field that is a text.
  public String text(int index) {
    return new String((byte[]) fields.get(index), StandardCharsets.UTF_8);
  }

  void write(ByteBuffer out) {
    out.put((byte) fields.size());
    for (Object field : fields) {
      if (field instanceof byte[] bytes) {
        out.put((byte) 'b').putShort((short) bytes.length).put(bytes);
      } else {
        out.put((byte) 'n').putLong((Long) field);
      }
    }
  }

  /// The bytes that [#write] needs.
  int size() {
    int size = 1;
    for (Object field : fields) {
      size += field instanceof byte[] bytes ? 3 + bytes.length : 9;
    }
    if (size > MOST_BYTES) {
      throw new IllegalArgumentException(
          "a position of " + size + " bytes is too long for a token");
    }
    return size;
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws BufferUnderflowException when there is less
  static Position read(ByteBuffer in) {
    Object[] fields = new Object[in.get()];
    for (int i = 0; i < fields.length; i++) {
      if (in.get() == 'n') {
        fields[i] = in.getLong();
      } else {
        byte[] bytes = new byte[in.getShort()];
        in.get(bytes);
        fields[i] = bytes;
      }
    }
    return new Position(List.of(fields));
  }

  private static Object plain(Object field) {
    return switch (field) {
      case Long number -> number;
      case Integer number -> number.longValue();
      case Id id -> id.bytes();
      case String text -> text.getBytes(StandardCharsets.UTF_8);
      case byte[] bytes -> bytes.clone();
      default -> throw new IllegalArgumentException("not a sort key: " + field.getClass());
    };
  }
}
