package io.recado.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page;
import io.recado.browser.stage.OnStage;
import io.recado.browser.stage.Visitor;
import org.junit.jupiter.api.Test;

/// The reference of the API at `/docs`.
@OnStage
class ReferenceTest {

  @Test
  void theReferenceShowsTheRoutesUnderItsOwnPolicyAndReportsNoError(Visitor visitor) {
    Page page = visitor.open("/docs");

    assertThat(page.locator(".opblock").first()).isVisible();
    assertThat(page.locator(".opblock").count()).isGreaterThan(30);
    visitor.picture("reference");
  }

  @Test
  void aRouteOpensWithItsExamples(Visitor visitor) {
    Page page = visitor.open("/docs");

    page.locator(".opblock-summary-control")
        .filter(new FilterOptions().setHasText(":sendMessage"))
        .click();

    assertThat(page.locator(".opblock.is-open .microlight").first()).isVisible();
  }

  @Test
  void thePolicyOfThePageRefusesAScriptInItsText(Visitor visitor) {
    Page page = visitor.open("/docs");

    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran ="
            + " true'}))");

    assertThat(page.evaluate("window.ran === undefined")).isEqualTo(true);
    assertThat(visitor.takeErrors()).singleElement().asString().contains("Content Security Policy");
  }
}
