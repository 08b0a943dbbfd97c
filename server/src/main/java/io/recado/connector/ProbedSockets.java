package io.recado.connector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Sockets of which it can be told at once, for the price of one system call, whether the other
/// side has closed them. A socket of the JDK can only be read from, and the shortest time to wait
/// for nothing is a millisecond. Safe for many threads.
final class ProbedSockets {

  private final X509TrustManager trust;
  // A socket of TLS does not say what it stands on.
  private final Map<Socket, SocketChannel> encrypted =
      Collections.synchronizedMap(new WeakHashMap<>());

  /// Encrypted ones trust the authorities that the JDK trusts.
  ProbedSockets() {
    this(defaultTrust());
  }

  ProbedSockets(X509TrustManager trust) {
    this.trust = trust;
  }

  /// Whom encrypted sockets trust.
  X509TrustManager trust() {
    return trust;
  }

  /// Makes sockets without encryption.
  SocketFactory plain() {
    return new Plain();
  }

  /// Makes encrypted sockets over those of [#plain].
  SSLSocketFactory tls() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      return new Tls(context.getSocketFactory(), encrypted);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  /// Whether a socket of ours, on which nothing is awaited, cannot be used any more: its other side
  /// has closed it, or has sent what nobody asked for.
  boolean isClosed(Socket socket) {
    SocketChannel channel =
        socket.getChannel() == null ? encrypted.get(socket) : socket.getChannel();
    if (channel == null) {
      return true;
    }
    try {
      channel.configureBlocking(false);
      try {
        return channel.read(ByteBuffer.allocate(1)) != 0;
      } finally {
        channel.configureBlocking(true);
      }
    } catch (IOException e) {
      return true;
    }
  }

  private static X509TrustManager defaultTrust() {
    try {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(X509TrustManager.class::cast)
          .findFirst()
          .orElseThrow();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK trusts somebody", e);
    }
  }

  private static final class Plain extends SocketFactory {

    @Override
    public Socket createSocket() throws IOException {
      return SocketChannel.open().socket();
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw unused();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw unused();
    }
  }

  private static final class Tls extends SSLSocketFactory {

    private final SSLSocketFactory jdk;
    private final Map<Socket, SocketChannel> channels;

    private Tls(SSLSocketFactory jdk, Map<Socket, SocketChannel> channels) {
      this.jdk = jdk;
      this.channels = channels;
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose)
        throws IOException {
      Socket socket = jdk.createSocket(plain, host, port, autoClose);
      channels.put(socket, plain.getChannel());
      return socket;
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return jdk.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return jdk.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw unused();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw unused();
    }
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("the client connects its sockets itself");
  }
}
