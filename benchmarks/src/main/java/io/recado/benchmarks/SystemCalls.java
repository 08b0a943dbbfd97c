package io.recado.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The system calls of a server, as `strace -f -ttt -T -y` writes them down.
record SystemCalls(List<Call> calls) {

  // 4711 1700000000.123456 fsync(20</data/recado.db-wal>) = 0 <0.000210>
  private static final Pattern LINE =
      Pattern.compile("(\\d+) +(\\d+\\.\\d+) (?:<\\.\\.\\. (\\w+) resumed>)?(.*)");
  private static final Pattern DURATION = Pattern.compile("<(\\d+\\.\\d+)>$");
  private static final String UNFINISHED = "<unfinished ...>";

  static SystemCalls read(Path file) throws IOException {
    List<Call> calls = new ArrayList<>();
    Map<String, Call> unfinished = new HashMap<>();
    for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        continue;
      }
      String thread = matcher.group(1);
      double time = Double.parseDouble(matcher.group(2));
      String text = matcher.group(4);
      if (matcher.group(3) != null) {
        Call begun = unfinished.remove(thread);
        if (begun != null) {
          calls.add(new Call(begun.start, time, begun.text + text));
        }
      } else if (text.endsWith(UNFINISHED)) {
        unfinished.put(thread, new Call(time, time, text.replace(UNFINISHED, "")));
      } else {
        Matcher duration = DURATION.matcher(text);
        double end = duration.find() ? time + Double.parseDouble(duration.group(1)) : time;
        calls.add(new Call(time, end, text));
      }
    }
    return new SystemCalls(calls);
  }

  /// The syncs of the database's log.
  List<Call> syncs() {
    return calls.stream().filter(call -> call.text.matches("f(data)?sync\\(.*-wal>.*")).toList();
  }

  /// The answers to POSTs, each from the moment at which its request had been read to the one at
  /// which the answer began to be written.
  List<Call> answers() {
    Map<String, Double> asked = new HashMap<>();
    List<Call> answers = new ArrayList<>();
    calls.stream()
        .sorted((a, b) -> Double.compare(a.start, b.start))
        .forEach(
            call -> {
              if (call.text.startsWith("read(")
                  && call.text.matches(".*\"POST /(v1|providers)/.*")) {
                asked.put(call.file(), call.end);
              } else if (call.text.startsWith("write(") && call.text.contains("\"HTTP/1.1 200")) {
                Double since = asked.remove(call.file());
                if (since != null) {
                  answers.add(new Call(since, call.start, call.text));
                }
              }
            });
    return answers;
  }

  /// One call, or the time between two of them.
  ///
  /// @param start in seconds
  /// @param end in seconds
  record Call(double start, double end, String text) {

    private String file() {
      return text.substring(text.indexOf('(') + 1, text.indexOf('<'));
    }

    /// Whether another one lies wholly within this one.
    boolean spans(Call other) {
      return start <= other.start && other.end <= end;
    }
  }
}
