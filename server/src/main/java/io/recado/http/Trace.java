package io.recado.http;

/// A stack trace without messages: those of libraries may quote what a caller sent.
final class Trace {

  private Trace() {}

  static String of(Throwable thrown) {
    var text = new StringBuilder();
    int depth = 0;
    for (Throwable t = thrown; t != null && depth < 5; t = t.getCause(), depth++) {
      text.append(depth == 0 ? "" : "caused by ").append(t.getClass().getName()).append('\n');
      for (StackTraceElement frame : t.getStackTrace()) {
        text.append("    at ").append(frame).append('\n');
      }
    }
    return text.toString();
  }
}
