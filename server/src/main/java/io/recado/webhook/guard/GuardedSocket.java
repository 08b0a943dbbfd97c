package io.recado.webhook.guard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.function.Predicate;
import javax.net.SocketFactory;

/// A socket that connects to permitted addresses only, and never through a proxy that a system
/// property names.
final class GuardedSocket extends Socket {

  private final Predicate<InetAddress> permitted;

  private GuardedSocket(Predicate<InetAddress> permitted) {
    super(Proxy.NO_PROXY);
    this.permitted = permitted;
  }

  /// @throws AddressRefused before anything is sent, when the address is not permitted or not known
  ///   yet
  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    if (!(endpoint instanceof InetSocketAddress address)
        || address.isUnresolved()
        || !permitted.test(address.getAddress())) {
      close();
      throw new AddressRefused();
    }
    super.connect(endpoint, timeout);
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  /// Makes sockets that are not connected yet. Those of [SocketFactory]'s other methods would be
  /// connected unjudged, so it has none.
  static final class Factory extends SocketFactory {

    private final Predicate<InetAddress> permitted;

    Factory(Predicate<InetAddress> permitted) {
      this.permitted = permitted;
    }

    @Override
    public Socket createSocket() {
      return new GuardedSocket(permitted);
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(
        InetAddress address, int port, InetAddress localAddress, int localPort) {
      throw new UnsupportedOperationException();
    }
  }
}
