package io.recado.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Writes log events as lines: redacted, with control characters escaped, so that nobody's input
/// makes a line of its own or speaks to a terminal. Safe for many threads.
final class LogLines extends EncoderBase<ILoggingEvent> {

  private static final int MOST_CAUSES = 8;
  private static final int MOST_FRAMES = 60;

  private final boolean isJson;

  LogLines(boolean isJson) {
    this.isJson = isJson;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return (isJson ? json(event) : text(event)).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  private static String text(ILoggingEvent event) {
    var line = new StringBuilder();
    line.append(event.getInstant()).append(' ').append(event.getLevel()).append(' ');
    line.append(escaped(event.getLoggerName())).append(": ");
    line.append(escaped(Redaction.of(event.getFormattedMessage())));
    Map<String, String> context = event.getMDCPropertyMap();
    if (!context.isEmpty()) {
      line.append(' ').append(escaped(Redaction.of(context.toString())));
    }
    line.append('\n');
    if (event.getThrowableProxy() != null) {
      line.append(trace(event.getThrowableProxy()));
    }
    return line.toString();
  }

  private static String json(ILoggingEvent event) {
    var line =
        JsonObject.builder()
            .with("time", event.getInstant().toString())
            .with("level", event.getLevel().toString())
            .with("logger", event.getLoggerName())
            .with("thread", event.getThreadName())
            .with("message", Redaction.of(event.getFormattedMessage()));
    event.getMDCPropertyMap().forEach((name, value) -> line.with(name, Redaction.of(value)));
    if (event.getThrowableProxy() != null) {
      line.with("exception", trace(event.getThrowableProxy()));
    }
    return Json.text(line.build()) + "\n";
  }

  private static String trace(IThrowableProxy thrown) {
    var trace = new StringBuilder();
    String lead = "";
    IThrowableProxy cause = thrown;
    for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
      trace.append(lead).append(cause.getClassName());
      if (cause.getMessage() != null) {
        trace.append(": ").append(escaped(Redaction.of(cause.getMessage())));
      }
      trace.append('\n');
      StackTraceElementProxy[] frames = cause.getStackTraceElementProxyArray();
      int unique = Math.min(frames.length - cause.getCommonFrames(), MOST_FRAMES);
      for (int frame = 0; frame < unique; frame++) {
        trace.append("    ").append(frames[frame].getSTEAsString()).append('\n');
      }
      lead = "caused by ";
      cause = cause.getCause();
    }
    return trace.toString();
  }

  private static String escaped(String text) {
    StringBuilder escaped = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean control = Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
      if (control && escaped == null) {
        escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (control) {
        escaped.append(
            switch (c) {
              case '\n' -> "\\n";
              case '\r' -> "\\r";
              case '\t' -> "\\t";
              default -> "\\u%04x".formatted((int) c);
            });
      } else if (escaped != null) {
        escaped.append(c);
      }
    }
    return escaped == null ? text : escaped.toString();
  }
}
