package io.recado.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One row of a result; columns are read one after the other, by type.
public final class Row {

  private final ResultSet result;
  private int column;

  Row(ResultSet result) {
    this.result = result;
  }

  Row restart() {
    column = 0;
    return this;
  }

  /// A whole number; 0 when null.
  public long number() throws SQLException {
    return result.getLong(++column);
  }

  /// A whole number that may be null.
  public @Nullable Long numberOrNull() throws SQLException {
    long value = result.getLong(++column);
    return result.wasNull() ? null : value;
  }

  /// A whole number within the range of `int`.
  public int smallNumber() throws SQLException {
    return result.getInt(++column);
  }

  /// A text that is not null.
  public String text() throws SQLException {
    return result.getString(++column);
  }

  /// A text that may be null.
  public @Nullable String textOrNull() throws SQLException {
    return result.getString(++column);
  }

  /// An enum stored by name.
  public <E extends Enum<E>> E name(Class<E> type) throws SQLException {
    return Enum.valueOf(type, text());
  }

  /// An enum stored by name that may be null.
  public <E extends Enum<E>> @Nullable E nameOrNull(Class<E> type) throws SQLException {
    String name = textOrNull();
    return name == null ? null : Enum.valueOf(type, name);
  }

  /// An id that is not null.
  public Id id() throws SQLException {
    return Id.of(result.getBytes(++column));
  }

  /// An id that may be null.
  public @Nullable Id idOrNull() throws SQLException {
    byte[] bytes = result.getBytes(++column);
    return bytes == null ? null : Id.of(bytes);
  }

  /// Bytes that are not null.
  public byte[] bytes() throws SQLException {
    return result.getBytes(++column);
  }

  /// Bytes that may be null.
  public byte @Nullable [] bytesOrNull() throws SQLException {
    return result.getBytes(++column);
  }

  /// A time that is not null.
  public Instant time() throws SQLException {
    return Instant.ofEpochMilli(number());
  }

  /// A time that may be null.
  public @Nullable Instant timeOrNull() throws SQLException {
    Long millis = numberOrNull();
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  /// A truth value stored as 0 or 1.
  public boolean flag() throws SQLException {
    return number() != 0;
  }

  /// Makes a value of a row.
  @FunctionalInterface
  public interface Reader<T> {
    T read(Row row) throws SQLException;
  }
}
