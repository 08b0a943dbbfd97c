package io.recado.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.recado.browser.stage.Desk;
import io.recado.browser.stage.OnStage;
import io.recado.browser.stage.Visitor;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The console apart from its inbox.
@OnStage
class ConsoleTest {

  private static final int FIRST_LOAD_BYTES = 250_000;

  /// Calls the API by the console's own module, where every answer ends amid its body.
  private static final String CALL_THAT_IS_CUT =
      """
      async () => {
        const loaded = performance.getEntriesByType('resource').map((one) => one.name);
        const api = await import(loaded.find((name) => name.endsWith('/core/api.js')));
        const cut = () => new ReadableStream({ start: (body) => body.error(new TypeError('cut')) });
        window.fetch = async () => new Response(cut());
        return api.get('channels').then(JSON.stringify, (problem) => problem.reason);
      }\
      """;

  @Test
  void aWrongKeyIsRefusedWithASentenceAndTheRightOneSignsIn(Visitor visitor) {
    Page page = visitor.open("/");
    visitor.picture("sign-in");
    assertThat(visitor.barriers()).isEmpty();

    page.getByLabel("API key").fill("rcd_this-is-no-key-that-exists");
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
    assertThat(visitor.takeErrors()).allMatch(line -> line.contains("401"));

    Desk.signIn(visitor);
    page.reload();
    assertThat(page.getByRole(AriaRole.NAVIGATION)).isVisible();
  }

  @Test
  void whoeverSignsOutIsOut(Visitor visitor) {
    Desk desk = Desk.signIn(visitor);
    Page page = visitor.page();

    page.locator(".account").click();
    desk.button("Sign out").click();

    assertThat(page.getByLabel("API key")).isVisible();
    page.reload();
    assertThat(page.getByLabel("API key")).isVisible();
    visitor.takeErrors();
  }

