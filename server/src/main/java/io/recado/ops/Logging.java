package io.recado.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;

/// Where the log goes and how its lines look. Logback finds this class by itself, and so looks for
/// no configuration files.
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class Logging extends ContextAwareBase implements Configurator {

  /// What the libraries say below this is for their own developers.
  private static final java.util.logging.Level LIBRARIES = java.util.logging.Level.WARNING;

  private static final String OURS = "io.recado";

  /// Called by Logback once, before the first line. Until [#start] there are warnings only.
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    write(context, false, new FileOutputStream(FileDescriptor.err));
    context.getLogger(OURS).setLevel(Level.WARN);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /// Begins the log of this process, on standard error: ours from INFO on, the libraries' from WARN
  /// on, also of those that use the JDK's own loggers.
  ///
  /// @param isJson one JSON object a line instead of text
  public static void start(boolean isJson) {
    start(isJson, new FileOutputStream(FileDescriptor.err));
  }

  static void start(boolean isJson, OutputStream out) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      write(context, isJson, out);
    }
    adoptJdkLoggers();
  }

  private static void write(LoggerContext context, boolean isJson, OutputStream out) {
    var lines = new LogLines(isJson);
    lines.setContext(context);
    lines.start();
    var appender = new OutputStreamAppender<ILoggingEvent>();
    appender.setName("log");
    appender.setContext(context);
    appender.setEncoder(lines);
    appender.setOutputStream(out);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    // Stopping the old appender would close standard error.
    root.detachAppender("log");
    root.addAppender(appender);
    root.setLevel(Level.WARN);
    // Logs a trace when a port is taken, which is told in a sentence.
    context.getLogger("io.helidon.webserver.LoomServer").setLevel(Level.OFF);
    context.getLogger(OURS).setLevel(Level.INFO);
  }

  private static void adoptJdkLoggers() {
    java.util.logging.Logger root = LogManager.getLogManager().getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new JdkLog());
    root.setLevel(LIBRARIES);
  }
}
