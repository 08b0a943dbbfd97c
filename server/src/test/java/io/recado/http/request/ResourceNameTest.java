package io.recado.http.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceNameTest {

  private static final String A = "6633a1b2c4d5e6f7a8b9c0d1";
  private static final String B = "664fa2b3c4d5e6f7a8b9c0d2";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "channels/" + A,
        "channels/" + A + "/conversations/" + B,
        "channels/" + A + "/conversations/" + B + "/messages/" + A,
        "channels/" + A + "/templates/order_status",
        "apiKeys/" + A,
        "workspaces/" + B,
      })
  void aNameIsReadAndPrintedAlike(String name) {
    assertThat(ResourceName.parse(name)).map(Object::toString).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "channels",
        "channels/",
        "channels/x",
        "/channels/" + A,
        "channels/" + A + "/",
        "channels/" + A + "/conversations",
        "channels/" + A + "/messages/" + B,
        "channels/" + A + "/templates/",
        "channels/" + A + "/templates/a/b",
        "channels/" + A + "/conversations/" + B + "/messages/" + A + "/parts/" + B,
        "Channels/" + A,
        "users/" + A,
      })
  void otherTextsAreNoNames(String text) {
    assertThat(ResourceName.parse(text)).isEmpty();
  }

  @Test
  void aNameOfAnotherKindIsAFault() {
    assertThat(ResourceName.require("channels/" + A, "channel", ResourceName.Channel.class).id())
        .hasToString(A);
    assertThatThrownBy(
            () -> ResourceName.require("apiKeys/" + A, "channel", ResourceName.Channel.class))
        .isInstanceOf(ApiError.class)
        .hasMessageStartingWith("channel: A resource name of the form channels/{id},");
  }
}
