package io.recado.prove.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Finds ports that stay free while their owner is down.
public final class FreePort {

  /// Below the ports that Linux gives to connections (32768 and up, `ip_local_port_range`): one of
  /// those could be taken by any client of this machine between a stop and the next start.
  private static final int FIRST = 16_000;

  private static final int LAST = 32_000;

  private FreePort() {}

  /// A port of the loopback address that nobody listens on now.
  public static int take() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      try (var free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (BindException _) {
        // Somebody's: another is tried.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
