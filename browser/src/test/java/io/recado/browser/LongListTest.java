package io.recado.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.recado.browser.stage.Crowd;
import io.recado.browser.stage.Desk;
import io.recado.browser.stage.OnStage;
import io.recado.browser.stage.Visitor;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An inbox with more conversations than a page can hold. `-Drecado.conversations=100000` has it
/// that long; the test prints how the frames came.
@OnStage
class LongListTest {

  private static final int CONVERSATIONS = Integer.getInteger("recado.conversations", 300);
  private static final int MOST_ROWS = 40;

  /// Scrolls on until all is there, and keeps the time between frames meanwhile.
  private static final String SCROLL =
      """
      async count => {
        const list = document.querySelector(".virtual");
        const gaps = [];
        let rows = 0;
        let before = performance.now();
        for (;;) {
          const now = await new Promise(requestAnimationFrame);
          gaps.push(now - before);
          before = now;
          rows = Math.max(rows, list.querySelectorAll("[role=listitem]").length);
          const last = [...list.querySelectorAll("[role=listitem]")].at(-1);
          if (Number(last?.getAttribute("aria-posinset")) === count) break;
          list.scrollTop = list.scrollHeight;
        }
        gaps.sort((a, b) => a - b);
        return [rows, gaps.length, gaps[Math.floor(gaps.length * 0.5)], gaps[Math.floor(gaps.length * 0.99)], gaps.at(-1)];
      }\
      """;

  @Test
  void ofALongListOnlyWhatIsSeenIsInThePageAndItsEndIsReached(Visitor visitor) {
    String channel = Crowd.of(CONVERSATIONS, visitor);
    Desk.signIn(visitor);
    Page page = visitor.page();
    page.setDefaultTimeout(1_200_000);
    long start = System.nanoTime();
    page.navigate(visitor.sandbox().address() + "/#/inbox/" + channel);
    Locator rows = page.locator(".virtual [role=listitem]");
    assertThat(rows.first()).containsText("Person");
    long shown = System.nanoTime() - start;

    @SuppressWarnings("unchecked")
    List<Number> seen = (List<Number>) page.evaluate(SCROLL, CONVERSATIONS);

    assertThat(rows.last()).hasAttribute("aria-posinset", String.valueOf(CONVERSATIONS));
    assertThat(seen.getFirst().intValue()).isBetween(1, MOST_ROWS);
    System.out.printf(
        "%,d conversations: shown after %d ms, %d frames to the end, %.0f ms apart in the middle,"
            + " %.0f ms at p99, %.0f ms at most; %d rows in the page at most.%n",
        CONVERSATIONS,
        shown / 1_000_000,
        seen.get(1).intValue(),
        seen.get(2).doubleValue(),
        seen.get(3).doubleValue(),
        seen.get(4).doubleValue(),
        seen.getFirst().intValue());
  }
}
