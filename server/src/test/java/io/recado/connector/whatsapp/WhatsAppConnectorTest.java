package io.recado.connector.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.Connector;
import io.recado.connector.Connector.Capabilities;
import io.recado.connector.Connector.Pace;
import io.recado.connector.Connector.Setting;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WhatsAppConnectorTest {

  private final Connector connector = new WhatsAppConnector(WhatsAppConnector.META);

  @Test
  void theLimitsAreTheDocumentedOnes() {
    assertThat(connector.type()).isEqualTo("WHATSAPP");
    assertThat(connector.capabilities())
        .isEqualTo(
            new Capabilities(
                "whatsapp",
                4096,
                Duration.ofHours(24),
                true,
                true,
                false,
                new Pace(80, 45, Duration.ofSeconds(6))));
  }

  @Test
  void exactlyOneSettingNamesTheAccountAndEverySecretIsMarked() {
    assertThat(connector.settings())
        .containsExactly(
            new Setting("phoneNumberId", false, true, true),
            new Setting("accessToken", true, true, false),
            new Setting("appSecret", true, true, false),
            new Setting("businessAccountId", false, false, false),
            new Setting("verifyToken", true, false, false));
  }

  @Test
  void settingsArePrintedWithoutTheirValues() {
    assertThat(WhatsAppFixture.SETTINGS.toString()).doesNotContain(WhatsAppFixture.TOKEN);
  }
}
