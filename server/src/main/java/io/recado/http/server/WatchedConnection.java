package io.recado.http.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// A connection whose reads and writes are timed, so that [ConnectionWatch] can end one that is too
/// slow.
///
/// Helidon's own socket has no read timeout when it is a channel, and none of its timeouts bounds a
/// head or a body as a whole. The connection's thread writes the fields, the watch reads them.
final class WatchedConnection implements ConnectionContext {

  /// What the bytes that are read next belong to.
  private enum Phase {
    IDLE,
    HEAD,
    BODY
  }

  /// 1 KiB a second.
  private static final long NANOS_PER_BYTE = 1_000_000_000 / 1024;

  private final ConnectionContext context;
  private final HelidonSocket socket;
  private final DataReader reader;
  private final DataWriter writer;
  private final long mostBodyBytes;

  private volatile Phase phase = Phase.IDLE;
  private volatile long phaseStart = System.nanoTime();
  private volatile long bodyBytes;
  private volatile long readStart;
  private volatile long writeStart;

  /// @param mostBodyBytes the most bytes of a body as it comes over the wire, framing included
  WatchedConnection(ConnectionContext context, long mostBodyBytes) {
    this.context = context;
    this.socket = context.serverSocket();
    this.reader = DataReader.create(this::read);
    this.writer = new TimedWriter(context.dataWriter());
    this.mostBodyBytes = mostBodyBytes;
  }

  /// The head has been read; what follows is the body.
  void headRead() {
    bodyBytes = 0;
    enter(Phase.BODY);
  }

  /// The answer is being sent; what follows is another request.
  void answering() {
    enter(Phase.IDLE);
  }

  /// What is wrong with this connection's pace; empty when nothing is.
  Pace pace(Listening.Times limits, long now) {
    long writing = writeStart;
    if (writing != 0 && now - writing > limits.stall().toNanos()) {
      return Pace.STUCK;
    }
    long reading = readStart;
    if (reading == 0) {
      return Pace.FINE;
    }
    long inPhase = now - phaseStart;
    return switch (phase) {
      case IDLE -> inPhase > limits.idle().toNanos() ? Pace.STUCK : Pace.FINE;
      case HEAD -> inPhase > limits.head().toNanos() ? Pace.TOO_SLOW : Pace.FINE;
      case BODY -> {
        long beyondGrace = inPhase - limits.slowBodyGrace().toNanos();
        boolean slow = beyondGrace > 0 && bodyBytes < beyondGrace / NANOS_PER_BYTE;
        boolean stalled = now - reading > limits.stall().toNanos();
        yield slow || stalled ? Pace.TOO_SLOW : Pace.FINE;
      }
    };
  }

  /// Since when no request is on its way, by [System#nanoTime]; empty when one is.
  OptionalLong idleSince() {
    long since = phaseStart;
    return phase == Phase.IDLE && readStart != 0 ? OptionalLong.of(since) : OptionalLong.empty();
  }

  boolean isOpen() {
    return socket.isConnected();
  }

  /// Blocks until the other end is gone, while an answer is being streamed to it. What it sends
  /// meanwhile is lost: no request is read after a stream.
  void awaitEnd() {
    try {
      while (socket.get() != null) {
        // It cannot want anything but to go.
      }
    } catch (RuntimeException _) {
      // Closed here or there.
    }
  }

  /// Ends the connection from another thread, after some last bytes.
  void end(byte @Nullable [] lastWords) {
    try {
      if (lastWords != null) {
        context.dataWriter().writeNow(BufferData.create(lastWords));
      }
      socket.close();
    } catch (RuntimeException _) {
      // The other side was quicker.
    }
  }

  private byte[] read() {
    readStart = System.nanoTime() | 1;
    byte[] bytes;
    try {
      bytes = socket.get();
    } catch (UncheckedIOException e) {
      throw new CloseConnectionException("the connection is gone", e);
    } finally {
      readStart = 0;
    }
    if (bytes == null) {
      // Not left to Helidon, which takes an end within a head for a failure of the server.
      throw new CloseConnectionException("the client has no more to say");
    }
    if (phase == Phase.IDLE) {
      bodyBytes = 0;
      enter(Phase.HEAD);
    }
    // In every phase: after an answer, what is left of a body is read as if it were a head.
    count(bytes.length);
    return bytes;
  }

  private void count(int length) {
    long total = bodyBytes + length;
    bodyBytes = total;
    if (total > mostBodyBytes) {
      // Chunk headers have no end of their own:
      // https://www.rfc-editor.org/rfc/rfc9112#section-7.1.1
      throw new CloseConnectionException("the body has too much framing");
    }
  }

  private void enter(Phase next) {
    phaseStart = System.nanoTime();
    phase = next;
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  @Override
  public ListenerContext listenerContext() {
    return context.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return context.executor();
  }

  @Override
  public Router router() {
    return context.router();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return context.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return socket;
  }

  @Override
  public PeerInfo remotePeer() {
    return context.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return context.localPeer();
  }

  @Override
  public boolean isSecure() {
    return context.isSecure();
  }

  @Override
  public String socketId() {
    return context.socketId();
  }

  @Override
  public String childSocketId() {
    return context.childSocketId();
  }

  /// How a connection goes on.
  enum Pace {
    /// Leave it.
    FINE,
    /// The request is too slow: say so and end it.
    TOO_SLOW,
    /// Nobody is there to be told.
    STUCK
  }

  /// Notes when a write began.
  private final class TimedWriter implements DataWriter {

    private final DataWriter out;

    TimedWriter(DataWriter out) {
      this.out = out;
    }

    @Override
    public void write(BufferData... buffers) {
      begin();
      out.write(buffers);
      writeStart = 0;
    }

    @Override
    public void write(BufferData buffer) {
      begin();
      out.write(buffer);
      writeStart = 0;
    }

    @Override
    public void writeNow(BufferData... buffers) {
      begin();
      out.writeNow(buffers);
      writeStart = 0;
    }

    @Override
    public void writeNow(BufferData buffer) {
      begin();
      out.writeNow(buffer);
      writeStart = 0;
    }

    @Override
    public void flush() {
      out.flush();
    }

    @Override
    public void close() {
      out.close();
    }

    private void begin() {
      writeStart = System.nanoTime() | 1;
    }
  }
}
