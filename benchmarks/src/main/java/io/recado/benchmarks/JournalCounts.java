package io.recado.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// How many changes a server has committed in how many commits, from its metrics; zero for one that
/// has none.
///
/// @param writes changes
/// @param commits each with one sync of the disk
record JournalCounts(double writes, double commits) {

  private static final String GROUPS = "recado_journal_batch_writes";

  static JournalCounts of(String address) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/metrics")).build();
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return response.statusCode() == 200
          ? new JournalCounts(sum(response.body(), "_sum"), sum(response.body(), "_count"))
          : new JournalCounts(0, 0);
    }
  }

  JournalCounts since(JournalCounts before) {
    return new JournalCounts(writes - before.writes, commits - before.commits);
  }

  private static double sum(String metrics, String suffix) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(GROUPS + suffix))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }
}
