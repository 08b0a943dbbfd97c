package io.recado.channel;

import io.recado.connector.Connector;
import io.recado.connector.Connector.Capabilities;
import io.recado.connector.Connector.ChannelSettings;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.Reason;
import io.recado.journal.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One account on a provider: a number, a bot, a mailbox.
///
/// @param key its integer in the database; never on the wire
/// @param account the provider's name of the account, unique in the workspace; null when the type
///   has none
/// @param defaultLanguage of templates sent without one, in the provider's spelling; null when none
/// @param settings with the secrets in clear; never printed, never given back
/// @param lastRelayTime when a callback for another channel last came in through this one's
///   address; null when never
public record Channel(
    long key,
    long workspace,
    Id id,
    String type,
    @Nullable String displayName,
    @Nullable String address,
    State state,
    @Nullable String account,
    @Nullable String defaultLanguage,
    ChannelSettings settings,
    Limits limits,
    InDoubt inDoubt,
    List<Problem> problems,
    @Nullable Instant lastRelayTime,
    Instant createTime,
    Instant updateTime) {

  /// Copies the list.
  public Channel {
    problems = List.copyOf(problems);
  }

  /// A channel that is to be made.
  static Channel of(long workspace, Id id, Connector connector, ChannelDraft draft, Instant now) {
    return new Channel(
        0,
        workspace,
        id,
        connector.type(),
        draft.displayName(),
        draft.address(),
        draft.state(),
        draft.account(connector),
        draft.defaultLanguage(),
        draft.settings(),
        draft.limits(),
        draft.inDoubt(),
        List.of(),
        null,
        now,
        now);
  }

  /// Its resource name.
  public String name() {
    return "channels/" + id;
  }

  /// Whether messages may leave now. What waits meanwhile leaves in order afterwards.
  public boolean isSending() {
    return state == State.ACTIVE && broken().isEmpty();
  }

  /// The problem that keeps every message waiting, if there is one.
  public Optional<Problem> broken() {
    return problems.stream().filter(Problem::stopsSending).findFirst();
  }

  Channel withKey(long newKey) {
    return new Channel(
        newKey,
        workspace,
        id,
        type,
        displayName,
        address,
        state,
        account,
        defaultLanguage,
        settings,
        limits,
        inDoubt,
        problems,
        lastRelayTime,
        createTime,
        updateTime);
  }

  /// With what a caller has set.
  Channel with(ChannelDraft draft, @Nullable String newAccount, Instant now) {
    return new Channel(
        key,
        workspace,
        id,
        type,
        draft.displayName(),
        draft.address(),
        draft.state(),
        newAccount,
        draft.defaultLanguage(),
        draft.settings(),
        draft.limits(),
        draft.inDoubt(),
        problems,
        lastRelayTime,
        createTime,
        now);
  }

  Channel withState(State newState, Instant now) {
    return with(ChannelDraft.of(this).withState(newState), account, now);
  }

  /// With other problems; not a change by a caller, so the update time stays.
  Channel withProblems(List<Problem> newProblems) {
    return withNoticed(newProblems, lastRelayTime);
  }

  Channel withLastRelayTime(Instant now) {
    return withNoticed(problems, now);
  }

  private Channel withNoticed(List<Problem> newProblems, @Nullable Instant newRelayTime) {
    return new Channel(
        key,
        workspace,
        id,
        type,
        displayName,
        address,
        state,
        account,
        defaultLanguage,
        settings,
        limits,
        inDoubt,
        newProblems,
        newRelayTime,
        createTime,
        updateTime);
  }

  /// What the operator wants of it.
  public enum State {
    /// Sends and receives.
    ACTIVE,
    /// Receives; what is to be sent waits.
    PAUSED,
    /// Receives; new messages are refused.
    DISABLED
  }

  /// How fast it may send; null lifts a limit.
  ///
  /// @param messagesPerSecond 1 to 10,000
  /// @param recipient for one person; null when there is no such limit
  public record Limits(@Nullable Integer messagesPerSecond, @Nullable RecipientLimit recipient) {}

  /// How many messages one person may be sent.
  ///
  /// @param burst that many may follow each other at once
  /// @param interval one more after each
  public record RecipientLimit(int burst, Duration interval) {}

  /// What to do with a message that may have been accepted.
  ///
  /// @param window how long receipts are waited for
  /// @param laneHold how long the conversation's next message waits
  public record InDoubt(Policy policy, Duration window, Duration laneHold) {

    /// FAIL, 60 s, 5 s.
    public static final InDoubt DEFAULT =
        new InDoubt(Policy.FAIL, Duration.ofSeconds(60), Duration.ofSeconds(5));

    /// Where it does no harm, what may have been taken is handed over again at once: RESEND, 1 s, 0
    /// s.
    private static final InDoubt AGAIN =
        new InDoubt(Policy.RESEND, Duration.ofSeconds(1), Duration.ZERO);

    /// What a channel does that was told nothing else.
    static InDoubt usual(Capabilities capabilities) {
      return capabilities.isRepeatable() ? AGAIN : DEFAULT;
    }

    /// What happens when no receipt has come.
    public enum Policy {
      /// It fails as `OUTCOME_UNKNOWN`; a later receipt corrects that.
      FAIL,
      /// It is sent again, at the risk of a second copy.
      RESEND
    }
  }

  /// Something wrong with the account.
  ///
  /// @param stopsSending whether every message waits until it is mended
  public record Problem(
      Reason reason, ProviderAnswer answer, Instant sinceTime, boolean stopsSending) {}
}
