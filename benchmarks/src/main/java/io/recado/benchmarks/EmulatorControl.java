package io.recado.benchmarks;

import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Tells the emulator what to do, through its control paths.
final class EmulatorControl implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final String address;

  EmulatorControl(String address) {
    this.address = address + "/_emulator/";
  }

  /// Gives it the account that [Api] makes channels for.
  ///
  /// @param callbackUrl where it calls back
  void configure(String callbackUrl) throws IOException, InterruptedException {
    JsonObject account =
        JsonObject.builder()
            .with("businessAccountId", Api.BUSINESS_ACCOUNT_ID)
            .with("accessToken", Api.ACCESS_TOKEN)
            .with("appSecret", Api.APP_SECRET)
            .with("verifyToken", Api.VERIFY_TOKEN)
            .with("callbackUrl", callbackUrl)
            .with("phoneNumberId", Api.PHONE_NUMBER_ID)
            .build();
    call("PUT", "config", Json.write(account));
  }

  /// Takes as many messages as come, and tells of up to 1,000 in one callback, as Meta says of its
  /// own: at most four go out at once, so small ones would be what is measured.
  void liftLimits() throws IOException, InterruptedException {
    String unlimited =
        "{\"messagesPerSecond\": null, \"recipientLimit\": null, \"batchCallbacks\": 1000}";
    call("PUT", "behaviour", unlimited.getBytes(StandardCharsets.UTF_8));
  }

  /// Has a person write.
  void write(String phone) throws IOException, InterruptedException {
    JsonObject text = JsonObject.builder().with("from", phone).with("text", "Hola").build();
    call("POST", "inbound", Json.write(text));
  }

  /// Some of what it accepted, in order.
  ///
  /// @param after the `arrival` of the last one that is known
  List<JsonObject> messages(long after, int limit) throws IOException, InterruptedException {
    byte[] page = call("GET", "messages?after=" + after + "&limit=" + limit, new byte[0]);
    return Json.readObjectLeniently(page).objects("messages");
  }

  /// Has it forget what it accepted.
  void forget() throws IOException, InterruptedException {
    call("DELETE", "messages", new byte[0]);
  }

  @Override
  public void close() {
    http.close();
  }

  private byte[] call(String method, String path, byte[] body)
      throws IOException, InterruptedException {
    URI uri = URI.create(address + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofByteArray(body)).build();
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(uri + " answered " + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer.body();
  }
}
