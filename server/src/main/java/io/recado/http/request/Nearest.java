package io.recado.http.request;

import java.util.Collection;
import java.util.Optional;

/// Finds the word that somebody probably meant.
public final class Nearest {

  private Nearest() {}

  /// The candidate with the fewest changed letters, when that is at most a third of the word; case
  /// does not count.
  public static Optional<String> to(String word, Collection<String> candidates) {
    String best = null;
    int fewest = Math.max(1, Math.min(word.length(), 64) / 3) + 1;
    for (String candidate : candidates) {
      int changes =
          word.length() > 64 ? fewest : changes(word.toLowerCase(), candidate.toLowerCase());
      if (changes < fewest) {
        fewest = changes;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /// Levenshtein's distance.
  private static int changes(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
