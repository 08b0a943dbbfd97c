package io.recado;

import io.recado.http.server.HttpServer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.TrustManagerFactory;

/// What a start needs later and takes long, begun beside what it needs first: the certificates that
/// Java trusts and the registry of the HTTP server, 70 ms each, while the database is opened.
final class HeadStart {

  private HeadStart() {}

  /// Begins and returns at once. Whoever needs one of them before it is ready waits for it.
  static void begin() {
    Thread.ofPlatform().name("head-start").daemon().start(HeadStart::run);
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
