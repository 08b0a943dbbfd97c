package io.recado.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Predicate;

/// How far a server's messages have come, by its metrics.
///
/// @param sent messages that the provider has accepted
/// @param read messages that people have read, the last thing that happens to one
/// @param failed messages
/// @param writes changes committed, in so many commits
record LifeCounts(long sent, long read, long failed, long writes, long commits) {

  static LifeCounts of(HttpClient http, String address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/metrics")).build();
    String metrics = http.send(request, BodyHandlers.ofString()).body();
    return new LifeCounts(
        sum(metrics, line -> isStatus(line, "SENT")),
        sum(metrics, line -> isStatus(line, "READ")),
        sum(metrics, line -> isStatus(line, "FAILED")),
        sum(metrics, line -> line.startsWith("recado_journal_batch_writes_sum")),
        sum(metrics, line -> line.startsWith("recado_journal_batch_writes_count")));
  }

  LifeCounts since(LifeCounts before) {
    return new LifeCounts(
        sent - before.sent,
        read - before.read,
        failed - before.failed,
        writes - before.writes,
        commits - before.commits);
  }

  private static boolean isStatus(String line, String status) {
    return line.startsWith("recado_messages_status_total") && line.contains('"' + status + '"');
  }

  private static long sum(String metrics, Predicate<String> which) {
    return (long)
        metrics
            .lines()
            .filter(which)
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
            .sum();
  }
}
