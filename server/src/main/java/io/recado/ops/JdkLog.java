package io.recado.ops;

import java.text.MessageFormat;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes on what libraries say to the JDK's own loggers.
final class JdkLog extends Handler {

  @Override
  public void publish(LogRecord line) {
    Logger logger =
        LoggerFactory.getLogger(Objects.requireNonNullElse(line.getLoggerName(), "jdk"));
    String message = message(line);
    if (line.getLevel().intValue() >= Level.SEVERE.intValue()) {
      logger.error(message, line.getThrown());
    } else if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
      logger.warn(message, line.getThrown());
    } else {
      logger.info(message, line.getThrown());
    }
  }

  @Override
  public void flush() {
    // Nothing is held back.
  }

  @Override
  public void close() {
    // The log is open as long as the process.
  }

  private static String message(LogRecord line) {
    String message = Objects.requireNonNullElse(line.getMessage(), "");
    Object[] parameters = line.getParameters();
    if (parameters == null || parameters.length == 0) {
      return message;
    }
    try {
      return MessageFormat.format(message, parameters);
    } catch (IllegalArgumentException _) {
      return message;
    }
  }
}
