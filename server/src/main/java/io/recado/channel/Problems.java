package io.recado.channel;

import io.recado.channel.Channel.Problem;
import io.recado.connector.ConnectorSession;
import io.recado.connector.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// How a channel's list of problems changes: at most one of a reason, which keeps the time since
/// when it is there. Pure.
final class Problems {

  private static final Set<Reason> STOP_SENDING =
      EnumSet.of(
          Reason.CREDENTIALS_INVALID,
          Reason.PERMISSION_MISSING,
          Reason.ACCOUNT_RESTRICTED,
          Reason.ACCOUNT_UNREGISTERED,
          Reason.PAYMENT_REQUIRED);

  private Problems() {}

  /// Whether no message can be sent while an account has this trouble.
  static boolean stopsSending(Reason reason) {
    return STOP_SENDING.contains(reason);
  }

  /// The list with one more, or with one of the same reason brought up to date.
  static List<Problem> with(
      List<Problem> problems, ConnectorSession.Problem found, boolean stops, Instant now) {
    List<Problem> changed = new ArrayList<>();
    Instant since = now;
    for (Problem problem : problems) {
      if (problem.reason() == found.reason()) {
        since = problem.sinceTime();
      } else {
        changed.add(problem);
      }
    }
    changed.add(new Problem(found.reason(), found.answer(), since, stops));
    return changed;
  }

  /// What a check leaves of the list: what it found. When it could not reach the provider it says
  /// nothing about all else, which stays.
  static List<Problem> checked(
      List<Problem> problems, List<ConnectorSession.Problem> found, Instant now) {
    boolean away = found.stream().anyMatch(p -> p.reason() == Reason.PROVIDER_UNAVAILABLE);
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    found.forEach(problem -> reasons.add(problem.reason()));
    List<Problem> changed =
        problems.stream().filter(p -> away || reasons.contains(p.reason())).toList();
    for (ConnectorSession.Problem problem : found) {
      changed = with(changed, problem, stopsSending(problem.reason()), now);
    }
    return changed;
  }

  /// The list without what keeps messages waiting.
  static List<Problem> mended(List<Problem> problems) {
    return problems.stream().filter(problem -> !problem.stopsSending()).toList();
  }

  /// Whether both lists say the same, whatever words the provider used.
  static boolean isSame(List<Problem> one, List<Problem> other) {
    return one.size() == other.size()
        && one.stream().allMatch(p -> other.stream().anyMatch(q -> isSame(p, q)));
  }

  private static boolean isSame(Problem one, Problem other) {
    return one.reason() == other.reason()
        && one.stopsSending() == other.stopsSending()
        && Objects.equals(one.answer().code(), other.answer().code());
  }
}
