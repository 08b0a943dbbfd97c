package io.recado.emulator.callback;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/// Calls businesses back over HTTP. Blocks; an answer counts only within 10 seconds.
final class CallbackClient implements AutoCloseable {
  private static final MediaType JSON = MediaType.get("application/json");

  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .callTimeout(10, TimeUnit.SECONDS)
          .connectionPool(new ConnectionPool(32, 30, TimeUnit.SECONDS))
          .followRedirects(false)
          .build();

  /// True when the business answered 200.
  boolean post(String url, String signature, byte[] body) {
    try {
      Request request =
          new Request.Builder()
              .url(url)
              .header("X-Hub-Signature-256", signature)
              .header("User-Agent", "facebookexternalua")
              .post(RequestBody.create(body, JSON))
              .build();
      try (Response response = client.newCall(request).execute()) {
        return response.code() == 200;
      }
    } catch (IOException e) {
      return false;
    }
  }

  /// Asks the address to prove that it expects callbacks: it must answer 200 with the challenge.
  Handshake verify(String url, String verifyToken, String challenge) {
    HttpUrl address = HttpUrl.parse(url);
    if (address == null) {
      return Handshake.failed("callbackUrl is not an http or https address");
    }
    HttpUrl question =
        address
            .newBuilder()
            .addQueryParameter("hub.mode", "subscribe")
            .addQueryParameter("hub.challenge", challenge)
            .addQueryParameter("hub.verify_token", verifyToken)
            .build();
    try (Response response =
        client.newCall(new Request.Builder().url(question).build()).execute()) {
      if (response.code() != 200) {
        return Handshake.failed(
            "the handshake was answered " + response.code() + " instead of 200");
      }
      return response.peekBody(1_000).string().equals(challenge)
          ? Handshake.PASSED
          : Handshake.failed("the handshake was not answered with the challenge as the whole body");
    } catch (IOException e) {
      return Handshake.failed("the callback address could not be reached");
    }
  }

  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }
}
