package io.recado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The script `./recado`, with scripts for Java and Maven.
@EnabledOnOs(OS.LINUX)
class LauncherTest {

  private static final String AOT = "-XX:AOTCache=";

  @TempDir Path folder;
  private LauncherTree tree;

  @BeforeEach
  void plantTheTree() throws IOException {
    tree = LauncherTree.in(folder);
  }

  @Nested
  class TheJdk {

    @Test
    void isFoundByItsReleaseFileAndNotByItsName() throws Exception {
      var seventeen = tree.addJdk("jdk-25-not-really", "17.0.15");
      tree.addJdk("some-java", "25.0.3");

      var run = tree.start(Map.of("JAVA_HOME", seventeen.toString()), "serve");

      assertThat(run.exitCode()).isZero();
      assertThat(run.output()).contains("<serve>");
    }

    @Test
    void isTheOneOfJavaHomeWhenThatIs25() throws Exception {
      tree.addJdk("a", "25.0.3");
      var chosen = tree.addJdk("b", "25");
      // Were the other one taken, this would be the exit code.
      tree.write("jvm/a/bin/java", "#!/bin/bash\nexit 98\n");

      assertThat(tree.start(Map.of("JAVA_HOME", chosen.toString())).exitCode()).isZero();
    }

    @Test
    void isTheOneOnThePathBeforeTheUsualFolders() throws Exception {
      var onPath = tree.addJdk("z", "25.0.3");
      tree.addJdk("a", "25.0.3");
      tree.write("jvm/a/bin/java", "#!/bin/bash\nexit 98\n");
      Files.createSymbolicLink(folder.resolve("bin/java"), onPath.resolve("bin/java"));

      assertThat(tree.start().exitCode()).isZero();
    }

