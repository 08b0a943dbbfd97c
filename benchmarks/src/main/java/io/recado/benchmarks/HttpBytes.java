package io.recado.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// The least that reads HTTP requests.
final class HttpBytes {

  private HttpBytes() {}

  /// Reads a whole request whose body has a length.
  ///
  /// @return its body
  static byte[] readBody(InputStream in) throws IOException {
    readLine(in);
    return in.readNBytes(skipHeaders(in));
  }

  /// Reads to the end of the head.
  ///
  /// @return the length of the body
  static int skipHeaders(InputStream in) throws IOException {
    int length = 0;
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    return length;
  }

  /// A line without its end.
  static String readLine(InputStream in) throws IOException {
    var line = new StringBuilder();
    int c = in.read();
    for (; c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    if (c < 0) {
      throw new EOFException("the caller went away");
    }
    return line.toString();
  }
}
