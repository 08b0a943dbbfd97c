package io.recado.journal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Sets a statement's parameters one after the other, by type.
public final class Binds {

  private final PreparedStatement statement;
  private int index;

  Binds(PreparedStatement statement) {
    this.statement = statement;
  }

  /// A whole number.
  public Binds number(long value) throws SQLException {
    statement.setLong(++index, value);
    return this;
  }

  /// A whole number, or null.
  public Binds number(@Nullable Number value) throws SQLException {
    index++;
    if (value == null) {
      statement.setNull(index, Types.BIGINT);
    } else {
      statement.setLong(index, value.longValue());
    }
    return this;
  }

  /// A text, or null.
  public Binds text(@Nullable String value) throws SQLException {
    statement.setString(++index, value);
    return this;
  }

  /// An enum by its name, or null.
  public Binds name(@Nullable Enum<?> value) throws SQLException {
    return text(value == null ? null : value.name());
  }

  /// An id, or null.
  public Binds id(@Nullable Id value) throws SQLException {
    return bytes(value == null ? null : value.bytes());
  }

  /// Bytes, or null.
  public Binds bytes(byte @Nullable [] value) throws SQLException {
    statement.setBytes(++index, value);
    return this;
  }

  /// A time as epoch milliseconds, or null.
  public Binds time(@Nullable Instant value) throws SQLException {
    return number(value == null ? null : Long.valueOf(value.toEpochMilli()));
  }

  /// A truth value as 0 or 1.
  public Binds flag(boolean value) throws SQLException {
    return number(value ? 1 : 0);
  }

  /// A text, a whole number or a truth value.
  public Binds value(Object value) throws SQLException {
    return switch (value) {
      case String text -> text(text);
      case Boolean flag -> flag(flag);
      case Number number -> number(number);
      default -> throw new IllegalArgumentException("cannot be bound: " + value.getClass());
    };
  }

  /// Sets the parameters of one execution.
  @FunctionalInterface
  public interface Binder {
    /// No parameters.
    Binder NONE = _ -> {};

    void bind(Binds binds) throws SQLException;
  }
}
