package io.recado.emulator.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.emulator.testing.Http;
import io.recado.emulator.testing.Scene;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MediaTest {
  private static final String MEDIA = "/v25.0/" + Scene.NUMBER + "/media";

  private Scene scene;

  @BeforeEach
  void open() {
    scene = Scene.open();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private Http.Answer upload(String product, String type, byte[] file) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    write(
        body,
        "--b\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\n"
            + product
            + "\r\n");
    write(body, "--b\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\n" + type + "\r\n");
    write(
        body,
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\nContent-Type: "
            + type
            + "\r\n\r\n");
    body.writeBytes(file);
    write(body, "\r\n--b--\r\n");
    return scene.http.call("POST", MEDIA, "multipart/form-data; boundary=b", body.toByteArray());
  }

  private static void write(ByteArrayOutputStream body, String text) {
    body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private String uploaded(String type, int size) {
    return upload("whatsapp", type, new byte[size]).json().path("id").asString();
  }

  @Test
  void aFileIsUploadedDescribedDownloadedAndDeleted() throws Exception {
    byte[] file = "\r\n--not the end\u0000ñ".getBytes(StandardCharsets.UTF_8);
    String id = upload("whatsapp", "image/png", file).json().path("id").asString();

    JsonNode described = scene.http.get("/v25.0/" + id + "?phone_number_id=" + Scene.NUMBER).json();
    assertThat(described.path("mime_type").asString()).isEqualTo("image/png");
    assertThat(described.path("file_size").asInt()).isEqualTo(file.length);
    assertThat(described.path("sha256").asString())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file)));

    String url = described.path("url").asString();
    Http.Answer downloaded = scene.http.get(url);
    assertThat(downloaded.bytes()).isEqualTo(file);
    assertThat(downloaded.headers().firstValue("content-type")).hasValue("image/png");
    assertThat(new Http("", "").get(url).code()).isEqualTo(104);
    assertThat(new Http("", "wrong").get(url).code()).isEqualTo(190);

    assertThat(scene.http.delete("/v25.0/" + id).json().path("success").asBoolean()).isTrue();
    assertThat(scene.http.get("/v25.0/" + id).code()).isEqualTo(100);
    assertThat(scene.http.get(url).status()).isEqualTo(404);
  }

  @Test
  void anAddressEndsAfterFiveMinutesAndAFileAfterThirtyDays() {
    String id = uploaded("image/png", 10);
    String url = scene.http.get("/v25.0/" + id).json().path("url").asString();

    scene.emulator.advance(Duration.ofMinutes(5));
    assertThat(scene.http.get(url).status()).isEqualTo(404);
    assertThat(scene.http.get("/v25.0/" + id).status()).isEqualTo(200);

    scene.emulator.advance(Duration.ofDays(30));
    assertThat(scene.http.get("/v25.0/" + id).code()).isEqualTo(100);
  }

  @Test
  void aFileIsSentOnlyAsWhatItIsAndWithinItsLimit() {
    String png = uploaded("image/png", 10);
    String large = uploaded("image/png", (5 << 20) + 1);

    assertThat(send("image", png).status()).isEqualTo(200);
    assertThat(send("video", png).code()).isEqualTo(131053);
    assertThat(send("image", large).code()).isEqualTo(131053);
  }

  private Http.Answer send(String type, String id) {
    return scene.send(
        Scene.PERSON, "\"type\":\"" + type + "\",\"" + type + "\":{\"id\":\"" + id + "\"}");
  }

  @Test
  void anUploadThatCannotBeTakenIsRefused() {
    assertThat(upload("sms", "image/png", new byte[1]).code()).isEqualTo(100);
    assertThat(upload("whatsapp", "image/gif", new byte[1]).details()).contains("image/gif");
    assertThat(upload("whatsapp", "image/png", new byte[0]).details()).contains("file");
    assertThat(scene.http.post(MEDIA, "{}").details()).contains("multipart");
    byte[] broken =
        "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(scene.http.call("POST", MEDIA, "multipart/form-data; boundary=b", broken).code())
        .isEqualTo(100);
  }
}
