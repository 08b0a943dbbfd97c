package io.recado;

import io.recado.journal.Cipher;
import io.recado.journal.Database;
import io.recado.journal.Dialect;
import io.recado.journal.Journal;
import io.recado.journal.Migrations;
import io.recado.journal.ReadPool;
import io.recado.journal.ServerFacts;
import io.recado.journal.StorageException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/// The database of a server, opened, migrated and proved to be the right one.
///
/// @param folder null with PostgreSQL
record Storage(
    @Nullable DataFolder folder, Database database, Journal journal, ReadPool reads, Cipher cipher)
    implements AutoCloseable {

  private static final String KIND = "kind";
  private static final String KEYSET = "keyset";

  /// What kind of data a database holds; one kind refuses the other.
  enum Kind {
    PRODUCTION,
    SANDBOX
  }

  /// Opens the database that the settings name.
  ///
  /// @throws CannotStart when it cannot be used; the message names the setting
  static Storage open(Config config, Kind kind, Journal.Observer observer) {
    SecureRandom random = new SecureRandom();
    boolean isShared = config.databaseUrl().isPresent();
    DataFolder folder = isShared ? null : DataFolder.open(config.data());
    try {
      Database database =
          isShared
              ? Database.postgresql(config.databaseUrl().get())
              : Database.sqlite(folder.database());
      String masterKey = masterKey(config, folder, random);
      return open(folder, database, masterKey, kind, observer, random);
    } catch (StorageException e) {
      close(folder);
      throw new CannotStart("the database cannot be used: " + e.getMessage());
    } catch (Migrations.SchemaRefused e) {
      close(folder);
      throw new CannotStart(e.getMessage());
    } catch (RuntimeException e) {
      close(folder);
      throw e;
    }
  }

  /// Commits what waits, then closes everything.
  @Override
  public void close() {
    journal.close();
    reads.close();
    close(folder);
  }

  private static Storage open(
      @Nullable DataFolder folder,
      Database database,
      String masterKey,
      Kind kind,
      Journal.Observer observer,
      SecureRandom random) {
    database.requireDurable();
    new Migrations(database).apply();
    var journal = new Journal(database, observer, Storage::end);
    var reads = new ReadPool(database, database.dialect() == Dialect.SQLITE ? 4 : 8);
    try {
      require(journal, kind);
      return new Storage(
          folder, database, journal, reads, cipher(journal, reads, masterKey, random));
    } catch (RuntimeException e) {
      journal.close();
      reads.close();
      throw e;
    }
  }

  private static void require(Journal journal, Kind kind) {
    byte[] wanted = kind.name().getBytes(StandardCharsets.UTF_8);
    byte[] known = journal.commit(new ServerFacts.State(KIND, wanted));
    if (!new String(known, StandardCharsets.UTF_8).equals(kind.name())) {
      throw new CannotStart(
          kind == Kind.SANDBOX
              ? "RECADO_DATA: this database holds real data; the sandbox needs a folder of its own"
              : "RECADO_DATA: this database was made by the sandbox; the server needs one of its"
                  + " own");
    }
  }

  private static Cipher cipher(
      Journal journal, ReadPool reads, String masterKey, SecureRandom random) {
    byte[] keyset =
        reads
            .read(r -> ServerFacts.find(r, KEYSET))
            .orElseGet(
                () ->
                    journal.commit(
                        new ServerFacts.State(KEYSET, Cipher.newKeyset(masterKey, random))));
    try {
      return Cipher.open(masterKey, keyset);
    } catch (Cipher.WrongMasterKey e) {
      throw new CannotStart(
          "RECADO_MASTER_KEY: this is not the key with which the database's secrets were"
              + " encrypted");
    }
  }

  private static String masterKey(Config config, @Nullable DataFolder folder, SecureRandom random) {
    if (config.masterKey().isPresent()) {
      return config.masterKey().get();
    }
    if (folder == null) {
      throw new CannotStart(
          "RECADO_MASTER_KEY: must be given with RECADO_DATABASE_URL, and be the same on every"
              + " node");
    }
    return folder.masterKey(random);
  }

  private static void close(@Nullable DataFolder folder) {
    if (folder != null) {
      folder.close();
    }
  }

  /// The disk failed: whatever is in memory is worth less than the log on the disk.
  private static void end(StorageException e) {
    Runtime.getRuntime().halt(1);
  }
}
