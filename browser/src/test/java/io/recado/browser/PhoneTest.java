package io.recado.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import io.recado.browser.stage.Api;
import io.recado.browser.stage.OnStage;
import io.recado.browser.stage.Visitor;
import org.junit.jupiter.api.Test;

/// The page of the emulator that plays a customer's phone.
@OnStage
class PhoneTest {

  private static final String VALENTINA = "573193210329";

  @Test
  void whatTheBusinessSendsArrivesAndWhatThePersonAnswersReachesTheBusiness(Visitor visitor) {
    Api api = visitor.api();
    Page page = open(visitor, VALENTINA);

    api.send(VALENTINA, "Your order has been confirmed.");
    assertThat(bubble(page, "Your order has been confirmed.")).isVisible();

    page.getByLabel("Message", new Page.GetByLabelOptions().setExact(true)).fill("¡Gracias!");
    page.keyboard().press("Enter");
    assertThat(bubble(page, "¡Gracias!")).isVisible();
    api.awaitText(VALENTINA, "¡Gracias!");
  }

  @Test
  void aTemplateIsRenderedAndItsButtonAnswersIt(Visitor visitor) {
    Api api = visitor.api();
    String person = "573193210331";
    Page page = open(visitor, person);
    api.sendTemplate(
        person,
        "{\"name\": \"order_status_update\", \"language\": \"es\", \"parameters\":"
            + " {\"orderNumber\": \"4012\", \"status\": \"en camino\"}}");

    assertThat(bubble(page, "Tu pedido 4012 está en camino.")).isVisible();
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Ver pedido")).click();

    assertThat(page.locator(".bubble.mine")).containsText("Ver pedido");
  }

  @Test
  void anotherPersonsPhoneIsTakenByKeyboardAlone(Visitor visitor) {
    Page page = open(visitor, VALENTINA);

    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Another person…")).focus();
    page.keyboard().press("Enter");
    page.keyboard().type("+57 319 321 0440");
    page.keyboard().press("Tab");
    page.keyboard().type("Mateo");
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.COMBOBOX, new GetByRoleOptions().setName("Whose phone")))
        .hasValue("573193210440");
    page.getByLabel("Message", new Page.GetByLabelOptions().setExact(true)).focus();
    page.keyboard().type("Hola, soy Mateo");
    page.keyboard().press("Enter");

    assertThat(bubble(page, "Hola, soy Mateo")).isVisible();
    visitor.api().awaitText("573193210440", "Hola, soy Mateo");
  }

  @Test
  void thePageLooksRightInBothThemesAndKeepsNobodyOut(Visitor visitor) {
    String person = "573193210332";
    Page page = open(visitor, person);
    page.getByLabel("Message", new Page.GetByLabelOptions().setExact(true))
        .fill("Hola, ¿cómo va mi pedido?");
    page.keyboard().press("Enter");
    visitor.api().awaitText(person, "Hola, ¿cómo va mi pedido?");
    visitor.api().send(person, "It left this morning and should be with you before six.");
    visitor
        .api()
        .sendTemplate(
            person,
            "{\"name\": \"order_status_update\", \"language\": \"es\", \"parameters\":"
                + " {\"orderNumber\": \"4012\", \"status\": \"en camino\"}}");
    assertThat(bubble(page, "Tu pedido 4012")).isVisible();

    visitor.picture("phone");
    assertThat(visitor.barriers()).isEmpty();
    visitor.takePhone();
    visitor.picture("phone-narrow");
    assertThat(visitor.overflow()).isZero();
  }

  private static Page open(Visitor visitor, String person) {
    Page page = visitor.page();
    page.navigate(visitor.sandbox().phone() + "#300100300100300/" + person);
    assertThat(page.locator("#name")).hasText("Recado Sandbox");
    return page;
  }

  private static Locator bubble(Page page, String text) {
    return page.locator(".bubble").filter(new Locator.FilterOptions().setHasText(text));
  }
}
