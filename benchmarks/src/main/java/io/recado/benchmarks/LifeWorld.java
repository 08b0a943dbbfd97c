package io.recado.benchmarks;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// A server that sends to the emulator and is called back by it, with conversations whose service
/// windows are open.
final class LifeWorld implements AutoCloseable {

  private static final long FIRST_PHONE = 573_190_000_000L;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final ScratchFolder folder = new ScratchFolder();
  private final ServerProcess emulator;
  private final ServerProcess recado;
  private final EmulatorControl control;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> conversations;

  LifeWorld(int people) throws IOException, InterruptedException {
    emulator = ServerProcess.emulator();
    recado = ServerProcess.recado(folder.path(), emulator.address());
    control = new EmulatorControl(emulator.address());
    control.liftLimits();
    try (var api = new Api(recado.address())) {
      // The channel is checked at the provider when it is made.
      control.configure(recado.address());
      String channel = api.channel();
      control.configure(recado.address() + Api.callbackPath(channel));
      // Clear of the endings that choose a fate.
      for (int i : IntStream.range(1_000, 1_000 + people).toArray()) {
        control.write(Long.toString(FIRST_PHONE + i));
      }
      conversations = await(api, channel, people);
    }
  }

  /// Texts to all conversations in turn, each with a number of its own.
  RequestBytes texts() {
    String text = "Your order has been confirmed. ".repeat(6).substring(0, 170);
    return RequestBytes.posts(
        conversations.stream().map(name -> "/v1/" + name + "/messages").toList(),
        "{\"text\": \"" + RequestBytes.NUMBER + ": " + text + "\"}",
        false);
  }

  ServerProcess recado() {
    return recado;
  }

  ServerProcess emulator() {
    return emulator;
  }

  EmulatorControl control() {
    return control;
  }

  LifeCounts counts() throws IOException, InterruptedException {
    return LifeCounts.of(http, recado.address());
  }

  /// Waits until so many messages have been read or failed, or nothing moves for five seconds.
  LifeCounts awaitEnd(LifeCounts before, long messages) throws IOException, InterruptedException {
    LifeCounts last = counts();
    long changed = System.nanoTime();
    while (last.since(before).read() + last.since(before).failed() < messages
        && System.nanoTime() - changed < TimeUnit.SECONDS.toNanos(5)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      LifeCounts now = counts();
      changed = now.read() == last.read() ? changed : System.nanoTime();
      last = now;
    }
    return last;
  }

  @Override
  public void close() throws IOException {
    http.close();
    control.close();
    recado.close();
    emulator.close();
    folder.close();
  }

  private static List<String> await(Api api, String channel, int people)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    List<String> known = api.conversations(channel);
    while (known.size() < people) {
      if (System.nanoTime() > end) {
        throw new IOException("only " + known.size() + " conversations were opened");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      known = api.conversations(channel);
    }
    return known;
  }
}
