package io.recado.browser.stage;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The Chromium that this machine has. None is downloaded.
final class Chromium implements AutoCloseable {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  /// No sandbox, because it cannot be had as root and only our own pages are opened. The rest keeps
  /// the browser from calling its maker's hosts.
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright driver;
  private final Browser browser;

  private Chromium(Playwright driver, Browser browser) {
    this.driver = driver;
    this.browser = browser;
  }

  /// Whether it was asked for with `-Drecado.required=chromium`: tests fail then without it.
  static boolean isRequired() {
    return List.of(System.getProperty("recado.required", "").split(",")).contains("chromium");
  }

  /// Whether there is one.
  static boolean isHere() {
    return find().isPresent();
  }

  static Chromium start() {
    Path executable =
        find().orElseThrow(() -> new AssertionError("There is no Chromium on the PATH."));
    var environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    Playwright driver = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    var options = new BrowserType.LaunchOptions().setArgs(FLAGS).setExecutablePath(executable);
    return new Chromium(driver, driver.chromium().launch(options));
  }

  Browser browser() {
    return browser;
  }

  private static Optional<Path> find() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public void close() {
    browser.close();
    driver.close();
  }
}
