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
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Prepares a server through its public API, as a caller and as the provider would.
final class Api implements AutoCloseable {

  private static final String APP_SECRET = "benchmark-app-secret";
  private static final String PHONE_NUMBER_ID = "300100300100300";
  private static final int MESSAGES_PER_CALLBACK = 100;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String address;

  Api(String address) {
    this.address = address;
  }

  /// Makes a channel that sends nothing, because it is paused.
  ///
  /// @return its resource name
  String pausedChannel() throws IOException, InterruptedException {
    JsonObject settings =
        JsonObject.builder()
            .with("phoneNumberId", PHONE_NUMBER_ID)
            .with("businessAccountId", "200100200100200")
            .with("accessToken", "benchmark-access-token")
            .with("appSecret", APP_SECRET)
            .with("verifyToken", "benchmark-verify-token")
            .build();
    JsonObject channel =
        JsonObject.builder()
            .with("type", "WHATSAPP")
            .with("displayName", "Benchmark")
            .with("whatsapp", settings)
            .build();
    String name = call("POST", "/v1/channels", channel).string("name").orElseThrow();
    call("POST", "/v1/" + name + ":pause", JsonObject.empty());
    return name;
  }

  /// Has people write to the channel, so that each has a conversation and an open service window.
  ///
  /// @return the conversations' resource names
  List<String> conversations(String channel, int count) throws IOException, InterruptedException {
    for (int from = 0; from < count; from += MESSAGES_PER_CALLBACK) {
      receive(channel, from, Math.min(count, from + MESSAGES_PER_CALLBACK));
    }
    List<String> names = new ArrayList<>();
    String token = "";
    do {
      JsonObject page =
          call("GET", "/v1/" + channel + "/conversations?pageSize=100&pageToken=" + token, null);
      for (JsonObject conversation : page.objects("conversations")) {
        names.add(conversation.string("name").orElseThrow());
      }
      token = page.string("nextPageToken").orElse("");
    } while (!token.isEmpty());
    return names;
  }

  /// Makes a webhook endpoint.
  ///
  /// @return its resource name
  String webhookEndpoint(String url) throws IOException, InterruptedException {
    JsonObject body = JsonObject.builder().with("url", url).build();
    return call("POST", "/v1/webhookEndpoints", body).string("name").orElseThrow();
  }

  /// Enables or disables a webhook endpoint.
  void setState(String endpoint, String state) throws IOException, InterruptedException {
    call("PATCH", "/v1/" + endpoint, JsonObject.builder().with("state", state).build());
  }

  /// Deletes a resource.
  void delete(String name) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/v1/" + name))
            .header("Authorization", "Bearer " + ServerProcess.KEY)
            .DELETE()
            .build();
    http.send(request, BodyHandlers.discarding());
  }

  @Override
  public void close() {
    http.close();
  }

  private void receive(String channel, int from, int to) throws IOException, InterruptedException {
    byte[] body = Json.write(Callback.of(PHONE_NUMBER_ID, from, to));
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(address + "/providers/whatsapp/" + channel.replace("channels/", "")))
            .header("Content-Type", "application/json")
            .header("X-Hub-Signature-256", "sha256=" + hmac(body))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    send(request);
  }

  private JsonObject call(String method, String path, JsonObject body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Authorization", "Bearer " + ServerProcess.KEY)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(Json.write(body)))
            .build();
    return Json.readObject(send(request));
  }

  private byte[] send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(
          request.method()
              + " "
              + request.uri().getPath()
              + " gave "
              + new String(response.body()));
    }
    return response.body();
  }

  private static String hmac(byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(APP_SECRET.getBytes(), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
