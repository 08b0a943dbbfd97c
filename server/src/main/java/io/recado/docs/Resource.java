package io.recado.docs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Files on the class path.
final class Resource {

  private Resource() {}

  /// Opens a file that is part of the program.
  ///
  /// @throws UncheckedIOException when the program was put together without it
  static InputStream open(String path) {
    InputStream stream = Resource.class.getResourceAsStream(path);
    if (stream == null) {
      throw new UncheckedIOException(
          new FileNotFoundException(path + " is missing on the class path; build the server anew"));
    }
    return stream;
  }

  /// Reads such a file.
  static byte[] bytes(String path) {
    try (InputStream stream = open(path)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }
}
