package io.recado.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.recado.browser.stage.Desk;
import io.recado.browser.stage.Keyboard;
import io.recado.browser.stage.OnStage;
import io.recado.browser.stage.Screen;
import io.recado.browser.stage.Visitor;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every journey without a mouse, on a wide screen and on the narrowest phone.
@OnStage
class KeyboardTest {

  @ParameterizedTest
  @EnumSource(Screen.class)
  void somebodySignsInAndOut(Screen screen, Visitor visitor) {
    Desk desk = signIn(visitor, screen);

    openAccount(visitor);
    visitor.keyboard().use(desk.button("Sign out"));

    assertThat(visitor.page().getByLabel("API key")).isVisible();
    assertFits(visitor);
    visitor.takeErrors();
  }

  @ParameterizedTest
  @EnumSource(Screen.class)
  void anAnswerIsWrittenAndSeenToBeRead(Screen screen, Visitor visitor) {
    Desk desk = signIn(visitor, screen);
    openConversation(visitor, "Valentina");
    String text = "Written without a mouse, " + screen;

    visitor.keyboard().write(field(visitor, "Message"), text).press("Enter");

    assertThat(desk.tick(desk.bubble(text), "READ")).isVisible();
    assertFits(visitor);
  }

  @ParameterizedTest
  @EnumSource(Screen.class)
  void aTemplateIsFilledInAndSent(Screen screen, Visitor visitor) {
    Desk desk = signIn(visitor, screen);
    openConversation(visitor, "Valentina");
    Keyboard keyboard = visitor.keyboard();
    String number = screen == Screen.PHONE ? "5001" : "5002";

    keyboard.use(desk.button("Send a template").first());
    Locator template =
        desk.dialog()
            .getByRole(AriaRole.BUTTON)
            .filter(new Locator.FilterOptions().setHasText("order_status_update"));
    keyboard.use(template);
    keyboard.write(desk.dialog().getByLabel("orderNumber"), number);
    keyboard.write(desk.dialog().getByLabel("status"), "en camino");
    assertFits(visitor);
    keyboard.use(inside(desk.dialog(), "Send"));

    String told = "Tu pedido " + number + " está en camino.";
    assertThat(desk.tick(desk.bubble(told), "READ")).isVisible();
  }

  @ParameterizedTest
  @EnumSource(Screen.class)
  void whyAMessageFailedAndWhatToDoIsFoundOut(Screen screen, Visitor visitor) {
    signIn(visitor, screen);
    openConversation(visitor, "Nobody");
    Page page = visitor.page();

    visitor.keyboard().use(page.locator("li.bubble.FAILED .why").last());

    assertThat(page.locator(".timeline .failure")).containsText("What to do:");
    assertFits(visitor);
    visitor.keyboard().press("Escape");
    assertThat(page.locator(".timeline")).isHidden();
  }

  @ParameterizedTest
  @EnumSource(Screen.class)
  void whatAnEndpointWasToldIsReadAndToldAgain(Screen screen, Visitor visitor) {
    visitor.api().awaitStatus(visitor.api().send("573193210329", "To be told of."), "READ");
    Desk desk = signIn(visitor, screen);
    turnTo(visitor, "Webhooks");
    Page page = visitor.page();
    Keyboard keyboard = visitor.keyboard();

    keyboard.use(page.locator("a.card").first());
    Locator first = page.locator(".deliveries > li").first();
    keyboard.use(first.locator("summary"));
    assertThat(first.locator(".attempts")).containsText("200");
    assertFits(visitor);
    keyboard.use(desk.button("Replay"));
    keyboard.use(inside(desk.dialog(), "Replay"));

    assertThat(page.getByText(Pattern.compile("[0-9]+ events? (is|are) told again"))).isVisible();
  }