    @Test
    void isAskedForWhenThereIsNone() throws Exception {
      var seventeen = tree.addJdk("java-17", "17.0.15");
      tree.addJdk("java-250", "250.0.1");

      var run = tree.start(Map.of("JAVA_HOME", seventeen.toString()), "sandbox");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.errors())
          .contains("Recado needs a JDK 25", "Install one", "set JAVA_HOME", seventeen.toString());
      assertThat(tree.builds()).isEmpty();
    }
  }

  @Nested
  class TheBuild {

    @BeforeEach
    void installTheJdk() throws IOException {
      tree.addJdk("jdk", "25.0.3");
    }

    @Test
    void runsOnTheFirstStartWithoutTests() throws Exception {
      var run = tree.start();

      assertThat(run.errors()).isEqualTo("Building Recado (first start or changed sources)…\n");
      assertThat(tree.builds())
          .singleElement()
          .asString()
          .contains("-pl server -am package", "-Dmaven.test.skip=true");
    }

    @Test
    void isNotAskedForWhenNothingChanged() throws Exception {
      tree.start();
      tree.append("recado/server/src/test/java/MainTest.java", "// changed");
      tree.write("recado/README.md", "new");

      var run = tree.start();

      assertThat(run.errors()).isEmpty();
      assertThat(tree.builds()).hasSize(1);
    }

    @Test
    void followsEveryKindOfChange() throws Exception {
      tree.start();
      var source = folder.resolve("recado/server/src/main/java/Main.java");
      var changes =
          List.<Change>of(
              () -> tree.append("recado/server/src/main/java/Main.java", "// changed"),
              () -> tree.append("recado/emulator/src/main/java/Emulator.java", "// changed"),
              () -> tree.append("recado/pom.xml", "<!-- changed -->"),
              () -> tree.append("recado/emulator/pom.xml", "<!-- changed -->"),
              () -> tree.write("recado/emulator/src/main/resources/new.txt", "new"),
              () -> Files.setLastModifiedTime(source, FileTime.fromMillis(0)),
              () -> Files.delete(folder.resolve("recado/server/src/main/java/Other.java")),
              () -> Files.delete(folder.resolve("recado/server/target/recado.jar")));
      for (int done = 0; done < changes.size(); done++) {
        changes.get(done).make();
        tree.start();
        assertThat(tree.builds()).as("after change %d", done).hasSize(done + 2);
      }
    }

    @Test
    void endsTheStartWithMavensOutputWhenItFails() throws Exception {
      tree.write("build-fails", "");

      var run = tree.start();

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.errors()).contains("Main.java:[3,5] not a statement", "The build failed");
      assertThat(run.output()).isEmpty();
    }

    @Test
    void isTriedAgainAfterItFailed() throws Exception {
      tree.start();
      tree.append("recado/pom.xml", "<!-- changed -->");
      tree.write("build-fails", "");
      tree.start();
      Files.delete(folder.resolve("build-fails"));

      assertThat(tree.start().exitCode()).isZero();
      assertThat(tree.builds()).hasSize(3);
    }

    @Test
    void saysThatMavenIsMissing() throws Exception {
      Files.delete(folder.resolve("bin/mvn"));

      var run = tree.start();

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.errors()).contains("Maven", "Install Maven");
    }

    @Test
    void runsOnceWhenTwoStartTogether() throws Exception {
      tree.write("build-takes-long", "");
      var launcher = folder.resolve("recado/recado");
      var first = tree.begin(launcher, Map.of());
      var second = tree.begin(launcher, Map.of());

      assertThat(LauncherTree.finish(first).exitCode()).isZero();
      assertThat(LauncherTree.finish(second).exitCode()).isZero();
      assertThat(tree.builds()).hasSize(1);
    }

    @Test
    void isNotNeededByAnInstalledCopy() throws Exception {
      var installed = folder.resolve("installed");
      Files.createDirectories(installed.resolve("lib"));
      Files.copy(folder.resolve("recado/recado"), installed.resolve("recado"));
      assertThat(installed.resolve("recado").toFile().setExecutable(true)).isTrue();
      tree.write("installed/recado.jar", "jar");

      var run = LauncherTree.finish(tree.begin(installed.resolve("recado"), Map.of(), "--version"));

      assertThat(run.output()).contains("<" + installed.toRealPath() + "/recado.jar>\n<--version>");
      assertThat(tree.builds()).isEmpty();
    }
  }

  @Nested
  class ATool {

    @BeforeEach
    void installTheJdk() throws IOException {
      tree.addJdk("jdk", "25.0.3");
    }

    @Test
    void isBuiltWhenItIsFirstAskedForAndNotBefore() throws Exception {
      tree.start();
      assertThat(tree.builds()).hasSize(1);

      var run = tree.start("prove", "--kills", "5");

      assertThat(run.exitCode()).isZero();
      assertThat(tree.builds()).hasSize(2);
      assertThat(tree.builds().getLast()).contains("-pl prove -am package");
      assertThat(run.output()).endsWith("prove/target/prove.jar>\n<--kills>\n<5>\n");
      tree.start("prove");
      assertThat(tree.builds()).hasSize(2);
    }

    @Test
    void isBuiltAgainWhenItsSourcesChangeWhichAnOrdinaryStartDoesNotMind() throws Exception {
      tree.start("bench");
      tree.append("recado/benchmarks/src/main/java/Measure.java", "// changed");
      tree.start();
      assertThat(tree.builds()).hasSize(2);

      tree.start("bench", "accept");

      assertThat(tree.builds()).hasSize(3);
      assertThat(tree.builds().getLast()).contains("-P benchmarks", "-pl benchmarks -am package");
    }

    @Test
    void isToldHowToStartTheServer() throws Exception {
      var run = tree.start("prove");

      assertThat(run.output())
          .contains("<-Drecado.launcher=" + folder.toRealPath() + "/recado/recado>\n<-jar>");
    }

    @Test
    void isNotInAnInstalledCopy() throws Exception {
      var installed = folder.resolve("installed");
      Files.createDirectories(installed.resolve("lib"));
      Files.copy(folder.resolve("recado/recado"), installed.resolve("recado"));
      assertThat(installed.resolve("recado").toFile().setExecutable(true)).isTrue();
      tree.write("installed/recado.jar", "jar");

      var run = LauncherTree.finish(tree.begin(installed.resolve("recado"), Map.of(), "prove"));

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.errors()).contains("needs Recado's sources", "Clone the repository");
    }
  }

  @Nested
  class TheProcess {

    @BeforeEach
    void installTheJdk() throws IOException {
      tree.addJdk("jdk", "25.0.3");
    }

    @Test
    void becomesJavaWithTheArgumentsAsTheyAre() throws Exception {
      var run = tree.start("send", "+57 319", "¿Qué tal? *", "");

      assertThat(run.output())
          .contains("pid " + run.pid() + "\n")
          .endsWith("recado.jar>\n<send>\n<+57 319>\n<¿Qué tal? *>\n<>\n");
    }

    @Test
    void endsWithItsExitCode() throws Exception {
      assertThat(tree.start(Map.of("EXIT_CODE", "2")).exitCode()).isEqualTo(2);
    }

    @Test
    void staysInTheFolderOfTheUserAlsoThroughALink() throws Exception {
      var link = Files.createSymbolicLink(folder.resolve("link"), Path.of("recado/recado"));

      var run = LauncherTree.finish(tree.begin(link, Map.of(), "serve"));

      assertThat(run.output())
          .contains("in " + folder.toRealPath() + "\n")
          .contains("<" + folder.toRealPath() + "/recado/server/target/recado.jar>");
    }

    @Test
    void keepsTheCollectorThatTheOperatorChose() throws Exception {
      var run = tree.start(Map.of("JDK_JAVA_OPTIONS", "-XX:+UseG1GC"));

      assertThat(run.output()).doesNotContain("SerialGC");
      assertThat(tree.start().output()).contains("<-XX:+UseSerialGC>");
    }
  }

  @Nested
  class TheCache {

    private static final String TRAIN = "--train-aot-cache";

    @BeforeEach
    void startOnce() throws Exception {
      tree.addJdk("jdk", "25.0.3");
      assertThat(tree.start().output()).doesNotContain(AOT);
    }

    @Test
    void isTrainedAfterAPlainStartAndUsedByTheNext() throws Exception {
      var name = tree.trainings().getFirst();
      tree.start(TRAIN, name);

      assertThat(tree.start().output())
          .contains("<" + AOT + folder.toRealPath() + "/recado/.cache/aot/" + name + ".aot>");
      assertThat(tree.trainings()).hasSize(1);
    }

    @Test
    void isNotUsedWhenAJarChangedThoughItsSizeAndTimeDidNot() throws Exception {
      tree.start(TRAIN, tree.trainings().getFirst());
      var jar = folder.resolve("recado/server/target/lib/a.jar");
      var time = Files.getLastModifiedTime(jar);
      Files.writeString(jar, "b\n");
      Files.setLastModifiedTime(jar, time);

      assertThat(tree.start().output()).doesNotContain(AOT);
      assertThat(tree.trainings()).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void isNotUsedWithOtherOptionsOrAnotherJdk() throws Exception {
      tree.start(TRAIN, tree.trainings().getFirst());

      assertThat(tree.start(Map.of("JDK_JAVA_OPTIONS", "-Dx=y")).output()).doesNotContain(AOT);
      tree.append("jvm/jdk/release", "SOURCE=\"another build\"\n");
      assertThat(tree.start().output()).doesNotContain(AOT);
    }

    @Test
    void isThrownAwayWhenAJarChangedDuringTheTraining() throws Exception {
      tree.write("jar-changes", "");

      tree.start(TRAIN, tree.trainings().getFirst());

      assertThat(tree.caches(".aot")).isEmpty();
      assertThat(tree.caches("training")).isEmpty();
    }

    @Test
    void isNotTriedAgainRightAfterAFailedTraining() throws Exception {
      tree.write("training-fails", "");
      tree.start(TRAIN, tree.trainings().getFirst());

      assertThat(tree.start().exitCode()).isZero();
      assertThat(tree.caches(".aot")).isEmpty();
      assertThat(tree.trainings()).hasSize(1);
    }

    @Test
    void isTrainedWithNoneOfTheOperatorsSettings() throws Exception {
      var operators =
          Map.of("RECADO_DATABASE_URL", "postgresql://real", "RECADO_ADMIN_KEY", "the-real-key");
      tree.start(operators, TRAIN, tree.trainings().getFirst());

      assertThat(Files.readAllLines(folder.resolve("training-environment")))
          .filteredOn(line -> line.startsWith("RECADO_"))
          .noneMatch(line -> line.contains("real"))
          .extracting(line -> line.substring(0, line.indexOf('=')))
          .containsExactlyInAnyOrder(
              "RECADO_DATA", "RECADO_HOST", "RECADO_PORT", "RECADO_ADMIN_KEY");
    }

    @Test
    void leavesTheNewestTwo() throws Exception {
      for (int jar = 0; jar < 3; jar++) {
        tree.append("recado/server/target/lib/a.jar", "more");
        tree.start();
        tree.start(TRAIN, tree.trainings().getLast());
      }

      assertThat(tree.caches(".aot")).hasSize(2);
      assertThat(tree.start().output()).contains(AOT);
    }
  }

  /// Something that happens to the tree between two starts.
  private interface Change {
    void make() throws IOException;
  }
}
