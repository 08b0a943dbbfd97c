package io.recado.docs;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Something to serve whole.
///
/// @param etag changes when the bytes do
record Document(String type, byte[] bytes, String etag) {

  static Document of(String type, byte[] bytes) {
    return new Document(type, bytes, '"' + digest(bytes) + '"');
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
