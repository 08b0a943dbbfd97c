package io.recado.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.connector.Content;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.connector.SendOutcome;
import io.recado.event.Event;
import io.recado.event.EventType;
import io.recado.journal.StorageException;
import io.recado.json.JsonObject;
import io.recado.message.Backlog;
import io.recado.message.OutboxRow.State;
import io.recado.testing.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private static final Instant NOW = Instant.parse("2026-04-03T09:00:00Z");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-z_]+=\"[^\"\\n]*\",?)*\\})? (-?[0-9.E+-]+|\\+Inf|NaN)");

  private final Metrics metrics = new Metrics();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void everyLineIsOneThatPrometheusReads() {
    observeEverything();

    assertThat(scrape().lines().filter(line -> !line.startsWith("#")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).matches(SAMPLE));
  }

  @Test
  void whatHappenedIsCounted() {
    observeEverything();

    assertThat(scrape().lines())
        .contains(
            "recado_http_requests_total{code=\"200\",method=\"GET\",route=\"/v1/channels\"} 2.0",
            "recado_http_requests_total{code=\"404\",method=\"GET\",route=\"unmatched\"} 1.0",
            "recado_http_request_duration_seconds_count{route=\"/v1/channels\"} 2",
            "recado_messages_accepted_total{channel_type=\"WHATSAPP\",content_type=\"TEXT\"} 1.0",
            "recado_messages_status_total{channel_type=\"WHATSAPP\",status=\"SENT\"} 1.0",
            "recado_dispatch_attempts_total{channel_type=\"WHATSAPP\",outcome=\"accepted\"} 1.0",
            "recado_dispatch_attempts_total{channel_type=\"WHATSAPP\",outcome=\"refused\"} 1.0",
            "recado_dispatch_duration_seconds_count{channel_type=\"WHATSAPP\"} 2",
            "recado_provider_webhooks_total{provider=\"WHATSAPP\",result=\"stored\"} 1.0",
            "recado_journal_commit_duration_seconds_count 1",
            "recado_journal_batch_writes_sum 12.0",
            "recado_journal_queue_writes 3.0",
            "recado_disk_free_bytes 1024.0",
            "recado_dispatch_queue_messages{state=\"WAITING\"} 5.0",
            "recado_messages_in_doubt 2.0",
            "recado_dispatch_oldest_waiting_seconds 60.0");
  }

  @Test
  void theProcessShowsItself() {
    assertThat(scrape())
        .contains(
            "recado_build_info{",
            "jvm_memory_used_bytes{area=\"heap\"}",
            "jvm_memory_max_bytes",
            "jvm_threads_current",
            "jvm_gc_collections_total{gc=",
            "jvm_gc_collection_seconds_total{gc=",
            "process_cpu_seconds_total",
            "process_start_time_seconds");
  }

  @Test
  void everythingOfOursIsNamedAsOurs() {
    observeEverything();

    assertThat(scrape().lines().filter(line -> line.startsWith("# TYPE")))
        .allSatisfy(line -> assertThat(line).matches("# TYPE (recado|jvm|process)_.*"));
  }

  @Test
  void manyRequestsMakeNoMoreLines() {
    observeEverything();
    long lines = scrape().lines().count();

    for (int i = 0; i < 1_000; i++) {
      metrics.answered("/v1/channels", "GET", 200, i);
    }

    assertThat(scrape().lines().count()).isEqualTo(lines);
  }

  @Test
  void theDatabaseIsAskedAtMostEveryFifteenSeconds() {
    var asked = new AtomicInteger();
    metrics.watch(
        () -> 0,
        () -> 0,
        () -> new Backlog(Map.of(State.WAITING, (long) asked.incrementAndGet()), null),
        new SettableClock(NOW),
        nanos::get);

    scrape();
    scrape();
    assertThat(asked).hasValue(1);
    nanos.addAndGet(15_000_000_000L);
    assertThat(scrape()).contains("recado_dispatch_queue_messages{state=\"WAITING\"} 2.0");
  }

  @Test
  void aDatabaseThatDoesNotAnswerLeavesTheOtherMetrics() {
    metrics.watch(
        () -> 7,
        () -> 0,
        () -> {
          throw new StorageException(StorageException.Kind.UNAVAILABLE, "gone");
        },
        new SettableClock(NOW),
        nanos::get);

    assertThat(scrape())
        .contains("recado_journal_queue_writes 7.0")
        .doesNotContain("recado_messages_in_doubt 0");
  }

  @Test
  void countingIsRightUnderManyThreads() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                for (int request = 0; request < 1_000; request++) {
                  metrics.answered("/v1/channels", "POST", 200 + request % 3, 1_000);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(scrape())
        .contains("recado_http_request_duration_seconds_count{route=\"/v1/channels\"} 8000");
  }

  private void observeEverything() {
    metrics.answered("/v1/channels", "GET", 200, 1_000_000);
    metrics.answered("/v1/channels", "GET", 200, 2_000_000);
    metrics.answered("unmatched", "GET", 404, 0);
    metrics.committed(12, 1_000_000);
    var answer = ProviderAnswer.ofStatus(200);
    metrics.attempted("WHATSAPP", new SendOutcome.Accepted("wamid", null, false, answer), 1);
    metrics.attempted("WHATSAPP", new SendOutcome.Refused(Reason.INTERNAL_FAULT, answer), 1);
    metrics.received("WHATSAPP", "stored");
    metrics.accepted("WHATSAPP", new Content.Text("Hola"));
    metrics.nameChannels(key -> key == 7 ? "WHATSAPP" : "unknown");
    metrics.told(Event.ofChannel(1, EventType.MESSAGE_SENT, NOW, 7, JsonObject.empty()));
    metrics.told(Event.ofChannel(1, EventType.CHANNEL_UPDATED, NOW, 7, JsonObject.empty()));
    metrics.watch(
        () -> 3,
        () -> 1_024,
        () -> new Backlog(Map.of(State.WAITING, 5L, State.IN_DOUBT, 2L), NOW.minusSeconds(60)),
        new SettableClock(NOW),
        nanos::get);
  }

  private String scrape() {
    return new String(metrics.scrape(), StandardCharsets.UTF_8);
  }
}
