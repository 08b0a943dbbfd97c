package io.recado.http.server;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import io.recado.http.request.StreamedBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The answers that are written over time, while they last. Safe for many threads.
final class Streams {

  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

  private final Set<Stream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean ending;

  /// Writes a body to its end and closes it. The connection is of no further use.
  ///
  /// @param connection tells when the client is gone
  void write(StreamedBody body, RoutingResponse response, WatchedConnection connection) {
    var stream = new Stream(response.outputStream());
    open.add(stream);
    if (ending) {
      stream.end();
    }
    Thread.ofVirtual()
        .start(
            () -> {
              connection.awaitEnd();
              stream.end();
            });
    try {
      stream.write(body);
      // Not the stream's close, which leaves the last chunk to this.
      response.commit();
    } finally {
      open.remove(stream);
    }
  }

  /// Ends all streams, and those that come, as the server stops.
  void endAll() {
    ending = true;
    open.forEach(Stream::end);
  }

  /// One of them. Its thread is woken when it waits for something to send, and never while it
  /// writes: that would break the connection in the middle of what it sends.
  private static final class Stream implements StreamedBody.Outlet {

    private final OutputStream out;
    private final Thread thread = Thread.currentThread();
    private boolean busy;
    private boolean ended;

    Stream(OutputStream out) {
      this.out = out;
    }

    @Override
    public void send(byte[] bytes) throws InterruptedException {
      begin();
      try {
        out.write(bytes);
        out.flush();
      } catch (IOException | RuntimeException _) {
        throw new InterruptedException("the client is gone");
      }
      proceed();
    }

    /// From any thread.
    synchronized void end() {
      ended = true;
      if (!busy) {
        thread.interrupt();
      }
    }

    /// @throws CloseConnectionException when the body failed: the client is not to take that for an
    ///   end
    void write(StreamedBody body) {
      try (body) {
        body.writeTo(this);
      } catch (InterruptedException _) {
        // The way in which a stream ends.
      } catch (RuntimeException e) {
        // The boundary: the head is sent, so all that is left is to break off.
        LOG.error("a stream failed", e);
        throw new CloseConnectionException("a stream failed", e);
      } finally {
        leaveAlone();
      }
    }

    /// What comes after the body is not interrupted, whatever came before.
    private synchronized void leaveAlone() {
      busy = true;
      Thread.interrupted();
    }

    private synchronized void begin() throws InterruptedException {
      if (ended) {
        throw new InterruptedException("the stream was ended");
      }
      busy = true;
    }

    private synchronized void proceed() throws InterruptedException {
      busy = false;
      if (ended) {
        throw new InterruptedException("the stream was ended");
      }
    }
  }
}
