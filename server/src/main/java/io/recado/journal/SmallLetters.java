package io.recado.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.sqlite.Function;
import org.sqlite.SQLiteConnection;

/// SQLite's own `LOWER` knows the letters of English alone; this one is Java's.
final class SmallLetters extends Function {

  static final String NAME = "small_letters";

  /// Makes the function known to a connection.
  static void register(Connection connection) throws SQLException {
    Function.create(
        connection.unwrap(SQLiteConnection.class),
        NAME,
        new SmallLetters(),
        1,
        Function.FLAG_DETERMINISTIC);
  }

  @Override
  protected void xFunc() throws SQLException {
    String text = value_text(0);
    if (text == null) {
      result();
    } else {
      result(text.toLowerCase(Locale.ROOT));
    }
  }
}
