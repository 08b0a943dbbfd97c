package io.recado.channel;

import io.recado.access.AuditLog;
import io.recado.access.AuditStamp;
import io.recado.connector.Connector;
import io.recado.http.request.ApiError;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Changes what a caller may set of a channel. New settings are taken to mend it: what was wrong
/// with the account is forgotten until the next send or check says so again. A change of nothing
/// leaves no trace.
///
/// @param target the channel as the caller found it
/// @param patch applied to the channel as it is by now
record UpdateChannel(
    Channels channels, Channel target, UnaryOperator<ChannelDraft> patch, AuditStamp stamp)
    implements Write<Channel> {

  @Override
  public long workspace() {
    return target.workspace();
  }

  @Override
  public void prepare(Tx tx) {
    channels.store().rows(tx).want(workspace(), target.key());
  }

  /// @throws ApiError `RESOURCE_NOT_FOUND`, `ACCOUNT_ALREADY_USED`
  @Override
  public Channel apply(Tx tx) {
    Channel before = channels.store().rows(tx).require(target);
    ChannelDraft old = ChannelDraft.of(before);
    ChannelDraft draft = patch.apply(old);
    if (draft.equals(old)) {
      return before;
    }
    Connector connector = channels.connector(before);
    Channel changed = before.with(draft, draft.account(connector), stamp.time());
    Accounts.requireFree(tx, channels.store(), changed);
    Channel after =
        draft.settings().equals(old.settings()) ? changed : changed.withProblems(List.of());
    AuditLog.append(
        tx,
        workspace(),
        stamp,
        "channels.update",
        before.name(),
        JsonObject.builder().with("fields", changedFields(old, draft)).build());
    return channels.change(tx, before, after, stamp.time());
  }

  /// Names only: a setting's value may be a secret.
  private static List<String> changedFields(ChannelDraft old, ChannelDraft draft) {
    List<String> fields = new ArrayList<>();
    note(fields, "displayName", old.displayName(), draft.displayName());
    note(fields, "address", old.address(), draft.address());
    note(fields, "state", old.state(), draft.state());
    note(fields, "defaultLanguage", old.defaultLanguage(), draft.defaultLanguage());
    note(fields, "inDoubt", old.inDoubt(), draft.inDoubt());
    note(
        fields,
        "messagesPerSecond",
        old.limits().messagesPerSecond(),
        draft.limits().messagesPerSecond());
    note(fields, "recipientLimit", old.limits().recipient(), draft.limits().recipient());
    List<String> settings = new ArrayList<>(old.settings().values().fields().keySet());
    draft.settings().values().fields().keySet().stream()
        .filter(name -> !settings.contains(name))
        .forEach(settings::add);
    for (String name : settings) {
      note(fields, name, old.settings().find(name), draft.settings().find(name));
    }
    return fields;
  }

  private static void note(
      List<String> fields, String name, @Nullable Object old, @Nullable Object now) {
    if (!Objects.equals(old, now)) {
      fields.add(name);
    }
  }
}
