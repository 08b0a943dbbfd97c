package io.recado;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.recado.channel.Channel;
import io.recado.conversation.ServiceWindow;
import io.recado.dispatch.Budget;
import io.recado.dispatch.Command;
import io.recado.dispatch.Dispatcher;
import io.recado.dispatch.Input;
import io.recado.dispatch.Next;
import io.recado.dispatch.RetrySchedule;
import io.recado.event.EventType;
import io.recado.http.request.Fields;
import io.recado.http.request.Nearest;
import io.recado.journal.Id;
import io.recado.journal.Journal;
import io.recado.journal.Part;
import io.recado.journal.Reads;
import io.recado.journal.Tx;
import io.recado.message.Failure;
import io.recado.message.MessageStatus;
import io.recado.message.OutboxRow;
import io.recado.message.Priority;
import io.recado.message.Progress;
import io.recado.message.Queued;
import io.recado.template.ChannelTemplates;
import io.recado.template.TemplateChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The drawing of docs/architecture.md, held against the classes.
class ArchitectureTest {

  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Path DOCUMENT = Path.of("..", "docs", "architecture.md");
  private static final String ROOT = "io.recado";
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\|(.*)\\|.*\\|");
  private static final Pattern SQL =
      Pattern.compile("\"\\s*(SELECT |INSERT INTO |UPDATE \\w+\\s+SET |DELETE FROM )");

  /// What decides: no I/O, threads, journal or clock.
  private static final DescribedPredicate<JavaClass> CORE =
      belongToAnyOf(
              Dispatcher.class,
              Budget.class,
              RetrySchedule.class,
              Input.class,
              Command.class,
              Next.class,
              Progress.class,
              MessageStatus.class,
              OutboxRow.class,
              Priority.class,
              Queued.class,
              ServiceWindow.class,
              TemplateChoice.class)
          .or(resideInAPackage("io.recado.webhook.cursor"))
          .or(named("dispatch.ChannelQueue"))
          .or(named("dispatch.OutboxCursor"))
          .or(named("dispatch.Turns"))
          .or(named("dispatch.Lane"))
          .or(named("dispatch.Pace"))
          .as("what decides");

  /// What the core may know of the rest: values.
  private static final DescribedPredicate<JavaClass> VALUES =
      belongToAnyOf(
              Channel.class,
              EventType.class,
              Id.class,
              Failure.class,
              Fields.class,
              Nearest.class,
              ChannelTemplates.class)
          .or(resideInAPackage("io.recado.json"))
          .or(resideInAPackage("io.recado.connector"))
          .or(resideInAPackage("io.recado.template"))
          .or(resideInAPackage("org.jspecify.annotations"))
          .or(resideInAPackage("java.util"))
          .or(resideInAnyPackage("java.util.function", "java.util.stream", "java.util.random"))
          .or(
              resideInAPackage("java.time..")
                  .and(not(assignableTo(InstantSource.class)))
                  .and(not(assignableTo(Clock.class))))
          .or(
              resideInAnyPackage("java.lang", "java.lang.invoke", "java.lang.runtime")
                  .and(not(belongToAnyOf(System.class, Thread.class, Runtime.class))))
          .as("values");

  private static final DescribedPredicate<JavaClass> KNOWN =
      DescribedPredicate.describe(
          "decide too, or are values",
          type -> CORE.or(VALUES).test(type.getBaseComponentType()) || type.isPrimitive());

  @Test
  void packagesImportWhatTheDocumentDrawsAndNothingElse() throws IOException {
    assertThat(imports()).isEqualTo(drawn());
  }

  @Test
  void theSharedRowsAreThoseOfTheDocument() throws IOException {
    var parts =
        CLASSES.stream()
            .filter(type -> !type.isInterface() && type.isAssignableTo(Part.class))
            .map(JavaClass::getSimpleName)
            .toList();
    assertThat(Files.readAllLines(DOCUMENT))
        .filteredOn(line -> line.matches("\\| [0-9,]+ \\| `\\w+` \\|.*"))
        .extracting(line -> line.split("`")[1])
        .containsExactlyInAnyOrderElementsOf(parts);
  }

