package io.recado.browser.stage;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.recado.SandboxOnStage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// See [OnStage]. Playwright is for one thread, and JUnit uses one for each class.
final class Stage implements ExecutionCondition, ParameterResolver, AfterEachCallback {

  private static final Namespace OURS = Namespace.create(Stage.class);
  private static final Path FAILURES = Path.of("target", "failures");
  private static final String REMEDY =
      "there is no Chromium on the PATH; install one, for example with: apt install chromium";
  private static final int PATIENCE_MILLIS = 30_000;

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
    if (Chromium.isHere() || Chromium.isRequired()) {
      return ConditionEvaluationResult.enabled(null);
    }
    String notice = test.getDisplayName() + " is NOT RUN: " + REMEDY;
    System.err.println(notice);
    return ConditionEvaluationResult.disabled(notice);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == Visitor.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Chromium chromium = shared(test, Chromium.class, Chromium::start);
    SandboxOnStage sandbox = shared(test, Sandboxed.class, Sandboxed::start).sandbox;
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    var visitor = new Visitor(chromium, sandbox, PATIENCE_MILLIS);
    // Closed by JUnit when the test is over.
    test.getStore(OURS).put(parameter.getIndex(), visitor);
    return visitor;
  }

  @Override
  public void afterEach(ExtensionContext test) {
    boolean hasFailed = test.getExecutionException().isPresent();
    List<String> reported = new ArrayList<>();
    for (int i = 0; i < test.getRequiredTestMethod().getParameterCount(); i++) {
      Visitor visitor = test.getStore(OURS).get(i, Visitor.class);
      if (visitor != null && (hasFailed || !visitor.errors().isEmpty())) {
        visitor.leaveTraces(FAILURES, i == 0 ? name(test) : name(test) + "." + i);
        reported.addAll(visitor.errors());
      }
    }
    if (!hasFailed && !reported.isEmpty()) {
      throw new AssertionError("the page reported: " + String.join("\n", reported));
    }
  }

  private static String name(ExtensionContext test) {
    return test.getRequiredTestClass().getSimpleName()
        + "."
        + test.getRequiredTestMethod().getName();
  }

  private interface Start<T> {
    T start() throws IOException;
  }

  /// What lives until the last test of the class has ended; made when a test first needs it.
  private static <T> T shared(ExtensionContext test, Class<T> type, Start<T> start) {
    ExtensionContext ofClass = test;
    while (ofClass.getTestMethod().isPresent()) {
      ofClass = ofClass.getParent().orElseThrow();
    }
    return ofClass
        .getStore(OURS)
        .computeIfAbsent(
            type,
            _ -> {
              try {
                return start.start();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            },
            type);
  }

  private record Sandboxed(Path folder, SandboxOnStage sandbox) implements AutoCloseable {

    static Sandboxed start() throws IOException {
      Path folder = Files.createTempDirectory("recado-journeys-");
      return new Sandboxed(folder, SandboxOnStage.start(folder));
    }

    @Override
    public void close() throws IOException {
      sandbox.close();
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }
}
