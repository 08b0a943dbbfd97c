package io.recado.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// One keep-alive connection with at most one request on its way.
final class LoadConnection {

  private static final int CASE_BIT = 0x20;
  private static final byte[] LENGTH = "\ncontent-length: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] RETRY_AFTER = "\nretry-after: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final SocketChannel channel;
  private final ByteBuffer out = ByteBuffer.allocateDirect(4 << 10);
  private final ByteBuffer in = ByteBuffer.allocateDirect(256 << 10);
  private final byte[] head = new byte[4 << 10];
  private int headLength;
  private int answerLength;
  private int status;
  private long sentNanos;
  private long number;

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

  /// Whether the last answer tells when to come again.
  boolean hasRetryAfter() {
    return after(RETRY_AFTER, headLength) >= 0;
  }

  /// When the last request was sent.
  long sentNanos() {
    return sentNanos;
  }

  /// The number of the last request.
  long number() {
    return number;
  }

  void send(RequestBytes requests) throws IOException {
    out.clear();
    number = requests.next(out);
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
    int end = after(HEAD_END, length);
    if (end < 0) {
      return;
    }
    headLength = end;
    status = number(9);
    answerLength = end + number(after(LENGTH, end));
  }

  /// Where the head goes on after some bytes, in any case; negative when they are not there.
  private int after(byte[] wanted, int length) {
    int matched = 0;
    for (int i = 0; i < length; i++) {
      byte b = head[i];
      if (b >= 'A' && b <= 'Z') {
        b |= CASE_BIT;
      }
      if (b != wanted[matched]) {
        matched = b == wanted[0] ? 1 : 0;
      } else if (++matched == wanted.length) {
        return i + 1;
      }
    }
    return -1;
  }

  private int number(int at) {
    int number = 0;
    for (int i = at; head[i] >= '0' && head[i] <= '9'; i++) {
      number = 10 * number + head[i] - '0';
    }
    return number;
  }
}
