package io.recado;

import io.recado.http.server.HttpServer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.TrustManagerFactory;

/// What a start needs later and takes long, begun beside what it needs first: the certificates that
/// Java trusts and the registry of the HTTP server, 70 ms each, while the database is opened. Once
/// in a process.
final class HeadStart {

  private static final Thread THREAD =
      Thread.ofPlatform().name("head-start").daemon().start(HeadStart::run);

  private HeadStart() {}

  /// Begins, the first time that it is called, and returns at once.
  static Thread begin() {
    return THREAD;
  }

  /// Waits for its end. To be called before the HTTP server is touched: classes that need each
  /// other may wait for each other for ever when two threads initialize them.
  static void await() {
    try {
      begin().join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run() {
    try {
      TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
          .init((KeyStore) null);
    } catch (GeneralSecurityException _) {
      // Told of to whoever needs them.
    }
    HttpServer.prepare();
  }
}
