package io.recado.webhook.endpoint;

import io.recado.event.EventType;
import io.recado.journal.Id;
import io.recado.webhook.cursor.Command.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where events are told to.
///
/// @param key 0 as long as it is not stored
/// @param types those that are told; empty for all
/// @param channels those whose events are told; empty for all, also those of no channel
/// @param disabledCause null unless the server disabled it by itself
/// @param disabledTime null unless it is disabled
public record WebhookEndpoint(
    long key,
    long workspace,
    Id id,
    String url,
    Set<EventType> types,
    Set<Id> channels,
    State state,
    @Nullable Cause disabledCause,
    @Nullable Instant disabledTime,
    List<SigningSecret> secrets,
    Instant createTime,
    Instant updateTime) {

  /// Whether events are told to it.
  public enum State {
    ENABLED,
    DISABLED
  }

  /// Copies the collections.
  public WebhookEndpoint {
    types = Set.copyOf(types);
    channels = Set.copyOf(channels);
    secrets = List.copyOf(secrets);
  }

  /// Its resource name.
  public String name() {
    return name(id);
  }

  /// The resource name of an endpoint.
  public static String name(Id id) {
    return "webhookEndpoints/" + id;
  }

  /// Whether events are told to it.
  public boolean isEnabled() {
    return state == State.ENABLED;
  }

  WebhookEndpoint withKey(long value) {
    return new WebhookEndpoint(
        value,
        workspace,
        id,
        url,
        types,
        channels,
        state,
        disabledCause,
        disabledTime,
        secrets,
        createTime,
        updateTime);
  }

  WebhookEndpoint withSecrets(List<SigningSecret> value, Instant now) {
    return new WebhookEndpoint(
        key,
        workspace,
        id,
        url,
        types,
        channels,
        state,
        disabledCause,
        disabledTime,
        value,
        createTime,
        now);
  }

  WebhookEndpoint with(EndpointDraft draft, Instant now) {
    boolean disables = draft.state() == State.DISABLED && isEnabled();
    boolean enables = draft.state() == State.ENABLED;
    return new WebhookEndpoint(
        key,
        workspace,
        id,
        draft.url(),
        draft.types(),
        draft.channels(),
        draft.state(),
        enables ? null : disabledCause,
        enables ? null : disables ? now : disabledTime,
        secrets,
        createTime,
        now);
  }

  WebhookEndpoint disabled(Cause cause, Instant now) {
    return new WebhookEndpoint(
        key,
        workspace,
        id,
        url,
        types,
        channels,
        State.DISABLED,
        cause,
        now,
        secrets,
        createTime,
        now);
  }

  /// Says nothing of the secrets.
  @Override
  public String toString() {
    return name();
  }
}
