package io.recado.http.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Accepts HTTP/1.1 connections, follows each from head to body to answer, and ends those that are
/// too slow: 408 while a request is on its way, nothing when the connection is idle or its other
/// end does not read. When there are nearly as many as there may be, idle ones make room.
final class ConnectionWatch implements ServerConnectionSelector, AutoCloseable {

  private static final double CROWDED_SHARE = 0.9;

  private final Listening.Times limits;
  private final int crowd;
  private final long mostBodyBytes;
  private final Supplier<byte[]> tooSlow;
  private final ServerConnectionSelector http1;
  private final Set<WatchedConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean isCrowded = new AtomicBoolean();
  private final ThreadLocal<WatchedConnection> own = new ThreadLocal<>();
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("connection-watch").factory());

  /// @param largestBody the largest body of any route
  /// @param tooSlow makes the whole answer, head included, to a request that is too slow
  ConnectionWatch(Listening listening, int largestBody, Supplier<byte[]> tooSlow) {
    this.limits = listening.times();
    this.crowd = (int) (listening.connections() * CROWDED_SHARE);
    // A quarter for the framing of chunks.
    this.mostBodyBytes = largestBody + (largestBody >> 2) + (64L << 10);
    this.tooSlow = tooSlow;
    this.http1 =
        Http1ConnectionSelector.builder()
            .config(
                Http1Config.builder()
                    .maxPrologueLength(Listening.REQUEST_LINE_BYTES)
                    .maxHeadersSize(Listening.HEADER_BYTES)
                    .sendKeepAliveHeader(false)
                    .addReceiveListener(new HeadsRead())
                    .addSendListener(new Answers())
                    .build())
            .build();
  }

  void start() {
    long period = Math.clamp(limits.shortest().toMillis() / 4, 20, 1_000);
    rounds.scheduleWithFixedDelay(this::round, period, period, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    rounds.shutdownNow();
  }

  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    var connection = new WatchedConnection(context, mostBodyBytes);
    connections.add(connection);
    if (connections.size() >= crowd && isCrowded.compareAndSet(false, true)) {
      rounds.execute(this::makeRoom);
    }
    own.set(connection);
    return http1.connection(connection);
  }

  /// The connection whose thread calls: each has one of its own, from beginning to end.
  WatchedConnection current() {
    return own.get();
  }

  private void round() {
    long now = System.nanoTime();
    for (WatchedConnection connection : connections) {
      if (!connection.isOpen()) {
        connections.remove(connection);
        continue;
      }
      switch (connection.pace(limits, now)) {
        case FINE -> {}
        case TOO_SLOW -> connection.end(tooSlow.get());
        case STUCK -> connection.end(null);
      }
    }
  }

  /// Ends those that have been idle for the longest, until there are no more than a crowd. Not
  /// those that have hardly been: a request may be on its way.
  private void makeRoom() {
    long now = System.nanoTime();
    connections.removeIf(connection -> !connection.isOpen());
    int tooMany = connections.size() - crowd + 1;
    if (tooMany <= 0) {
      isCrowded.set(false);
      return;
    }
    List<Idle> idle = new ArrayList<>();
    for (WatchedConnection connection : connections) {
      connection.idleSince().ifPresent(since -> idle.add(new Idle(connection, since - now)));
    }
    idle.stream()
        .filter(one -> -one.start > limits.crowdedIdle().toNanos())
        .sorted(Comparator.comparingLong(Idle::start))
        .limit(tooMany)
        .forEach(one -> one.connection.end(null));
    rounds.schedule(this::makeRoom, limits.crowdedIdle().toNanos(), TimeUnit.NANOSECONDS);
  }

  /// @param start when it began to be idle, in nanoseconds from now
  private record Idle(WatchedConnection connection, long start) {}

  /// Notes that a head has been read, and refuses what no route may see.
  private static final class HeadsRead implements Http1ConnectionListener {

    @Override
    public void headers(ConnectionContext context, Headers headers) {
      ((WatchedConnection) context).headRead();
      if (headers.size() > Listening.HEADERS) {
        throw refusal(Status.create(431, "Request Header Fields Too Large"));
      }
      if (headers.contains(HeaderNames.CONTENT_ENCODING)) {
        throw refusal(Status.UNSUPPORTED_MEDIA_TYPE_415);
      }
    }

    private static RequestException refusal(Status status) {
      return RequestException.builder()
          .type(EventType.BAD_REQUEST)
          .status(status)
          .setKeepAlive(false)
          .message(status.reasonPhrase())
          .build();
    }
  }

  /// Notes that an answer is on its way.
  private static final class Answers implements Http1ConnectionListener {

    @Override
    public void status(ConnectionContext context, Status status) {
      ((WatchedConnection) context).answering();
    }
  }
}
