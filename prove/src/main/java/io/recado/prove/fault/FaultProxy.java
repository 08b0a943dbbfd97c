package io.recado.prove.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// Stands between a caller and a server on loopback, and breaks what the plan tells it to break.
///
/// Knows of HTTP only that a connection carries one request at a time and that requests that matter
/// begin with `POST`. For many threads.
public final class FaultProxy implements AutoCloseable {

  private static final Fault NONE = new Fault.None();

  private final ServerSocket listener;
  private final int target;
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final Map<String, LongAdder> served = new ConcurrentHashMap<>();
  private volatile Supplier<Fault> plan = () -> NONE;

  private FaultProxy(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  /// Starts one in front of a port of this machine.
  public static FaultProxy before(int port) {
    try {
      var proxy =
          new FaultProxy(new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()), port);
      Thread.ofPlatform().daemon().name("fault-proxy").start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where it listens, as `http://host:port`.
  public String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /// Asks `newPlan` what to do with each `POST` from now on. Must be safe for many threads.
  public void follow(Supplier<Fault> newPlan) {
    plan = newPlan;
  }

  /// Lets everything pass again.
  public void heal() {
    plan = () -> NONE;
  }

  /// How many requests have gone on and have no answer yet.
  public int underWay() {
    return (int) connections.stream().filter(ProxiedConnection::isAwaiting).count();
  }

  /// How often each fault has happened, by its name.
  public Map<String, Long> served() {
    Map<String, Long> counts = new TreeMap<>();
    served.forEach((name, count) -> counts.put(name, count.sum()));
    return counts;
  }

  /// How many faults have happened.
  public long total() {
    return served.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /// What to do with a request that begins with these bytes.
  Fault choose(byte[] head, int length) {
    boolean matters = length > 4 && head[0] == 'P' && head[1] == 'O' && head[2] == 'S';
    Fault fault = matters ? plan.get() : NONE;
    if (!(fault instanceof Fault.None)) {
      served.computeIfAbsent(fault.inWords(), _ -> new LongAdder()).increment();
    }
    return fault;
  }

  void forget(ProxiedConnection connection) {
    connections.remove(connection);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        open(listener.accept());
      } catch (IOException _) {
        // This one is gone, or all of it is closing.
      }
    }
  }

  private void open(Socket caller) throws IOException {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      var connection = new ProxiedConnection(this, caller, server);
      connections.add(connection);
      connection.start();
    } catch (IOException e) {
      caller.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      connections.forEach(ProxiedConnection::close);
    }
  }
}
