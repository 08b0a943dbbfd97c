package io.recado.message;

import io.recado.connector.Content;
import io.recado.conversation.ConversationStates;
import io.recado.journal.Id;
import io.recado.journal.Part;
import io.recado.journal.Row;
import io.recado.journal.Tx;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.message.OutboxRow.State;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The outbound messages that a group moves on: status and outbox row, loaded together, changed in
/// memory, stored once.
///
/// Whoever asks for a message asks for its conversation as well, whose lock covers both.
public final class MessageStates implements Part {

  /// After the conversations, whose locks cover these rows.
  public static final Kind<MessageStates> KIND = new Kind<>(200, MessageStates::new);

  private static final String LOAD =
      """
      SELECT m.workspace_key, m.id, m.channel_key, m.conversation_key, m.seq,
        m.status, m.failure, m.update_time, m.sent_time, m.delivered_time, m.read_time,
        m.failed_time, m.provider_message_id, m.pieces, o.state, o.previous_seq, o.attempt, o.spent, o.throttled, o.due_time,
        o.attempt_time, o.expire_time, o.wait_reason, o.priority, o.piece
      FROM message m
      LEFT JOIN outbox o ON o.workspace_key = m.workspace_key AND o.channel_key = m.channel_key
        AND o.message_id = m.id
      WHERE m.workspace_key = ? AND m.id IN (/*keys*/)\
      """;
  private static final String PIECES =
      "UPDATE message SET pieces = ? WHERE workspace_key = ? AND id = ?";
  private static final String UPDATE =
      """
      UPDATE message
      SET status = ?, failure = ?, update_time = ?, sent_time = ?, delivered_time = ?,
        read_time = ?, failed_time = ?, provider_message_id = ?
      WHERE workspace_key = ? AND id = ?\
      """;

  private final Map<Long, TreeSet<Id>> wanted = new TreeMap<>();
  private final Map<Id, Entry> entries = new TreeMap<>();

  /// Asks for a message and its conversation, in a write's `prepare`.
  public static void want(Tx tx, long workspace, long conversation, Id message) {
    ConversationStates.want(tx, workspace, conversation);
    tx.part(KIND).wanted.computeIfAbsent(workspace, _ -> new TreeSet<>()).add(message);
  }

  /// A message that was asked for; empty when there is no such message.
  public static Optional<Entry> find(Tx tx, Id message) {
    return Optional.ofNullable(tx.part(KIND).entries.get(message));
  }

  /// Loads messages that only `apply` could find out, with their conversations: locked then, out of
  /// the order of locks, so for what is rare.
  static void take(Tx tx, long workspace, List<Long> conversations, List<Id> messages) {
    ConversationStates.lock(tx, workspace, conversations);
    MessageStates part = tx.part(KIND);
    part.load(
        tx, workspace, messages.stream().filter(id -> !part.entries.containsKey(id)).toList());
  }

  @Override
  public void load(Tx tx) {
    wanted.forEach((workspace, ids) -> load(tx, workspace, List.copyOf(ids)));
  }

  private void load(Tx tx, long workspace, List<Id> ids) {
    tx.queryMany(
            LOAD,
            "?",
            binds -> binds.number(workspace),
            ids,
            (binds, id) -> binds.id(id),
            Entry::new)
        .forEach(entry -> entries.put(entry.id, entry));
  }

  @Override
  public void store(Tx tx) {
    for (Entry entry : entries.values()) {
      if (entry.isMessageChanged) {
        updateMessage(tx, entry);
      }
      if (entry.content != null) {
        MessageStore.replaceContent(tx, entry.workspace, entry.id, entry.content, entry.toldBefore);
      }
      if (entry.arePiecesChanged) {
        tx.batch(PIECES, binds -> binds.number(entry.pieces).number(entry.workspace).id(entry.id));
      }
      if (entry.isOutboxChanged) {
        Outbox.store(tx, entry.workspace, entry.channel, entry.id, entry.outbox);
      }
    }
  }

  private static void updateMessage(Tx tx, Entry entry) {
    Progress progress = entry.progress;
    Failure failure = progress.failure();
    tx.batch(
        UPDATE,
        binds ->
            binds
                .name(progress.status())
                .text(failure == null ? null : Json.text(failure.toRow()))
                .time(progress.updateTime())
                .time(progress.sentTime())
                .time(progress.deliveredTime())
                .time(progress.readTime())
                .time(progress.failedTime())
                .text(entry.providerMessageId)
                .number(entry.workspace)
                .id(entry.id));
  }

  /// One message on its way. Changes are stored when the group is.
  public static final class Entry {

    private final long workspace;
    private final Id id;
    private final long channel;
    private final long conversation;
    private long seq;
    private Progress progress;
    private @Nullable OutboxRow outbox;
    private @Nullable String providerMessageId;
    private Content.@Nullable Template content;
    private int pieces;
    private boolean arePiecesChanged;
    private long toldBefore;
    private boolean isMessageChanged;
    private boolean isOutboxChanged;

