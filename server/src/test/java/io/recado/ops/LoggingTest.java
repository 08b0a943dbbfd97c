package io.recado.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.read.ListAppender;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class LoggingTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void aTextLineHoldsTimeLevelLoggerAndMessage() {
    log(false).warn("channel {} is paused", "6633a1b2c4d5e6f7a8b9c0d1");

    assertThat(written())
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z WARN io.recado.Test: channel"
                + " 6633a1b2c4d5e6f7a8b9c0d1 is paused\n");
  }

  @Test
  void aJsonLineIsOneObject() {
    log(true).error("failed", new IllegalStateException("outer", new RuntimeException("inner")));

    JsonObject line = Json.readObject(written().strip().getBytes(StandardCharsets.UTF_8));
    assertThat(written().lines()).hasSize(1);
    assertThat(line.string("time")).hasValueSatisfying(time -> assertThat(time).endsWith("Z"));
    assertThat(line.string("level")).contains("ERROR");
    assertThat(line.string("logger")).contains("io.recado.Test");
    assertThat(line.string("thread")).contains(Thread.currentThread().getName());
    assertThat(line.string("message")).contains("failed");
    assertThat(line.string("exception").orElseThrow())
        .startsWith("java.lang.IllegalStateException: outer\n    at io.recado.ops.LoggingTest")
        .contains("caused by java.lang.RuntimeException: inner\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nobodysInputMakesALineOfItsOwn(boolean isJson) {
    log(isJson).warn("name {}", "a\n2026-01-01T00:00:00Z ERROR b\r\u001b[31m");

    assertThat(written().lines()).hasSize(1);
    assertThat(written().strip()).contains("\\n").matches("[^\\p{Cntrl}]*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rcd_ExampleExampleExampleExampleExam00Ab12",
        "EAAJZCQ8hush0123456789",
        "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
        "Authorization: Bearer hush-hush.hush",
        "https://graph.example/v25.0?access_token=hush&x=1",
        "{\"access_token\": \"hush\"}",
        "postgresql://recado:hush@db.example/recado",
        "to +573193210329 now",
        "+12025550123"
      })
  void whatLooksLikeASecretOrANumberIsMasked(String text) {
    log(false).warn("seen: {}", text, new IllegalStateException("it was " + text));

    assertThat(written())
        .contains("***")
        .doesNotContain("hush", "Example", "C2FVs", "573193210329", "2025550123");
  }

  @Test
  void idsAndTimesAndCodesAreNotMasked() {
    String text =
        "request 6b035d837fa58bf0f03253a5 at 2026-04-03T09:00:00.123Z code 131026 v25.0 +5";
    log(false).warn(text);

    assertThat(written()).contains(text);
  }

  @Test
  void whatLibrariesSayToTheJdksLoggersIsPassedOn() {
    Logger logger = (Logger) LoggerFactory.getLogger("io.helidon.Test");
    var seen = new ListAppender<ILoggingEvent>();
    seen.start();
    logger.addAppender(seen);
    logger.setAdditive(false);
    var line = new LogRecord(Level.WARNING, "lost {0}");
    line.setLoggerName("io.helidon.Test");
    line.setParameters(new Object[] {"a connection"});

    new JdkLog().publish(line);

    logger.detachAppender(seen);
    logger.setAdditive(true);
    assertThat(seen.list)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getFormattedMessage()).isEqualTo("lost a connection");
              assertThat(event.getLevel()).isEqualTo(ch.qos.logback.classic.Level.WARN);
            });
  }

  private Logger log(boolean isJson) {
    var context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    var lines = new LogLines(isJson);
    lines.setContext(context);
    lines.start();
    var appender = new OutputStreamAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setEncoder(lines);
    appender.setOutputStream(out);
    appender.start();
    Logger logger = context.getLogger("io.recado.Test");
    logger.addAppender(appender);
    return logger;
  }

  private String written() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
