package io.recado.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.recado.browser.stage.Api;
import io.recado.browser.stage.Desk;
import io.recado.browser.stage.OnStage;
import io.recado.browser.stage.Visitor;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Conversations with people in the console.
@OnStage
class InboxTest {

  private static final String VALENTINA = "573193210329";
  private static final String CONVERSATION =
      Api.CHANNEL + "/conversations/664fa2b3c4d5e6f7a8b9c0d2";

  private static final String NOTE_WHEN_READ =
      """
      text => new MutationObserver(() => {
        const bubbles = [...document.querySelectorAll("li.bubble")];
        if (bubbles.some(one => one.textContent.includes(text) && one.querySelector(".tick.READ"))) {
          window.shownAt ??= Date.now();
        }
      }).observe(document.body, {subtree: true, childList: true, attributes: true})\
      """;

  @Test
  void anAnswerIsSentAndSeenToBeReadWithoutReloading(Visitor visitor) {
    Desk desk = Desk.signIn(visitor).turnToPerson("Valentina");
    String text = "Your order left this morning.";
    visitor.page().evaluate(NOTE_WHEN_READ, text);

    Locator bubble = desk.answer(text);

    assertThat(desk.tick(bubble, "READ")).isVisible();
    String path = CONVERSATION + "/messages/" + bubble.getAttribute("data-message");
    long read = Instant.parse(visitor.api().get(path).path("readTime").asString()).toEpochMilli();
    double shown = ((Number) visitor.page().evaluate("window.shownAt")).doubleValue();
    System.out.printf("A message was shown as READ %.0f ms after it was.%n", shown - read);
  }

  @Test
  void whoeverComesForTheFirstTimeIsShownTheChannelWhereSomebodyWrote(Visitor visitor) {
    visitor
        .api()
        .post(
            "/v1/channels",
            """
            {"type": "WEBCHAT", "displayName": "Quiet",
             "webchat": {"allowedOrigins": ["https://quiet.example"]}}\
            """);
    writes(visitor, VALENTINA, "Valentina", "Is anybody there?");
    Page page = visitor.open("/");

    page.getByLabel("API key").fill(visitor.api().newKey());
    page.keyboard().press("Enter");

    assertThat(page.locator("a.conversation").first()).containsText("Valentina");
    visitor.takeErrors();
  }

  @Test
  void whatAPersonWritesAppearsByItself(Visitor visitor) {
    Desk desk = Desk.signIn(visitor).turnToPerson("Valentina");

    writes(visitor, VALENTINA, "Valentina", "¿Y cuándo llega?");

    assertThat(desk.bubble("¿Y cuándo llega?")).isVisible();
  }

  @Test
  void aTemplateIsChosenFilledInSeenAndSent(Visitor visitor) {
    Desk desk = Desk.signIn(visitor).turnToPerson("Valentina");
    Page page = visitor.page();

    desk.button("Send a template").first().click();
    desk.dialog().getByRole(AriaRole.BUTTON).filter(text("order_status_update")).click();
    desk.dialog().getByLabel("orderNumber").fill("4012");
    desk.dialog().getByLabel("status").fill("en camino");
    assertThat(desk.dialog()).containsText("Tu pedido 4012 está en camino.");
    visitor.picture("template-picker");
    assertThat(visitor.barriers()).isEmpty();
    desk.dialog().getByRole(AriaRole.BUTTON, named("Send")).click();

    assertThat(desk.tick(desk.bubble("Tu pedido 4012 está en camino."), "READ")).isVisible();
    assertThat(page.locator("dialog[open]")).hasCount(0);
  }

  @Test
  void aFailedMessageSaysWhyAndWhatToDo(Visitor visitor) {
    Desk desk = Desk.signIn(visitor).turnToPerson("Nobody");
    Page page = visitor.page();

    page.locator("li.bubble.FAILED .why").last().click();

    Locator timeline = page.locator(".timeline");
    assertThat(timeline.locator(".failure")).containsText("What to do:");
    assertThat(timeline.locator(".failure")).containsText("131026");
    assertThat(timeline.locator(".steps .step").first()).isVisible();
    assertThat(timeline.locator(".steps")).not().containsText(Pattern.compile("[0-9]T[0-9:.]+Z"));
    visitor.picture("timeline");
    assertThat(visitor.barriers()).isEmpty();
  }

  @Test
  void theInboxLooksRightAndKeepsNobodyOut(Visitor visitor) {
    writes(visitor, "573193210551", "Mateo Rojas", "Buenas, ¿tienen talla M?");
    writes(visitor, "573193210552", "Camila", "¡Llegó perfecto, gracias!");
    Desk desk = Desk.signIn(visitor).turnToPerson("Valentina");
    Locator last = desk.answer("It should be with you before six.");
    assertThat(desk.tick(last, "READ")).isVisible();

    visitor.picture("inbox");
    assertThat(visitor.barriers()).isEmpty();
    visitor.takePhone();
    assertThat(last).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
    visitor.picture("inbox-narrow");
    assertThat(visitor.overflow()).isZero();
  }

  @Test
  void everythingInTheInboxIsDoneByKeyboardAlone(Visitor visitor) {
    Desk desk = Desk.signIn(visitor);
    Page page = visitor.page();
    assertThat(page.locator("a.conversation").first()).isVisible();

    page.keyboard().press("/");
    page.keyboard().type("Valentina");
    assertThat(page.locator("a.conversation")).hasCount(1);
    page.keyboard().press("ArrowDown");
    page.keyboard().press("Enter");
    assertThat(page.locator(".thread-head h2")).hasText("Valentina");
    page.keyboard().press("r");
    page.keyboard().type("Written without a mouse.");
    page.keyboard().press("Enter");

    assertThat(desk.tick(desk.bubble("Written without a mouse."), "READ")).isVisible();
  }

  @Test
  void anArrowMovesTheFocusAtOnceSoThatTheNextKeyIsNotLost(Visitor visitor) {
    Desk.signIn(visitor);
    Page page = visitor.page();
    assertThat(page.locator("a.conversation").first()).isVisible();

    Object isOnTheRow =
        page.evaluate(
            """
            () => {
              const box = document.querySelector('input[type=search]');
              box.focus();
              box.dispatchEvent(
                new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }));
              return document.activeElement.matches('a.conversation');
            }\
            """);

    assertThat(isOnTheRow).isEqualTo(true);
  }

  private static void writes(Visitor visitor, String person, String name, String text) {
    Api api = visitor.api();
    api.write(person, name, text);
    api.awaitText(person, text);
  }

  private static Locator.FilterOptions text(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }
}
