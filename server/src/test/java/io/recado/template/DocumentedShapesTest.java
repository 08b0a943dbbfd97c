package io.recado.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.channel.Channel;
import io.recado.connector.ProviderTemplate.Button;
import io.recado.http.request.Response;
import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.json.Json;
import io.recado.testing.OpenApiContract;
import io.recado.testing.TestServer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Channels of WhatsApp and templates, held against openapi.yaml.
class DocumentedShapesTest {

  private static final OpenApiContract CONTRACT = OpenApiContract.load();
  private static final String CREATE =
      """
      {"type":"WHATSAPP","displayName":"Orders","address":"+15550100200","state":"PAUSED",
       "defaultLanguage":"es","inDoubt":{"policy":"RESEND","window":"30s","laneHold":"2s"},
       "whatsapp":{"phoneNumberId":"106540352242922","businessAccountId":"102290129340398",
       "accessToken":"token-0123456789-x7Qd","appSecret":"0123456789abcdef0123456789abcdef",
       "verifyToken":"a-verify-token-of-ours","messagesPerSecond":40,
       "recipientLimit":{"burst":10,"interval":"6s"}}}\
      """;

  private final TestServer server = new TestServer(Dialect.SQLITE);
  private String channel;

  @BeforeEach
  void create() {
    CONTRACT.checkRequest(
        "POST", "/v1/channels", Response.JSON, CREATE.getBytes(StandardCharsets.UTF_8));
    Response made = checked("POST /v1/channels", CREATE);
    channel = "/v1/" + Json.readObject(made.body()).string("name").orElseThrow();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Response checked(String request, String body) {
    Response answer = server.call(request, body);
    String[] line = request.split(" ", 2);
    CONTRACT.checkResponse(line[0], line[1], answer.status(), answer.contentType(), answer.body());
    return answer;
  }

  @Test
  void everyAnswerAboutAChannelIsAsDocumented() {
    checked("GET " + channel, "");
    checked("GET /v1/channels", "");
    checked("POST " + channel + ":resume", "");
    checked("POST " + channel + ":pause", "");
    checked(
        "PATCH " + channel, "{\"whatsapp\":{\"messagesPerSecond\":null,\"recipientLimit\":null}}");
    // Nobody listens where this connector calls, which is a finding, not a fault.
    assertThat(Json.text(Json.readObject(checked("POST " + channel + ":check", "").body())))
        .contains("PROVIDER_UNAVAILABLE");
    checked("DELETE " + channel, "");
  }

  @Test
  void everyAnswerAboutTemplatesIsAsDocumented() {
    Templates templates = new Templates(server.reads, server.clock);
    var sync =
        new TemplateSync(server.channels, server.journal, templates, server.clock, Runnable::run);
    server.add(
        new TemplateRoutes(server.channels, templates, sync, server.pageTokens, server.answers));
    server.pigeons.list(
        TestTemplates.order("es"),
        TestTemplates.withHeader("TEXT", "A {{order_number}}", "order_number"),
        TestTemplates.withButtons(new Button("QUICK_REPLY", "Yes", false)));
    String path =
        "/v1/"
            + server
                .json("POST /v1/channels", "{'type':'PIGEON','pigeon':{'ring':'R','whistle':'w'}}")
                .string("name")
                .orElseThrow();
    checked("POST " + path + "/templates:sync", "");
    checked("GET " + path + "/templates", "");
    checked(
        "POST " + path + "/templates/order_status_update:preview",
        "{'parameters':{'orderNumber':'1','status':'x'}}");
    checked("POST " + path + "/templates/headed:preview", "{'header':{'text':'1'}}");
    Channel known = server.channels.require(1, Id.parse(path.substring("/v1/channels/".length())));
    assertThat(templates.of(known).all()).hasSize(3);
  }
}
