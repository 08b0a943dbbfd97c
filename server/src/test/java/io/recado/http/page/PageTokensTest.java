package io.recado.http.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.recado.http.Requests;
import io.recado.http.TestApi;
import io.recado.http.request.ApiError;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Request;
import io.recado.journal.Cipher;
import io.recado.journal.Id;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokensTest {

  private static final String MASTER = "a master key of some length";
  private static final Page.Sizes STRICT = Page.Sizes.strict(20, 100);
  private static final Page.Sizes LOWERED = Page.Sizes.lowered(50, 100);
  private static final Id ID = Id.parse(TestApi.OTHER_CHANNEL);

  private final PageTokens tokens =
      new PageTokens(Cipher.open(MASTER, Cipher.newKeyset(MASTER, new SecureRandom())));

  private static Request request(String... query) {
    return Requests.list(1, TestApi.CHANNEL, query(query));
  }

  private static Map<String, String> query(String... pairs) {
    Map<String, String> query = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      query.put(pairs[i], pairs[i + 1]);
    }
    return query;
  }

  private String token(Request request) {
    JsonObject answer =
        tokens
            .page(request, STRICT)
            .answer("items", List.of(), Position.of(1_700_000_000_000L, ID, "name"));
    return answer.string("nextPageToken").orElseThrow();
  }

  private void assertRefused(Request request, ErrorReason reason) {
    assertThatThrownBy(() -> tokens.page(request, STRICT))
        .asInstanceOf(type(ApiError.class))
        .extracting(ApiError::reason)
        .isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "0", "000"})
  void aSizeThatIsNotGivenIsTheUsualOne(String size) {
    assertThat(tokens.page(request("pageSize", size), STRICT).size()).isEqualTo(20);
    assertThat(tokens.page(request(), LOWERED).size()).isEqualTo(50);
  }

  @Test
  void aSizeWithinTheLimitsHolds() {
    assertThat(tokens.page(request("pageSize", "1"), STRICT).size()).isEqualTo(1);
    assertThat(tokens.page(request("pageSize", "100"), STRICT).size()).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "ten", "1.5", "+5", " 5", "1e2", "٣"})
  void aSizeThatIsNoWholeNumberIsRefused(String size) {
    assertRefused(request("pageSize", size), ErrorReason.INVALID_FIELDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"101", "99999999999", "99999999999999999999999999"})
  void aSizeBeyondTheMostIsRefusedOrLowered(String size) {
    assertRefused(request("pageSize", size), ErrorReason.INVALID_FIELDS);
    assertThat(tokens.page(request("pageSize", size), LOWERED).size()).isEqualTo(100);
  }

  @Test
  void aTokenLeadsToThePositionThatItWasMadeOf() {
    String token = token(request("filter", "a = 1"));
    Position after =
        tokens
            .page(request("filter", "a = 1", "pageToken", token, "pageSize", "5"), STRICT)
            .after()
            .orElseThrow();
    assertThat(after.number(0)).isEqualTo(1_700_000_000_000L);
    assertThat(after.id(1)).isEqualTo(ID);
    assertThat(after.text(2)).isEqualTo("name");
    assertThat(token).matches("[A-Za-z0-9_-]+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null"})
  void noTokenIsTheFirstPage(String token) {
    assertThat(tokens.page(request("pageToken", token), STRICT).after()).isEmpty();
  }

  @Test
  void aTokenOfOtherArgumentsIsAMismatch() {
    String token = token(request("filter", "a = 1"));
    assertRefused(request("pageToken", token), ErrorReason.PAGE_TOKEN_MISMATCH);
    assertRefused(request("filter", "a = 2", "pageToken", token), ErrorReason.PAGE_TOKEN_MISMATCH);
    assertRefused(
        Requests.list(1, TestApi.OTHER_CHANNEL, query("filter", "a = 1", "pageToken", token)),
        ErrorReason.PAGE_TOKEN_MISMATCH);
  }

  @Test
  void aTokenOfAnotherWorkspaceIsInvalid() {
    String token = token(request());
    assertRefused(
        Requests.list(2, TestApi.CHANNEL, query("pageToken", token)),
        ErrorReason.PAGE_TOKEN_INVALID);
  }

  @Test
  void aTokenThatWasChangedOrMadeUpIsInvalid() {
    String token = token(request());
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    for (int i = 0; i < token.length() - 1; i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      assertRefused(
          request("pageToken", token.substring(0, i) + other + token.substring(i + 1)),
          ErrorReason.PAGE_TOKEN_INVALID);
      assertRefused(
          request("pageToken", token.substring(0, i + 1) + "!"), ErrorReason.PAGE_TOKEN_INVALID);
      if (i > 0) {
        assertRefused(request("pageToken", token.substring(0, i)), ErrorReason.PAGE_TOKEN_INVALID);
      }
      byte[] noise = new byte[i + 1];
      random.nextBytes(noise);
      assertRefused(
          request("pageToken", java.util.Base64.getUrlEncoder().encodeToString(noise)),
          ErrorReason.PAGE_TOKEN_INVALID);
    }
    assertRefused(request("pageToken", "A".repeat(100_000)), ErrorReason.PAGE_TOKEN_INVALID);
  }

  @Test
  void theExtraRowTellsWhetherThereIsMore() {
    Page page = tokens.page(request("pageSize", "2"), STRICT);
    assertThat(page.limit()).isEqualTo(3);
    JsonObject more = answer(page, List.of("a", "b", "c"));
    assertThat(more.items("items")).hasSize(2);
    Request next =
        request("pageSize", "2", "pageToken", more.string("nextPageToken").orElseThrow());
    assertThat(tokens.page(next, STRICT).after().orElseThrow().text(0)).isEqualTo("b");
    assertThat(Json.text(answer(page, List.of("a", "b"))))
        .isEqualTo("{\"items\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"nextPageToken\":null}");
  }

  private static JsonObject answer(Page page, List<String> rows) {
    return page.answer(
        "items",
        rows,
        row -> JsonObject.builder().with("name", row).build(),
        row -> Position.of(row));
  }
}