  @ParameterizedTest
  @EnumSource(Screen.class)
  void aChannelIsConnected(Screen screen, Visitor visitor) {
    Desk desk = signIn(visitor, screen);
    turnTo(visitor, "Channels");
    Keyboard keyboard = visitor.keyboard();

    keyboard.use(desk.button("Connect a channel"));
    Locator dialog = desk.dialog();
    keyboard.use(
        dialog.locator(".choice").filter(new Locator.FilterOptions().setHasText("WhatsApp")));
    keyboard.write(dialog.getByLabel("Name"), "By keyboard " + screen);
    keyboard.write(dialog.locator("input[name=phoneNumberId]"), "30010030010" + screen.ordinal());
    keyboard.write(dialog.locator("input[name=accessToken]"), "a-token-that-is-not-known");
    keyboard.write(dialog.locator("input[name=appSecret]"), "a-secret-of-the-keyboard");
    assertFits(visitor);
    keyboard.use(inside(dialog, "Next"));
    keyboard.use(inside(dialog, "Check the channel"));
    assertThat(dialog.locator(".failure").first()).containsText("What to do:");
    keyboard.use(inside(dialog, "Done"));

    assertThat(visitor.page().locator("main")).containsText("By keyboard " + screen);
    assertFits(visitor);
  }

  @ParameterizedTest
  @EnumSource(Screen.class)
  void theLanguageAndTheThemeAreChosen(Screen screen, Visitor visitor) {
    signIn(visitor, screen);
    Page page = visitor.page();
    Keyboard keyboard = visitor.keyboard();

    openAccount(visitor);
    keyboard.goTo(page.locator("#account select").last()).press("End");
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    openAccount(visitor);
    keyboard.goTo(page.locator("#account select").first()).press("ArrowDown");

    assertThat(page.locator("html")).hasAttribute("lang", "es");
    assertThat(page.getByRole(AriaRole.NAVIGATION)).containsText("Canales");
    assertFits(visitor);
  }

  @ParameterizedTest
  @EnumSource(Screen.class)
  void aVisitorOfTheShopWritesAndIsAnswered(Screen screen, Visitor visitor) {
    if (screen == Screen.PHONE) {
      visitor.takePhone();
    }
    Page page = visitor.open("/demo?lang=en");
    Business business = Business.of(visitor);
    Keyboard keyboard = visitor.keyboard();

    keyboard.use(page.locator(".launcher"));
    keyboard.write(page.getByRole(AriaRole.TEXTBOX), "Is it open on Sunday?").press("Enter");
    assertThat(page.locator(".mine .foot")).containsText("Sent");
    business.answer(business.conversation(), "From ten to two.");

    assertThat(page.getByRole(AriaRole.LOG).getByText("From ten to two.")).isVisible();
    assertFits(visitor);
    keyboard.press("Escape");
    assertThat(page.locator(".launcher")).isFocused();
  }

  private static Desk signIn(Visitor visitor, Screen screen) {
    if (screen == Screen.PHONE) {
      visitor.takePhone();
    }
    return Desk.signInByKeyboard(visitor);
  }

  private static void turnTo(Visitor visitor, String name) {
    Locator link =
        visitor
            .page()
            .getByRole(AriaRole.NAVIGATION)
            .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name).setExact(true));
    visitor.keyboard().use(link);
    assertThat(link).hasAttribute("aria-current", "page");
  }

  private static void openConversation(Visitor visitor, String name) {
    Page page = visitor.page();
    Locator person =
        page.locator("a.conversation").filter(new Locator.FilterOptions().setHasText(name));
    // The list is one stop of the tabulator; within it one goes by the arrows.
    visitor.keyboard().goTo(page.locator("a.conversation[tabindex='0']")).go("ArrowDown", person);
    visitor.keyboard().press("Enter");
    assertThat(page.locator(".thread-head h2")).hasText(name);
  }

  private static void openAccount(Visitor visitor) {
    Page page = visitor.page();
    if (!page.locator("#account").isVisible()) {
      visitor.keyboard().use(page.locator(".account"));
    }
    assertThat(page.locator("#account")).isVisible();
  }

  private static Locator field(Visitor visitor, String label) {
    return visitor.page().getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  private static Locator inside(Locator dialog, String button) {
    return dialog.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button).setExact(true));
  }

  private static void assertFits(Visitor visitor) {
    assertThat(visitor.overflow()).isZero();
  }
}
