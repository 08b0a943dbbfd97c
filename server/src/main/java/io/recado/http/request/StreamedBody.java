package io.recado.http.request;

/// The body of an answer that is written over time, such as a stream of events.
///
/// The server writes it on the request's own thread once the head is sent, and closes it when it
/// has been written, or when it never is. It takes no place among the requests at work, and nothing
/// waits for its end: it ends by itself, when the client goes away, when the client does not read
/// for 30 s, or when the server stops.
public interface StreamedBody extends AutoCloseable {

  /// Writes the body; returns where it ends. Plain blocking code.
  ///
  /// @throws InterruptedException when there is nobody to write for any more; to be passed on
  void writeTo(Outlet outlet) throws InterruptedException;

  /// Gives back what was taken for this body. Called once.
  @Override
  default void close() {}

  /// Where the bytes go. For the thread that was given it.
  @FunctionalInterface
  interface Outlet {

    /// Sends bytes at once; blocks while the client does not take them. Nothing is kept for a slow
    /// reader but what the network holds.
    ///
    /// @throws InterruptedException when the client is gone or the server stops
    void send(byte[] bytes) throws InterruptedException;
  }
}