    private Entry(Row row) throws SQLException {
      workspace = row.number();
      id = row.id();
      channel = row.number();
      conversation = row.number();
      seq = row.number();
      progress = MessageStore.progress(row);
      providerMessageId = row.textOrNull();
      pieces = row.smallNumber();
      State state = row.nameOrNull(State.class);
      outbox = state == null ? null : Outbox.row(state, row);
    }

    /// Its status and times.
    public Progress progress() {
      return progress;
    }

    /// Which message it is.
    Id id() {
      return id;
    }

    /// How many network calls its content needs; 1 unless an attempt has found that it needs more.
    public int pieces() {
      return pieces;
    }

    /// Its content needs so many network calls.
    public void pieces(Tx tx, int count) {
      tx.changed();
      arePiecesChanged = true;
      pieces = count;
    }

    /// What is to be handed over now.
    public Queued queued(Tx tx) {
      Message message = MessageStore.find(tx, workspace, id).orElseThrow();
      return queued(message, message.content(), message.fallback(), outbox);
    }

    /// Its place in the conversation.
    public long seq() {
      return seq;
    }

    /// What is still to be done; null when nothing is.
    public @Nullable OutboxRow outbox() {
      return outbox;
    }

    /// Changes what is still to be done; null when nothing is any more.
    public void outbox(Tx tx, @Nullable OutboxRow row) {
      tx.changed();
      isOutboxChanged = true;
      outbox = row;
    }

    /// Ends what was still to be done although it was not sent: whoever waits behind it waits for
    /// the one before it from now on.
    public void withdraw(Tx tx) {
      if (outbox != null && outbox.previousSeq() != 0) {
        // The message behind it may have been accepted in this very group.
        tx.sendBatches();
        ConversationOutbox.of(tx, workspace, channel, conversation)
            .behind(seq)
            .ifPresent(next -> Outbox.bridge(tx, workspace, channel, next, outbox.previousSeq()));
        ConversationStates.find(tx, conversation).orElseThrow().withdraw(seq, outbox.previousSeq());
      }
      outbox(tx, null);
    }

    /// Has the fallback sent instead, once, after the provider found the window closed for the
    /// text. The status stays as it is until the fallback's own outcome.
    ///
    /// @return what is to be handed over; empty when there is no fallback left, or no time
    public Optional<Queued> fallBack(Tx tx, Instant now) {
      Message message = MessageStore.find(tx, workspace, id).orElseThrow();
      // The row's, while there is one: a pause has moved it.
      Instant expire = outbox == null ? message.expireTime() : outbox.expireTime();
      if (message.fallback() == null
          || content != null
          || expire == null
          || !now.isBefore(expire)) {
        return Optional.empty();
      }
      int last = outbox == null ? Attempts.last(tx, workspace, id) : outbox.attempt();
      OutboxRow row = OutboxRow.again(last, now, expire);
      Queued queued = queued(message, message.fallback(), null, row);
      useFallback(tx, message.fallback());
      if (outbox == null) {
        Outbox.insert(tx, queued);
        // For the next write of the group; the row itself is gathered already.
        outbox = row;
      } else {
        outbox(tx, row);
      }
      return Optional.of(queued);
    }

    /// A scheduled message takes its place in the conversation.
    ///
    /// @return what is to be handed over
    Queued release(Tx tx, long place, OutboxRow row) {
      tx.changed();
      Message message = MessageStore.find(tx, workspace, id).orElseThrow();
      MessageStore.move(tx, workspace, id, place);
      Outbox.release(tx, workspace, channel, id, place, row);
      seq = place;
      outbox = row;
      return queued(message, message.content(), message.fallback(), row);
    }

    private Queued queued(
        Message message, Content what, Content.@Nullable Template fallback, OutboxRow row) {
      return new Queued(
          workspace,
          channel,
          conversation,
          seq,
          id,
          what,
          fallback,
          message.replyTo(),
          message.createTime(),
          row);
    }

    /// Makes the fallback the message's content: it is sent instead, once.
    public void useFallback(Tx tx, Content.Template fallback) {
      tx.changed();
      content = fallback;
      // A template is one piece.
      pieces = 1;
      // What was told up to here was told of the first content.
      toldBefore = ConversationStates.find(tx, conversation).orElseThrow().eventSeq();
    }

    /// The provider's name of it; null while that is unknown.
    public @Nullable String providerMessageId() {
      return providerMessageId;
    }

    /// Keeps the name that the provider gave it.
    public void providerMessageId(Tx tx, String name) {
      tx.changed();
      isMessageChanged = true;
      providerMessageId = name;
    }

    /// Moves the status to what is reported, with one event for each step; does nothing when it is
    /// there already.
    ///
    /// @return whether anything changed
    public boolean report(Tx tx, MessageStatus reported, @Nullable Failure cause, Instant now) {
      var steps = progress.report(reported, cause, now);
      for (Progress.Step step : steps) {
        tx.changed();
        isMessageChanged = true;
        progress = step.progress();
        ConversationStates.find(tx, conversation)
            .orElseThrow(() -> new IllegalStateException("its conversation was not asked for"))
            .append(
                tx, step.type(), now, channel, id, progress.addTo(JsonObject.builder()).build());
      }
      return !steps.isEmpty();
    }
  }
}
