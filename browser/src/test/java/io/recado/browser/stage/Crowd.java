package io.recado.browser.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.SandboxOnStage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Many people at once.
public final class Crowd {

  private static final int MOST_AT_ONCE = 64;
  private static final String SETTINGS =
      """
      {"type": "WHATSAPP", "displayName": "Crowd", "whatsapp":
        {"phoneNumberId": "300100300100777", "accessToken": "none", "appSecret": "none"}}\
      """;
  private static final String PERSON =
      "{\"contact\": {\"phoneNumber\": \"+57300%07d\", \"displayName\": \"Person %06d\"}}";

  private Crowd() {}

  /// Makes a channel with that many conversations, in which nothing was said.
  ///
  /// @return the channel's id
  public static String of(int conversations, Visitor visitor) {
    String channel = visitor.api().post("/v1/channels", SETTINGS).path("name").asString();
    URI uri = URI.create(visitor.sandbox().address() + "/v1/" + channel + "/conversations");
    var permits = new Semaphore(MOST_AT_ONCE);
    List<Future<Integer>> answers = new ArrayList<>();
    try (var http = HttpClient.newHttpClient();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 1; i <= conversations; i++) {
        HttpRequest one = request(uri, PERSON.formatted(i, i));
        permits.acquireUninterruptibly();
        answers.add(threads.submit(() -> status(http, one, permits)));
      }
    }
    assertThat(answers).allMatch(answer -> answer.resultNow() == 200);
    return channel.substring(channel.indexOf('/') + 1);
  }

  private static HttpRequest request(URI uri, String body) {
    return HttpRequest.newBuilder(uri)
        .header("Authorization", "Bearer " + SandboxOnStage.ADMIN_KEY)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static int status(HttpClient http, HttpRequest request, Semaphore permits)
      throws Exception {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } finally {
      permits.release();
    }
  }
}
