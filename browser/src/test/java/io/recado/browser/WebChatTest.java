package io.recado.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.recado.browser.stage.Desk;
import io.recado.browser.stage.OnStage;
import io.recado.browser.stage.Visitor;
import org.junit.jupiter.api.Test;

/// The web chat's widget in the page of the demo shop.
@OnStage
class WebChatTest {

  private static final String SHOPS_INBOX = "/#/inbox/6633a1b2c4d5e6f7a8b9c0d2";

  @Test
  void aVisitorWritesIsAnsweredAndBothSeeWhatTheOtherHasRead(Visitor visitor) {
    Page page = visitor.open("/demo?lang=en");
    Business business = Business.of(visitor);

    open(page);
    write(page, "Do you ship to Bogotá?");
    assertThat(bubble(page, "Do you ship to Bogotá?")).isVisible();
    assertThat(page.locator(".mine .foot")).containsText("Sent");
    String conversation = business.conversation();
    business.markRead(conversation);
    assertThat(page.locator(".mine .foot")).containsText("Read");

    business.type(conversation);
    assertThat(page.getByText("Writing an answer…")).isAttached();
    String answer = business.answer(conversation, "We do, in three days.");
    assertThat(bubble(page, "We do, in three days.")).isVisible();
    assertThat(page.getByText("Writing an answer…")).isHidden();
    page.waitForCondition(() -> business.status(answer).equals("READ"));
    visitor.picture("web-chat");
  }

  @Test
  void whoSitsAtTheConsoleAnswersWhoWritesInTheShop(Visitor customer, Visitor clerk) {
    Page shop = customer.open("/demo?lang=en");
    open(shop);
    write(shop, "Is the coffee fresh?");

    Desk desk = Desk.signIn(clerk);
    clerk.open(SHOPS_INBOX);
    clerk.page().locator("a.conversation").filter(withText("Is the coffee fresh?")).click();
    Locator answer = desk.answer("Roasted this morning.");

    assertThat(bubble(shop, "Roasted this morning.")).isVisible();
    assertThat(desk.tick(answer, "READ")).isVisible();
    write(shop, "Then I take two.");
    assertThat(desk.bubble("Then I take two.")).isVisible();
  }

  @Test
  void aClosedChatCountsWhatWasNotReadAndTellsIt(Visitor visitor) {
    Page page = visitor.open("/demo?lang=en");
    Business business = Business.of(visitor);
    open(page);
    write(page, "Hello");
    assertThat(page.locator(".mine .foot")).containsText("Sent");
    page.keyboard().press("Escape");

    String answer = business.answer(business.conversation(), "Hello to you");

    assertThat(page.locator(".badge")).hasText("1");
    assertThat(launcher(page, "Open chat, 1 unread message")).isFocused();
    page.waitForCondition(() -> business.status(answer).equals("DELIVERED"));
    page.reload();
    assertThat(page.locator(".badge")).hasText("1");
    launcher(page, "Open chat, 1 unread message").click();
    assertThat(bubble(page, "Hello to you")).isVisible();
    page.waitForCondition(() -> business.status(answer).equals("READ"));
    assertThat(page.locator(".badge")).isHidden();
  }

  @Test
  void whatIsWrittenWithoutAConnectionIsSentWhenItIsBackAlsoAfterTheTabWasClosed(Visitor visitor) {
    Page page = visitor.open("/demo?lang=en");
    Business business = Business.of(visitor);
    open(page);
    write(page, "with a connection");
    assertThat(page.locator(".mine .foot")).containsText("Sent");
    String conversation = business.conversation();

    page.context().setOffline(true);
    write(page, "first");
    write(page, "second");
    assertThat(page.getByText("No connection.")).isVisible();
    assertThat(page.getByText("Waiting to be sent")).hasCount(2);
    page.context().setOffline(false);
    page.reload();

    page.waitForCondition(() -> business.texts(conversation).size() == 3);
    assertThat(business.texts(conversation))
        .containsExactly("second", "first", "with a connection");
    visitor.takeErrors();
  }

  @Test
  void itIsUsedByKeyboardAloneAndInSpanish(Visitor visitor) {
    Page page = visitor.open("/demo?lang=es");
    assertThat(launcher(page, "Abrir el chat")).isVisible();
    page.keyboard().press("Shift+Tab");
    assertThat(launcher(page, "Abrir el chat")).isFocused();
    page.keyboard().press("Enter");
    page.keyboard().type("Hola");
    page.keyboard().press("Shift+Enter");
    page.keyboard().type("¿hay alguien?");
    page.keyboard().press("Enter");

    assertThat(page.locator(".mine .text")).containsText("Hola\n¿hay alguien?");
    assertThat(page.locator(".mine .foot")).containsText("Enviado");
    page.keyboard().press("Escape");
    assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
    assertThat(launcher(page, "Abrir el chat")).isFocused();
  }

  @Test
  void nobodyIsKeptOutOfItWideOrNarrow(Visitor visitor) {
    Page page = visitor.open("/demo?lang=en");
    assertThat(launcher(page, "Open chat")).isVisible();
    assertThat(visitor.barriers()).isEmpty();
    open(page);
    write(page, "See https://example.com/a, please");
    assertThat(page.getByRole(AriaRole.LINK).getByText("https://example.com/a")).isVisible();
    assertThat(page.locator(".mine .foot")).containsText("Sent");
    Business business = Business.of(visitor);
    business.answer(business.conversation(), "An answer");
    assertThat(bubble(page, "An answer")).isVisible();
    assertThat(visitor.barriers()).isEmpty();

    visitor.takePhone();
    assertThat(visitor.barriers()).isEmpty();
    assertThat(visitor.overflow()).isZero();
    visitor.picture("web-chat-phone");
    page.getByRole(AriaRole.BUTTON, named("Close chat")).click();
    assertThat(launcher(page, "Open chat")).isFocused();
    assertThat(visitor.overflow()).isZero();
    visitor.picture("demo-phone");
  }

  @Test
  void itFollowsAPageThatIsReadFromTheRight(Visitor visitor) {
    Page page = visitor.open("/demo?lang=en");
    assertThat(launcher(page, "Open chat")).isVisible();
    page.evaluate(
        "document.documentElement.dir = 'rtl'; document.querySelector('recado-chat').remove();"
            + " document.body.append(document.createElement('recado-chat'))");
    open(page);
    write(page, "مرحبا");
    assertThat(bubble(page, "مرحبا")).isVisible();

    var mine = page.locator(".mine .text").boundingBox();
    var log = page.getByRole(AriaRole.LOG).boundingBox();
    assertThat(mine.x - log.x).isLessThan(40);
    assertThat(launcher(page, "Close chat").first().boundingBox().x).isLessThan(40);
    visitor.picture("web-chat-rtl");
  }

  private static void open(Page page) {
    launcher(page, "Open chat").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
  }

  private static void write(Page page, String text) {
    page.getByRole(AriaRole.TEXTBOX).fill(text);
    page.keyboard().press("Enter");
  }

  private static Locator bubble(Page page, String text) {
    return page.getByRole(AriaRole.LOG).getByText(text);
  }

  private static Locator.FilterOptions withText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Locator launcher(Page page, String name) {
    return page.locator(".launcher").and(page.getByRole(AriaRole.BUTTON, named(name)));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
