package io.recado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChosenEventsTest {

  private static final String ID = "6633a1b2c4d5e6f7a8b9c0d1";

  @Test
  void theFlagsAreTheFilterOfTheApi() {
    assertThat(ChosenEvents.of(List.of(), List.of(), null).filter()).isEmpty();
    assertThat(ChosenEvents.of(List.of("message.sent"), List.of(), null).filter())
        .isEqualTo("(type = \"message.sent\")");
    assertThat(
            ChosenEvents.of(
                    List.of("message.sent", "message.read"), List.of(ID, "channels/" + ID), null)
                .filter())
        .isEqualTo(
            "(type = \"message.sent\" OR type = \"message.read\") AND (channel = \"channels/%s\" OR channel = \"channels/%s\")"
                .formatted(ID, ID));
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    assertThatThrownBy(() -> ChosenEvents.of(List.of("sent"), List.of("x"), "evt_1"))
        .isInstanceOfSatisfying(
            WrongSettings.class, wrong -> assertThat(wrong.problems()).hasSize(3));
  }
}
