package io.recado.journal;

import io.recado.journal.StorageException.Kind;
import java.sql.SQLException;
import java.util.Locale;

/// The few words in which the databases differ. All SQL in the stores is common to both.
public enum Dialect {
  SQLITE {
    @Override
    int writers() {
      return 1;
    }

    @Override
    public String forUpdate() {
      return "";
    }

    @Override
    public String lower(String expression) {
      return SmallLetters.NAME + "(" + expression + ")";
    }

    @Override
    Kind kind(SQLException e) {
      // Primary result codes are the low byte. Source: sqlite.org/rescode.html
      return switch (e.getErrorCode() & 0xff) {
        case 13 -> Kind.FULL;
        case 10, 11, 26 -> Kind.BROKEN;
        case 5, 6 -> Kind.CONFLICT;
        case 14 -> Kind.UNAVAILABLE;
        default -> Kind.REFUSED;
      };
    }
  },

  POSTGRESQL {
    @Override
    int writers() {
      return 2;
    }

    @Override
    public String forUpdate() {
      return " FOR UPDATE";
    }

    @Override
    public String lower(String expression) {
      return "LOWER(" + expression + ")";
    }

    @Override
    Kind kind(SQLException e) {
      String state = e.getSQLState() == null ? "" : e.getSQLState();
      return switch (state) {
        case "40P01", "40001", "55P03" -> Kind.CONFLICT;
        case "53100" -> Kind.FULL;
        case "58030", "XX001", "XX002" -> Kind.BROKEN;
        // Connection faults, too many connections, shutting down, read-only standby, idle in a
        // transaction.
        case "53300", "57P01", "57P02", "57P03", "25006", "25P03" -> Kind.UNAVAILABLE;
        default -> state.startsWith("08") ? Kind.UNAVAILABLE : Kind.REFUSED;
      };
    }
  };

  /// How many writers a journal has; when it is one, it is the only one of the whole database.
  abstract int writers();

  /// What makes a `SELECT` of several rows lock them in its order; empty where one writer needs no
  /// locks.
  public abstract String forUpdate();

  /// A text in small letters, accented ones too; in queries of a [ReadPool] only.
  public abstract String lower(String expression);

  abstract Kind kind(SQLException e);

  /// The folder of this database's migrations.
  String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Says what kind of trouble it is. The statement is named, its values never are.
  StorageException translate(SQLException e, String what) {
    String statement = what.strip().lines().findFirst().orElse("");
    return new StorageException(
        kind(e), "the database did not carry out: " + statement + " (" + code(e) + ")", e);
  }

  private static String code(SQLException e) {
    return e.getSQLState() == null ? "code " + e.getErrorCode() : "SQLSTATE " + e.getSQLState();
  }
}