  @Test
  void anAnswerThatIsCutShortIsNoAnswer(Visitor visitor) {
    Desk.signIn(visitor);

    assertThat(visitor.page().evaluate(CALL_THAT_IS_CUT)).isEqualTo("OFFLINE");
    visitor.takeErrors();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Overview", "Channels", "Templates", "Webhooks", "Events", "API keys"})
  void aPageLooksRightInBothThemesAndKeepsNobodyOut(String name, Visitor visitor) {
    Desk.signIn(visitor).turnTo(name);
    Page page = visitor.page();
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name)).first())
        .isVisible();
    assertThat(page.locator("[aria-busy=true]")).hasCount(0);

    String file = name.toLowerCase(Locale.ROOT).replace(' ', '-');
    visitor.picture(file);
    assertThat(visitor.barriers()).isEmpty();
    visitor.takePhone();
    visitor.picture(file + "-narrow");
    assertThat(visitor.overflow()).isZero();
  }

  @Test
  void whatAnEndpointWasToldIsSeenAndToldAgain(Visitor visitor) {
    visitor.api().awaitStatus(visitor.api().send("573193210329", "A word to be told of."), "READ");
    Desk desk = Desk.signIn(visitor).turnTo("Webhooks");
    Page page = visitor.page();

    page.locator("a.card").first().click();
    Locator first = page.locator(".deliveries > li").first();
    first.locator("summary").click();
    assertThat(first.locator(".attempts")).containsText("200");
    visitor.picture("endpoint");
    assertThat(visitor.barriers()).isEmpty();
    desk.button("Replay").click();
    desk.dialog().getByRole(AriaRole.BUTTON, named("Replay")).click();

    assertThat(page.locator("dialog[open]")).hasCount(0);
    assertThat(page.getByText(Pattern.compile("[0-9]+ events? (is|are) told again"))).isVisible();
  }

  @Test
  void aChannelIsConnectedStepByStepAndToldWhatIsWrong(Visitor visitor) {
    Desk desk = Desk.signIn(visitor).turnTo("Channels");

    desk.button("Connect a channel").click();
    Locator dialog = desk.dialog();
    choice(dialog, "WhatsApp").click();
    dialog.getByLabel("Name").fill("Customer care");
    dialog.locator("input[name=phoneNumberId]").fill("300100300100999");
    dialog.locator("input[name=accessToken]").fill("a-token-that-is-not-known");
    dialog.locator("input[name=appSecret]").fill("a-secret-of-the-journeys");
    dialog.getByRole(AriaRole.BUTTON, named("Next")).click();
    assertThat(dialog.locator("input").first())
        .hasValue(Pattern.compile("http://.*/providers/whatsapp/[0-9a-f]{24}"));
    visitor.picture("connect");
    assertThat(visitor.barriers()).isEmpty();
    dialog.getByRole(AriaRole.BUTTON, named("Check the channel")).click();

    assertThat(dialog.locator(".failure").first()).containsText("What to do:");
    dialog.getByRole(AriaRole.BUTTON, named("Done")).click();
    assertThat(visitor.page().locator("main")).containsText("Customer care");
  }

  @Test
  void aWebChatIsMadeAndTheLineForThePagesIsThereToBeCopied(Visitor visitor) {
    Desk desk = Desk.signIn(visitor).turnTo("Channels");

    desk.button("Connect a channel").click();
    Locator dialog = desk.dialog();
    choice(dialog, "Web chat").click();
    dialog.getByLabel("Name").fill("Bakery");
    dialog.getByLabel("Pages that may hold the chat").fill("shop.example");
    dialog.getByRole(AriaRole.BUTTON, named("Next")).click();
    assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("https://");
    assertThat(visitor.takeErrors()).allMatch(line -> line.contains("/v1/channels"));
    dialog.getByLabel("Pages that may hold the chat").fill("https://shop.example");
    dialog.getByRole(AriaRole.BUTTON, named("Next")).click();
    Pattern line =
        Pattern.compile(
            "<script src=\"http://.*/widget\\.js\" data-channel=\"[0-9a-f]{24}\" async></script>");
    assertThat(dialog.getByLabel("Code for your pages").first()).hasValue(line);
    visitor.picture("connect-web-chat");
    assertThat(visitor.barriers()).isEmpty();
    dialog.getByRole(AriaRole.BUTTON, named("Done")).click();

    Locator main = visitor.page().locator("main");
    assertThat(main).containsText("https://shop.example");
    main.getByRole(AriaRole.BUTTON, named("Change")).click();
    dialog
        .getByLabel("Pages that may hold the chat")
        .fill("https://shop.example\nhttps://bakery.example");
    dialog.getByLabel("Identity secret").fill("a-secret-of-the-bakery-alone");
    dialog.getByRole(AriaRole.BUTTON, named("Save")).click();
    assertThat(main).containsText("https://bakery.example");
  }

  @Test
  void theConsoleSpeaksSpanishAndIsDarkForWhoeverWantsIt(Visitor visitor) {
    Desk.signIn(visitor);
    Page page = visitor.page();

    page.locator(".account").click();
    page.locator("#account select").first().selectOption("es");
    assertThat(page.getByRole(AriaRole.NAVIGATION)).containsText("Canales");
    page.locator("#account select").last().selectOption("dark");
    page.keyboard().press("Escape");
    page.reload();

    assertThat(page.getByRole(AriaRole.NAVIGATION)).containsText("Canales");
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    assertThat(page.locator("html")).hasAttribute("lang", "es");
    visitor.picture("spanish");
  }

  @Test
  void theFirstLoadIsSmall(Visitor visitor) {
    var bytes = new AtomicLong();
    visitor.page().onRequestFinished(request -> bytes.addAndGet(request.sizes().responseBodySize));

    visitor.open("/");
    assertThat(visitor.page().getByLabel("API key")).isVisible();

    System.out.println("The console's first load takes " + bytes.get() + " bytes.");
    visitor.takeErrors();
    assertThat(bytes.get()).isBetween(1_000L, (long) FIRST_LOAD_BYTES);
  }

  private static Locator choice(Locator dialog, String text) {
    return dialog.locator(".choice", new Locator.LocatorOptions().setHasText(text));
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }
}
