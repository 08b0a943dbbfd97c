package io.recado.browser.stage;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.LinkedHashSet;
import java.util.Set;

/// Somebody who has no mouse: goes from one thing to the next with the tabulator, as long as it
/// takes, and fails where that leads nowhere.
public final class Keyboard {

  /// More than any of our pages has to be stepped over.
  private static final int MOST_STEPS = 150;

  private static final String IS_FOCUSED =
      "element => element === element.getRootNode().activeElement";
  private static final String FOCUSED =
      """
      () => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return element?.outerHTML?.slice(0, 120) ?? 'nothing';
      }\
      """;

  private final Page page;

  /// The keyboard of a page.
  public Keyboard(Page page) {
    this.page = page;
  }

  /// Goes to something that can be used.
  ///
  /// @throws AssertionError when the tabulator never comes there, with where it went
  public Keyboard goTo(Locator target) {
    return go("Tab", target);
  }

  /// As [#goTo] by another key than the tabulator.
  public Keyboard go(String key, Locator target) {
    target.waitFor();
    Set<Object> passed = new LinkedHashSet<>();
    for (int i = 0; i < MOST_STEPS; i++) {
      if (Boolean.TRUE.equals(target.evaluate(IS_FOCUSED))) {
        return this;
      }
      press(key);
      passed.add(page.evaluate(FOCUSED));
    }
    throw new AssertionError(target + " is out of reach of " + key + ", which went to " + passed);
  }

  /// Goes to a button or a link and uses it.
  public Keyboard use(Locator target) {
    return goTo(target).press("Enter");
  }

  /// Goes to a field and writes into it what it is to hold.
  public Keyboard write(Locator field, String text) {
    goTo(field).press("ControlOrMeta+a");
    page.keyboard().type(text);
    return this;
  }

  /// Presses a key.
  public Keyboard press(String key) {
    page.keyboard().press(key);
    return this;
  }
}
