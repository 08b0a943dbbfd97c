package io.recado.testing;

import io.recado.journal.Database;
import io.recado.journal.Dialect;
import io.recado.journal.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A database of a test's own, with the newest schema and nothing in it; gone when closed.
///
/// A contract is an interface with `@Test` default methods and a method `engine()`; its test class
/// has a `@Nested` class for each [Dialect] that implements it and opens one of these per test.
public final class TestDatabase implements AutoCloseable {

  private final Database database;
  private final String address;
  private final Runnable remove;

  private TestDatabase(Database database, String address, Runnable remove) {
    this.database = database;
    this.address = address;
    this.remove = remove;
  }

  /// A migrated database of that kind.
  public static TestDatabase on(Dialect dialect) {
    return dialect == Dialect.SQLITE ? sqlite() : postgresql();
  }

  /// An empty database of that kind.
  public static TestDatabase empty(Dialect dialect) {
    return dialect == Dialect.SQLITE
        ? emptySqlite()
        : onPostgresql(OnePostgresql.instance().createDatabase());
  }

  /// A migrated database of that kind, with calls that fail when they are told to.
  public static TestDatabase failing(Dialect dialect, FailingCalls calls) {
    TestDatabase real = on(dialect);
    return new TestDatabase(calls.through(real.database), real.address, real.remove);
  }

  /// A migrated SQLite file in a folder of its own.
  public static TestDatabase sqlite() {
    TestDatabase copy = emptySqlite();
    try {
      Files.copy(MigratedSqlite.FILE, Path.of(copy.address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return copy;
  }

  private static TestDatabase emptySqlite() {
    try {
      Path folder = Files.createTempDirectory("recado-sqlite-");
      Path file = folder.resolve("recado.db");
      return new TestDatabase(Database.sqlite(file), file.toString(), () -> delete(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A migrated database in the test run's one PostgreSQL.
  public static TestDatabase postgresql() {
    return onPostgresql(OnePostgresql.instance().createMigrated());
  }

  /// A database with all that another one in PostgreSQL holds, to which nobody may be connected.
  public static TestDatabase copyOf(TestDatabase other) {
    return onPostgresql(OnePostgresql.instance().copy(other.address));
  }

  private static TestDatabase onPostgresql(String address) {
    return new TestDatabase(
        Database.postgresql(address),
        address,
        () -> OnePostgresql.instance().dropDatabase(address));
  }

  /// For journals and read pools; the test closes those before this.
  public Database database() {
    return database;
  }

  /// The file, or the address as `RECADO_DATABASE_URL` takes it.
  public String address() {
    return address;
  }

  @Override
  public void close() {
    remove.run();
  }

  static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The file that all migrated ones are copies of: migrating each would cost more than most tests.
  private static final class MigratedSqlite {

    private static final Path FILE = migrate();

    private static Path migrate() {
      TestDatabase first = emptySqlite();
      new Migrations(first.database).apply();
      Path file = Path.of(first.address);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(file.getParent())));
      return file;
    }
  }
}
