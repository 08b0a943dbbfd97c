package io.recado.webhook.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/// One workspace's connections, and its own share of the look-ups.
final class WorkspaceClients {

  private static final int IDLE_CONNECTIONS = 64;
  private static final int IDLE_SECONDS = 15;

  private final NameLookups.Turns turns = new NameLookups.Turns();
  private final AddressGuard guard;
  private final OkHttpClient toPublic;
  private final OkHttpClient toAllowed;

  WorkspaceClients(OkHttpClient plain, AddressGuard guard) {
    this.guard = guard;
    this.toPublic = open(plain, Reach.PUBLIC);
    this.toAllowed = open(plain, Reach.ALLOWED);
  }

  /// The client whose connections reach no farther. The two never use each other's.
  OkHttpClient to(Reach reach) {
    return reach == Reach.PUBLIC ? toPublic : toAllowed;
  }

  private OkHttpClient open(OkHttpClient plain, Reach reach) {
    return plain
        .newBuilder()
        .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS))
        .dns(host -> lookUp(host, reach))
        .socketFactory(new GuardedSocket.Factory(address -> guard.permits(reach, List.of(address))))
        .build();
  }

  private List<InetAddress> lookUp(String host, Reach reach) throws UnknownHostException {
    List<InetAddress> addresses = guard.names().lookUp(host, turns);
    if (!guard.permits(reach, addresses)) {
      throw new AddressRefused();
    }
    return addresses;
  }

  void close() {
    toPublic.connectionPool().evictAll();
    toAllowed.connectionPool().evictAll();
  }
}
