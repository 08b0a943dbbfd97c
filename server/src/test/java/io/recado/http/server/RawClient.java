package io.recado.http.server;

import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A client that sends exactly the bytes that it is told to.
public final class RawClient implements AutoCloseable {

  private final Socket socket;

  public RawClient(int port) throws IOException {
    this(new Socket("127.0.0.1", port));
  }

  RawClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(5_000);
    socket.setTcpNoDelay(true);
  }

  void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  Answer send(String text) throws IOException {
    write(text);
    return read();
  }

  /// Sends a body with these headers, whatever became of the sending, and reads the answer.
  public Answer call(String head, byte[] body) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(("Content-Length: " + body.length + "\r\n\r\n").getBytes());
    bytes.writeBytes(body);
    try {
      write(bytes.toByteArray());
    } catch (SocketException _) {
      // The server has answered and closed before it got all of it; the answer is there.
    }
    return read();
  }

  Answer post(String path, byte[] body, String... headers) throws IOException {
    return call(new String(head("POST", path, headers), StandardCharsets.ISO_8859_1), body);
  }

  Answer get(String path, String... headers) throws IOException {
    write(head("GET", path, headers));
    write("\r\n");
    return read();
  }

  static byte[] head(String method, String path, String... headers) {
    var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    head.append("Authorization: Bearer admin\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Reads one answer.
  public Answer read() throws IOException {
    return read(true);
  }

  Answer read(boolean hasBody) throws IOException {
    Answer head = readHead();
    int length = Integer.parseInt(head.headers().getOrDefault("content-length", "0"));
    byte[] body = hasBody ? socket.getInputStream().readNBytes(length) : new byte[0];
    if (hasBody && body.length < length) {
      throw new EOFException("the connection ended within a body");
    }
    return new Answer(head.status(), head.headers(), body);
  }

  /// Reads the head of an answer, as its body comes over time.
  Answer readHead() throws IOException {
    InputStream in = socket.getInputStream();
    String line = line(in);
    int status = Integer.parseInt(line.split(" ")[1]);
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    return new Answer(status, headers, new byte[0]);
  }

  /// Reads one chunk of a body that comes over time; empty at its end.
  String readChunk() throws IOException {
    InputStream in = socket.getInputStream();
    int length = Integer.parseInt(line(in), 16);
    byte[] chunk = in.readNBytes(length);
    if (chunk.length < length || !line(in).isEmpty()) {
      throw new EOFException("the connection ended within a chunk");
    }
    return new String(chunk, StandardCharsets.UTF_8);
  }

  /// Whether the server has closed the connection.
  boolean isClosed() throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException _) {
      return true;
    }
  }

  /// Says that nothing more will come.
  void finish() throws IOException {
    socket.shutdownOutput();
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("the connection ended after: " + line);
      }
      if (b == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
      }
      line.write(b);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /// What came back.
  public record Answer(int status, Map<String, String> headers, byte[] body) {

    JsonObject json() {
      return Json.readObject(body);
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    JsonObject error() {
      return json().object("error").orElseThrow();
    }

    public String reason() {
      return error().objects("details").getFirst().string("reason").orElseThrow();
    }
  }
}
