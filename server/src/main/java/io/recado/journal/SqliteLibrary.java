package io.recado.journal;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// SQLite's native library, taken out of the driver's jar by us. The driver compares its own copy
/// with the jar byte by byte, before any of that is compiled, a tenth of each start; and after a
/// `kill -9` its copy stays in the folder for temporary files for ever.
final class SqliteLibrary {

  private static final String FOLDER = "org.sqlite.lib.path";
  private static final String FILE = "org.sqlite.lib.name";

  private static final boolean IS_LOADED = isLoadedNow();

  private SqliteLibrary() {}

  /// Loads it, the first time that it is called in a process. Where that does not work, or an
  /// operator has named another one, the driver finds it as ever at the first connection, and says
  /// why if it cannot.
  ///
  /// @return whether it was loaded here
  static boolean load() {
    return IS_LOADED;
  }

  private static boolean isLoadedNow() {
    if (System.getProperty(FOLDER) != null) {
      return false;
    }
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      return packed != null && isLoaded(packed, name);
    } catch (Exception _) {
      // The driver's own way is still open.
      return false;
    }
  }

  private static boolean isLoaded(InputStream packed, String name) throws Exception {
    Path file = Files.createTempFile("recado-", "-" + name);
    try {
      Files.copy(packed, file, StandardCopyOption.REPLACE_EXISTING);
      System.setProperty(FOLDER, file.getParent().toString());
      System.setProperty(FILE, file.getFileName().toString());
      return SQLiteJDBCLoader.initialize();
    } finally {
      System.clearProperty(FOLDER);
      System.clearProperty(FILE);
      // What is loaded needs no name.
      Files.deleteIfExists(file);
    }
  }
}
