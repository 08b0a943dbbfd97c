package io.recado;

import io.recado.EventFollower.Pause;
import io.recado.EventFollower.Told;
import io.recado.webhook.WebhookSecret;
import io.recado.webhook.WebhookSignature;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// `listen --forward-to URL`: hands events to a receiver on this machine, signed as a webhook
/// endpoint's would be, so that one can be written without being reachable from outside.
///
/// In order, one after the other. A receiver that is not there, is too slow, or answers 429 or 5xx
/// is asked again with the same event until it takes it; any other answer is shown, and the next
/// event follows.
final class ListenCommand {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final EventFollower follower;
  private final Receiver receiver;
  private final PrintStream out;
  private final InstantSource clock;
  private final Pause pause;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  ListenCommand(
      EventFollower follower,
      Receiver receiver,
      PrintStream out,
      InstantSource clock,
      Pause pause) {
    this.follower = follower;
    this.receiver = receiver;
    this.out = out;
    this.clock = clock;
    this.pause = pause;
  }

  /// Forwards until the process ends.
  ///
  /// @throws CommandFailed when the server is not there or refuses
  void run() throws InterruptedException {
    out.println("Events go to " + receiver.url + " as they happen.");
    out.println("They are signed with " + receiver.secret.reveal());
    out.flush();
    follower.follow(this::forward);
  }

  private void forward(Told event) throws InterruptedException {
    Duration wait = FIRST_PAUSE;
    boolean isTold = false;
    while (true) {
      long started = System.nanoTime();
      String fault;
      try {
        int status = post(event);
        long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
        if (status != 429 && status < 500) {
          tell(event, status + " in " + millis + " ms");
          return;
        }
        fault = "answered " + status;
      } catch (IOException e) {
        fault = "did not answer";
      }
      if (!isTold) {
        tell(event, "the receiver " + fault + "; trying again until it takes it");
        isTold = true;
      }
      pause.pause(wait);
      wait =
          wait.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? wait.multipliedBy(2) : LONGEST_PAUSE;
    }
  }

  private int post(Told event) throws IOException, InterruptedException {
    byte[] body = event.json().getBytes(StandardCharsets.UTF_8);
    var request =
        HttpRequest.newBuilder(receiver.url)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    new WebhookSignature(List.of(receiver.secret))
        .headers(event.id(), clock.instant(), body)
        .forEach(request::header);
    return http.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private void tell(Told event, String what) {
    out.println("%s  %-21s  %s".formatted(event.id(), event.type(), what));
    out.flush();
  }

  /// Who receives.
  ///
  /// @param secret signs what is sent
  record Receiver(URI url, WebhookSecret secret) {

    /// Reads the flags.
    ///
    /// @throws WrongSettings when one of them is wrong
    static Receiver of(String url, String secret) {
      return new Receiver(address(url), parse(secret));
    }

    private static URI address(String url) {
      try {
        URI address = URI.create(url);
        String scheme = address.getScheme();
        if (address.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
          return address;
        }
      } catch (IllegalArgumentException _) {
        // Told below.
      }
      throw new WrongSettings(
          List.of("--forward-to must be an address such as http://localhost:3000/hook."));
    }

    private static WebhookSecret parse(String secret) {
      try {
        return WebhookSecret.parse(secret);
      } catch (IllegalArgumentException _) {
        throw new WrongSettings(List.of("--secret must be whsec_ and 24 to 64 bytes in base64."));
      }
    }
  }
}