  @Test
  void noPackagesImportEachOtherInACircle() {
    slices().matching("io.recado.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void connectorsKnowNeitherEachOtherNorTheCore() {
    slices().matching("io.recado.connector.(*)..").should().notDependOnEachOther().check(CLASSES);
    classes()
        .that()
        .resideInAPackage("io.recado.connector..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("io.recado.connector..", "io.recado.json")
                .or(not(resideInAPackage("io.recado.."))))
        .check(CLASSES);
  }

  @Test
  void onlyTheCompositionRootKnowsWhichConnectorsExist() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, "io.recado.connector..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.recado.connector.*")
        .check(CLASSES);
  }

  @Test
  void librariesStayBehindOnePackageEach() {
    onlyIn("tools.jackson..", "io.recado.json");
    onlyIn("io.helidon..", "io.recado.http.server", "io.recado.docs");
    onlyIn("okhttp3..", "io.recado.connector", "io.recado.webhook.guard");
    onlyIn("java.net.http..", ROOT);
    onlyIn("com.google.crypto.tink..", "io.recado.journal");
    onlyIn("org.sqlite..", "io.recado.journal");
    onlyIn("org.postgresql..", "io.recado.journal");
    onlyIn("io.prometheus..", "io.recado.ops");
    onlyIn("io.recado.emulator..", ROOT);
  }

  @Test
  void onlyTheJournalSpeaksJdbc() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.recado.journal")
        .should()
        .dependOnClassesThat(
            resideInAPackage("java.sql").and(not(assignableTo(SQLException.class))))
        .because("a row is read by a lambda that may throw SQLException, and by nothing else")
        .check(CLASSES);
  }

  @Test
  void sqlStandsInStoresAndWritesNeverBesideHttpOrAProvider() throws IOException {
    Set<String> withSql = classesWithSql();
    assertThat(withSql).contains("io.recado.message.MessageStore", "io.recado.conversation.Inbox");
    var holdsSql =
        DescribedPredicate.<JavaClass>describe(
            "hold SQL", type -> withSql.contains(type.getFullName()));
    noClasses()
        .that(holdsSql)
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("io.recado.http.request.Request")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("io.recado.connector.ConnectorSession")
        .check(CLASSES);
    classes()
        .that(holdsSql)
        .and()
        .resideOutsideOfPackage("io.recado.journal")
        .should()
        .dependOnClassesThat(belongToAnyOf(Tx.class, Reads.class, Journal.class))
        .check(CLASSES);
    noClasses().that(holdsSql).should().haveSimpleNameEndingWith("Routes").check(CLASSES);
  }

  @Test
  void whatDecidesHasNoInputOutputThreadsJournalOrClock() {
    classes().that(CORE).should().onlyDependOnClassesThat(KNOWN).check(CLASSES);
  }

  @Test
  void theRuleForWhatDecidesFindsAThreadAndAClock() {
    assertThatThrownBy(
            () ->
                classes()
                    .that(named("dispatch.Dispatch"))
                    .should()
                    .onlyDependOnClassesThat(KNOWN)
                    .check(CLASSES))
        .hasMessageContaining("java.lang.Thread")
        .hasMessageContaining("java.time.InstantSource");
  }

  @Test
  void onlyConfigReadsTheEnvironment() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.recado.Config")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(CLASSES);
  }

  @Test
  void timeComesFromTheGivenClockAndNobodySleeps() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Instant.class, "now", Clock.class)
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT)
        .should()
        .callMethod(InstantSource.class, "system")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .check(CLASSES);
  }

  @Test
  void randomnessComesFromTheCompositionRoot() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT)
        .should()
        .callConstructor(java.util.Random.class)
        .orShould()
        .callConstructor(java.security.SecureRandom.class)
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(java.util.concurrent.ThreadLocalRandom.class, "current")
        .check(CLASSES);
  }

  @Test
  void noStateIsStaticAndMutable() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveNameMatching(
            ".*(Manager|Helper|Utils?|Impl|Base|Abstract|Common|Info|Processor|Service|DTO)")
        .check(CLASSES);
  }

  @Test
  void noPackageGrowsWithoutItsDescription() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      Set<Path> folders =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(Path::getParent)
              .collect(Collectors.toSet());
      folders.remove(SOURCES.resolve("io/recado"));
      assertThat(folders).allSatisfy(f -> assertThat(f.resolve("package-info.java")).exists());
    }
  }

  private static void onlyIn(String library, String... packages) {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> named(String name) {
    return DescribedPredicate.describe(
        name,
        type ->
            type.getName().equals(ROOT + "." + name)
                || type.getName().startsWith(ROOT + "." + name + "$"));
  }

  /// By package, the packages of ours that its classes depend on, without the root.
  private static Map<String, Set<String>> imports() {
    Map<String, Set<String>> imports = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      String from = type.getPackageName();
      if (from.equals(ROOT)) {
        continue;
      }
      Set<String> to = imports.computeIfAbsent(local(from), _ -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(Dependency::getTargetClass)
          .map(target -> target.getBaseComponentType().getPackageName())
          .filter(target -> target.startsWith(ROOT) && !target.equals(from))
          .map(ArchitectureTest::local)
          .forEach(to::add);
    }
    return imports;
  }

  private static String local(String packageName) {
    return packageName.equals(ROOT) ? "Server" : packageName.substring(ROOT.length() + 1);
  }

  /// The same as docs/architecture.md has it in its table of directions.
  private static Map<String, Set<String>> drawn() throws IOException {
    Map<String, Set<String>> drawn = new TreeMap<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        drawn.put(
            row.group(1),
            Arrays.stream(row.group(2).split(","))
                .map(String::strip)
                .filter(name -> !name.equals("–"))
                .collect(Collectors.toCollection(TreeSet::new)));
      }
    }
    return drawn;
  }

  private static Set<String> classesWithSql() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      Set<String> found = new TreeSet<>();
      for (Path source : sources) {
        if (SQL.matcher(Files.readString(source)).find()) {
          String path = SOURCES.relativize(source).toString();
          found.add(path.substring(0, path.length() - ".java".length()).replace('/', '.'));
        }
      }
      return found;
    }
  }
}
