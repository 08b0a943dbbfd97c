package io.recado.json;

/// Bytes that are not the JSON we accept. The message says what is wrong and where, and never
/// quotes the text.
public final class MalformedJson extends RuntimeException {

  private static final long serialVersionUID = 1;

  MalformedJson(String message) {
    super(message);
  }
}
