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

  /// Null when the element is where the keyboard is, else what is there instead.
  private static final String FOCUSED_INSTEAD =
      """
      element => {
        if (element === element.getRootNode().activeElement) return null;
        let other = document.activeElement;
        while (other?.shadowRoot?.activeElement) other = other.shadowRoot.activeElement;
        return other?.outerHTML?.slice(0, 120) ?? 'nothing';
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
      Object instead = target.evaluate(FOCUSED_INSTEAD);
      if (instead == null) {
        return this;
      }
      passed.add(instead);
      press(key);
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
