package io.recado.prove.world;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Where a server keeps what it promised.
public sealed interface Database extends AutoCloseable permits Sqlite, Postgresql {

  /// Which of the two.
  enum Engine {
    SQLITE,
    POSTGRESQL;

    public String inWords() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// An empty one.
  ///
  /// @param folder the server's data folder
  static Database create(Engine engine, Path folder) {
    return switch (engine) {
      case SQLITE -> new Sqlite(folder);
      case POSTGRESQL -> Postgresql.start();
    };
  }

  /// What tells the server to use it.
  Map<String, String> settings();

  /// What the database's own checks complain of. The server must not be running.
  List<String> damages();

  @Override
  void close();
}
