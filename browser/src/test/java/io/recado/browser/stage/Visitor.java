package io.recado.browser.stage;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.recado.SandboxOnStage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A person at a browser that has seen none of our pages yet. Speaks English, and sees light pages
/// unless told otherwise.
public final class Visitor implements AutoCloseable {

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Set<String> GRAVE = Set.of("serious", "critical");

  /// A theme is colours only, so the other rules are the same in both.
  private static final List<String> RULES_OF_COLOUR =
      List.of("color-contrast", "link-in-text-block");

  private static final int DESKTOP_WIDTH = 1280;
  private static final int DESKTOP_HEIGHT = 800;
  private static final int PHONE_WIDTH = 320;
  private static final int PHONE_HEIGHT = 640;

  private final SandboxOnStage sandbox;
  private final Api api;
  private final BrowserContext context;
  private final Page page;
  private final List<String> console = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();

  Visitor(Chromium chromium, SandboxOnStage sandbox, int patienceMillis) {
    this.sandbox = sandbox;
    this.api = new Api(chromium.driver(), sandbox);
    this.context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setLocale("en-US")
                    .setViewportSize(DESKTOP_WIDTH, DESKTOP_HEIGHT));
    context.setDefaultTimeout(patienceMillis);
    this.page = context.newPage();
    listen();
  }

  private void listen() {
    page.onConsoleMessage(
        message -> {
          String line = message.type() + ": " + message.text() + " (" + message.location() + ")";
          console.add(line);
          if (message.type().equals("error")) {
            errors.add(line);
          }
        });
    page.onPageError(
        error -> {
          console.add("uncaught: " + error);
          errors.add("uncaught: " + error);
        });
    page.onRequestFailed(
        request -> console.add("not loaded: " + request.url() + " " + request.failure()));
  }

  /// The sandbox whose pages are open.
  public SandboxOnStage sandbox() {
    return sandbox;
  }

  /// What the business's own programs do meanwhile.
  public Api api() {
    return api;
  }

  /// The page to act on.
  public Page page() {
    return page;
  }

  /// The page's keyboard.
  public Keyboard keyboard() {
    return new Keyboard(page);
  }

  /// Opens a page of the server.
  ///
  /// @param path such as `/docs`
  public Page open(String path) {
    page.navigate(sandbox.address() + path);
    return page;
  }

  /// What the pages reported as errors so far; forgets it, so that it does not fail the test.
  public List<String> takeErrors() {
    List<String> taken = List.copyOf(errors);
    errors.clear();
    return taken;
  }

  List<String> errors() {
    return errors;
  }

  /// Keeps a picture of the page in each theme, as `target/screenshots/NAME-THEME.png`; the theme
  /// is light afterwards.
  public void picture(String name) {
    for (Theme theme : List.of(Theme.DARK, Theme.LIGHT)) {
      prefer(theme);
      keep(SCREENSHOTS.resolve(name + "-" + theme.suffix() + ".png"));
    }
  }

  /// As if the operating system had been switched to it.
  public void prefer(Theme theme) {
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setColorScheme(theme == Theme.DARK ? ColorScheme.DARK : ColorScheme.LIGHT));
  }

  /// The narrowest phone.
  public void takePhone() {
    page.setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);
  }

  /// Back from [#takePhone].
  public void takeDesktop() {
    page.setViewportSize(DESKTOP_WIDTH, DESKTOP_HEIGHT);
  }

  /// By how many pixels the page is wider than what is seen of it.
  public int overflow() {
    return (int)
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  /// What keeps people with disabilities out of the page as it is, in both themes: the serious and
  /// the critical, each with the elements that it is about.
  public List<String> barriers() {
    prefer(Theme.DARK);
    List<String> found = new ArrayList<>(barriers(Theme.DARK, axe().withRules(RULES_OF_COLOUR)));
    prefer(Theme.LIGHT);
    found.addAll(barriers(Theme.LIGHT, axe()));
    return found;
  }

  /// In this page alone: it has no frames of others, for which a second page would be opened.
  private AxeBuilder axe() {
    return new AxeBuilder(page).setLegacyMode(true);
  }

  private static List<String> barriers(Theme theme, AxeBuilder axe) {
    return axe.analyze().getViolations().stream()
        .filter(rule -> GRAVE.contains(rule.getImpact()))
        .flatMap(rule -> told(theme, rule))
        .toList();
  }

  private static Stream<String> told(Theme theme, Rule rule) {
    return rule.getNodes().stream()
        .map(node -> theme.suffix() + ": " + rule.getId() + ": " + node.getHtml() + node.getAny());
  }

  void leaveTraces(Path folder, String name) {
    keep(folder.resolve(name + ".png"));
    try {
      Files.write(folder.resolve(name + ".log"), console);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keep(Path file) {
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }

  @Override
  public void close() {
    api.close();
    context.close();
  }
}
