package io.recado.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One keep-alive connection with at most one request on its way.
final class LoadConnection {

  private static final String LENGTH = "content-length:";
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

  private final SocketChannel channel;
  private final ByteBuffer out = ByteBuffer.allocateDirect(4 << 10);
  private final ByteBuffer in = ByteBuffer.allocateDirect(256 << 10);
  private final byte[] head = new byte[4 << 10];
  private int answerLength;
  private int status;
  private long sentNanos;

  LoadConnection(int port) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
  }

  SocketChannel channel() {
    return channel;
  }

  /// The status of the last whole answer.
  int status() {
    return status;
  }

  /// When the last request was sent.
  long sentNanos() {
    return sentNanos;
  }

  void send(RequestBytes requests) throws IOException {
    out.clear();
    requests.next(out);
    out.flip();
    in.clear();
    answerLength = 0;
    sentNanos = System.nanoTime();
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  /// Reads what has come.
  ///
  /// @return whether the answer is whole
  boolean receive() throws IOException {
    if (channel.read(in) < 0) {
      throw new EOFException("the server closed a connection");
    }
    if (answerLength == 0) {
      readHead();
    }
    return answerLength > 0 && in.position() >= answerLength;
  }

  private void readHead() {
    int length = Math.min(in.position(), head.length);
    in.get(0, head, 0, length);
    int end = headEnd(length);
    if (end < 0) {
      return;
    }
    String text = new String(head, 0, end, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    status = Integer.parseInt(text, 9, 12, 10);
    int at = text.indexOf(LENGTH) + LENGTH.length();
    int lineEnd = text.indexOf('\r', at);
    answerLength = end + Integer.parseInt(text.substring(at, lineEnd).strip());
  }

  private int headEnd(int length) {
    for (int i = 0; i + HEAD_END.length <= length; i++) {
      if (head[i] == HEAD_END[0]
          && head[i + 1] == HEAD_END[1]
          && head[i + 2] == HEAD_END[2]
          && head[i + 3] == HEAD_END[3]) {
        return i + HEAD_END.length;
      }
    }
    return -1;
  }
}
