package io.recado.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One keep-alive connection on which events come, one after the other.
final class WebhookConnection {

  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final String HEAD_END = "\r\n\r\n";
  private static final String LENGTH = "\r\ncontent-length: ";

  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocateDirect(64 << 10);
  private String request = "";
  private int headLength;

  WebhookConnection(SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /// Reads what has come.
  ///
  /// @return whether the request is whole
  boolean receive() throws IOException {
    if (channel.read(in) < 0) {
      channel.close();
      throw new EOFException("the caller went away");
    }
    var bytes = new byte[in.position()];
    in.get(0, bytes);
    request = new String(bytes, StandardCharsets.ISO_8859_1);
    headLength = request.indexOf(HEAD_END) + HEAD_END.length();
    if (headLength < HEAD_END.length()) {
      return false;
    }
    String head = request.substring(0, headLength).toLowerCase(Locale.ROOT);
    int at = head.indexOf(LENGTH) + LENGTH.length();
    return bytes.length >= headLength + Integer.parseInt(head, at, head.indexOf('\r', at), 10);
  }

  /// The body of the request that is whole, byte by byte.
  String body() {
    return request.substring(headLength);
  }

  /// Answers the request, and waits for the next one.
  void answer() throws IOException {
    in.clear();
    channel.write(ByteBuffer.wrap(OK));
  }
}
