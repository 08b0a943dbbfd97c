package io.recado.connector.whatsapp;

import static io.recado.connector.whatsapp.WhatsAppFixture.HELLO;
import static io.recado.connector.whatsapp.WhatsAppFixture.TOKEN;
import static io.recado.connector.whatsapp.WhatsAppFixture.brief;
import static io.recado.connector.whatsapp.WhatsAppFixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderHttp;
import io.recado.connector.ScriptedProvider;
import io.recado.connector.SendOutcome;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every code that Meta documents, and what it comes to.
class WhatsAppErrorCodesTest {

  private final ProviderHttp http = new ProviderHttp();
  private ScriptedProvider provider;

  @BeforeEach
  void start() throws IOException {
    provider = new ScriptedProvider();
  }

  @AfterEach
  void stop() {
    provider.close();
    http.closeIdle();
  }

  @ParameterizedTest
  @CsvSource(
      useHeadersInDisplayName = true,
      delimiter = '|',
      textBlock =
          """
          code    | outcome
          0       | ChannelBroken CREDENTIALS_INVALID
          1       | RetryLater PROVIDER_UNAVAILABLE 3
          2       | RetryLater PROVIDER_UNAVAILABLE 0
          3       | ChannelBroken PERMISSION_MISSING
          4       | Throttled PORTFOLIO
          10      | ChannelBroken PERMISSION_MISSING
          17      | Throttled PORTFOLIO
          33      | ChannelBroken ACCOUNT_UNREGISTERED
          100     | Refused CONTENT_REFUSED
          104     | ChannelBroken CREDENTIALS_INVALID
          190     | ChannelBroken CREDENTIALS_INVALID
          192     | Refused RECIPIENT_INVALID
          199     | unknown
          200     | ChannelBroken PERMISSION_MISSING
          230     | ChannelBroken PERMISSION_MISSING
          299     | ChannelBroken PERMISSION_MISSING
          300     | unknown
          368     | ChannelBroken ACCOUNT_RESTRICTED
          470     | Refused SERVICE_WINDOW_CLOSED
          803     | ChannelBroken ACCOUNT_UNREGISTERED
          80007   | Throttled PORTFOLIO
          80008   | Throttled PORTFOLIO
          130429  | Throttled CHANNEL
          130472  | Refused RECIPIENT_WITHHELD
          130497  | Refused ACCOUNT_RESTRICTED
          131000  | RetryLater PROVIDER_UNAVAILABLE 0
          131005  | ChannelBroken PERMISSION_MISSING
          131008  | Refused CONTENT_REFUSED
          131009  | Refused CONTENT_REFUSED
          131014  | Refused CONTENT_REFUSED
          131016  | RetryLater PROVIDER_UNAVAILABLE 0
          131020  | Refused CONTENT_UNSUPPORTED
          131021  | Refused RECIPIENT_INVALID
          131026  | Refused RECIPIENT_UNREACHABLE
          131030  | Refused RECIPIENT_INVALID
          131031  | ChannelBroken ACCOUNT_RESTRICTED
          131037  | ChannelBroken ACCOUNT_RESTRICTED
          131041  | Refused CONTENT_UNSUPPORTED
          131042  | ChannelBroken PAYMENT_REQUIRED
          131044  | Refused PAYMENT_REQUIRED
          131045  | ChannelBroken ACCOUNT_UNREGISTERED
          131047  | Refused SERVICE_WINDOW_CLOSED
          131048  | Throttled CHANNEL
          131049  | Refused RECIPIENT_WITHHELD
          131050  | Refused RECIPIENT_OPTED_OUT
          131051  | Refused CONTENT_UNSUPPORTED
          131052  | RetryLater CONTENT_REFUSED 2
          131053  | RetryLater CONTENT_REFUSED 3
          131055  | Refused CONTENT_UNSUPPORTED
          131056  | Throttled RECIPIENT
          131057  | Throttled CHANNEL PT1M
          131059  | Refused CONTENT_UNSUPPORTED
          131060  | Refused CONTENT_UNSUPPORTED
          131062  | Refused CONTENT_UNSUPPORTED
          131063  | Refused TEMPLATE_DISABLED
          131064  | Throttled TEMPLATE
          131200  | Refused CONTENT_UNSUPPORTED
          131299  | Refused CONTENT_UNSUPPORTED
          132000  | Refused TEMPLATE_PARAMETERS_INVALID
          132001  | Refused TEMPLATE_NOT_FOUND
          132005  | Refused TEMPLATE_PARAMETERS_INVALID
          132007  | Refused CONTENT_REFUSED
          132008  | Refused TEMPLATE_PARAMETERS_INVALID
          132012  | Refused TEMPLATE_PARAMETERS_INVALID
          132015  | Refused TEMPLATE_PAUSED
          132016  | Refused TEMPLATE_DISABLED
          132018  | Refused TEMPLATE_PARAMETERS_INVALID
          132068  | Refused TEMPLATE_DISABLED
          132069  | RetryLater THROTTLED 0 PT1H
          133000  | ChannelBroken ACCOUNT_UNREGISTERED
          133004  | RetryLater PROVIDER_UNAVAILABLE 0
          133005  | ChannelBroken ACCOUNT_UNREGISTERED
          133006  | ChannelBroken ACCOUNT_UNREGISTERED
          133008  | ChannelBroken ACCOUNT_UNREGISTERED
          133009  | ChannelBroken ACCOUNT_UNREGISTERED
          133010  | ChannelBroken ACCOUNT_UNREGISTERED
          133015  | ChannelBroken ACCOUNT_UNREGISTERED
          133016  | ChannelBroken ACCOUNT_UNREGISTERED
          134011  | Refused PAYMENT_REQUIRED
          134100  | Refused CONTENT_UNSUPPORTED
          134101  | RetryLater PROVIDER_UNAVAILABLE 0
          134102  | RetryLater PROVIDER_UNAVAILABLE 0
          135000  | Refused CONTENT_REFUSED
          137000  | Refused RECIPIENT_INVALID
          138000  | Refused PROVIDER_REFUSED
          138999  | Refused PROVIDER_REFUSED
          139000  | Refused PROVIDER_REFUSED
          139004  | Refused PROVIDER_REFUSED
          139100  | Refused PROVIDER_REFUSED
          139103  | Refused PROVIDER_REFUSED
          147001  | Refused PROVIDER_REFUSED
          147005  | Refused PROVIDER_REFUSED
          2388019 | Refused CONTENT_REFUSED
          2388040 | Refused CONTENT_REFUSED
          2388047 | Refused CONTENT_REFUSED
          2388072 | Refused CONTENT_REFUSED
          2388073 | Refused CONTENT_REFUSED
          2388293 | Refused CONTENT_REFUSED
          2388299 | Refused CONTENT_REFUSED
          """)
  void anErrorIsJudgedByItsCodeWhateverTheHttpStatus(long code, String outcome) {
    boolean isKnown = !outcome.equals("unknown");
    for (int status : new int[] {400, 403, 500}) {
      provider.answers(status, error("'code':" + code));

      SendOutcome sent = WhatsAppFixture.session(http, provider.url()).send(HELLO);

      String expected =
          status == 500 ? "RetryLater PROVIDER_UNAVAILABLE 0" : "Refused PROVIDER_REFUSED";
      assertThat(brief(sent)).isEqualTo(isKnown ? outcome : expected);
      assertThat(sent.answer())
          .isEqualTo(new ProviderAnswer(status, Long.toString(code), "(#" + code + ") No"));
      assertThat(sent.toString()).doesNotContain(TOKEN).doesNotContain("hola");
    }
  }
}
