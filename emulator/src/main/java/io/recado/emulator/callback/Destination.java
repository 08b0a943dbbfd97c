package io.recado.emulator.callback;

/// Where callbacks go, and the app secret that signs them.
record Destination(String url, String secret) {
  @Override
  public String toString() {
    return "Destination[" + url + "]";
  }
}
