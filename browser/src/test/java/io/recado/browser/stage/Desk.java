package io.recado.browser.stage;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/// The console, in the hands of a visitor who has signed in.
public final class Desk {

  /// The inbox of the sandbox's channel.
  public static final String INBOX = "/#/inbox/6633a1b2c4d5e6f7a8b9c0d1";

  private final Visitor visitor;
  private final Page page;

  private Desk(Visitor visitor) {
    this.visitor = visitor;
    this.page = visitor.page();
  }

  /// Opens the console at the inbox of the sandbox's channel, and signs in as a person does, with a
  /// key of its own: one key may sign in ten times a minute, and there are more journeys than that.
  /// Other journeys may have connected other channels.
  public static Desk signIn(Visitor visitor) {
    Page page = visitor.open(INBOX);
    page.getByLabel("API key").fill(visitor.api().newKey());
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
    return signedIn(visitor);
  }

  /// As [#signIn], without a mouse.
  public static Desk signInByKeyboard(Visitor visitor) {
    Page page = visitor.open(INBOX);
    visitor.keyboard().write(page.getByLabel("API key"), visitor.api().newKey()).press("Enter");
    return signedIn(visitor);
  }

  private static Desk signedIn(Visitor visitor) {
    assertThat(visitor.page().getByRole(AriaRole.NAVIGATION)).isVisible();
    // The page asks whether there is a session, and browsers note the answer that there is none.
    assertThat(visitor.takeErrors()).allMatch(line -> line.contains("/v1/session"));
    return new Desk(visitor);
  }

  /// Opens a page of the console by the menu.
  ///
  /// @param name as the menu shows it, such as `Channels`
  public Desk turnTo(String name) {
    menu(name).click();
    assertThat(menu(name)).hasAttribute("aria-current", "page");
    return this;
  }

  private Locator menu(String name) {
    return page.getByRole(AriaRole.NAVIGATION)
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  /// Opens the conversation with somebody.
  public Desk turnToPerson(String name) {
    page.locator("a.conversation").filter(new Locator.FilterOptions().setHasText(name)).click();
    assertThat(page.locator(".thread-head h2")).hasText(name);
    return this;
  }

  /// Writes an answer and sends it.
  public Locator answer(String text) {
    page.getByLabel("Message", new Page.GetByLabelOptions().setExact(true)).fill(text);
    page.keyboard().press("Enter");
    return bubble(text);
  }

  /// The bubble of the message with this text.
  public Locator bubble(String text) {
    return page.locator("li.bubble").filter(new Locator.FilterOptions().setHasText(text)).last();
  }

  /// Signs the message as the thread shows it: its ticks, by what they say.
  public Locator tick(Locator bubble, String status) {
    return bubble.locator(".tick." + status);
  }

  /// A button by what it says.
  public Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /// The dialog that is open.
  public Locator dialog() {
    return page.locator("dialog[open]");
  }

  /// Who holds it.
  public Visitor visitor() {
    return visitor;
  }
}
