package io.recado.connector.whatsapp;

import static io.recado.connector.whatsapp.WhatsAppFixture.HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.BreakingProvider;
import io.recado.connector.ConnectorSession;
import io.recado.connector.ProviderHttp;
import io.recado.connector.SendOutcome;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A connection closed at every byte: one request each, and a doubt, never a guess.
class WhatsAppBrokenConnectionTest {

  private static final String ACCEPTED = "{\"messages\":[{\"id\":\"wamid.1\"}]}";
  private static final String REFUSED = "{\"error\":{\"code\":131026}}";

  private final ProviderHttp http = new ProviderHttp();
  private BreakingProvider provider;
  private ConnectorSession session;

  @BeforeEach
  void start() throws IOException {
    provider = new BreakingProvider();
    session = WhatsAppFixture.session(http, provider.url());
  }

  @AfterEach
  void stop() throws IOException {
    provider.close();
    http.closeIdle();
  }

  @Test
  void aRequestBrokenOffAtAnyByteIsInDoubtAndNotRepeated() {
    provider.answer(fixed(200, ACCEPTED), fixed(200, ACCEPTED).length());
    assertThat(session.send(HELLO)).isInstanceOf(SendOutcome.Accepted.class);
    int length = provider.lastRequestLength();
    assertThat(length).isGreaterThan(300);
    http.closeIdle();

    for (int bytes = 0; bytes <= length; bytes++) {
      provider.breakRequestAfter(bytes);

      assertThat(session.send(HELLO)).as("byte %d", bytes).isInstanceOf(SendOutcome.InDoubt.class);
      assertThat(provider.connections()).isEqualTo(bytes + 2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fixed", "chunked", "until closed"})
  void anAnswerBrokenOffAtAnyByteIsInDoubtAndNotRepeated(String framing) {
    for (String body : new String[] {ACCEPTED, REFUSED}) {
      int status = body.equals(ACCEPTED) ? 200 : 400;
      String whole =
          switch (framing) {
            case "fixed" -> fixed(status, body);
            case "chunked" -> chunked(status, body);
            default -> head(status) + "Connection: close\r\n\r\n" + body;
          };
      int before = provider.connections();
      for (int bytes = 0; bytes < whole.length(); bytes++) {
        provider.answer(whole, bytes);

        assertThat(session.send(HELLO))
            .as("byte %d", bytes)
            .isInstanceOf(SendOutcome.InDoubt.class);
        assertThat(provider.connections()).isEqualTo(before + bytes + 1);
      }
      provider.answer(whole, whole.length());
      assertThat(session.send(HELLO)).isNotInstanceOf(SendOutcome.InDoubt.class);
      http.closeIdle();
    }
  }

  private static String head(int status) {
    return "HTTP/1.1 " + status + " Whatever\r\nContent-Type: application/json\r\n";
  }

  private static String fixed(int status, String body) {
    return head(status) + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static String chunked(int status, String body) {
    String chunk = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
    return head(status) + "Transfer-Encoding: chunked\r\n\r\n" + chunk + "0\r\n\r\n";
  }
}
