package io.recado.emulator.template;

import io.recado.emulator.account.Account;
import io.recado.emulator.callback.Callbacks;
import io.recado.emulator.callback.Update;
import io.recado.emulator.graph.Json;
import io.recado.emulator.time.Timers;
import java.time.Duration;
import java.time.InstantSource;
import tools.jackson.databind.node.ObjectNode;

/// Decides about new templates, and tells every change of status by a callback.
///
/// A name's end chooses its fate: `_rejected` and `_pending` as they say, `_at_once` is approved in
/// the answer; all others are approved after a second.
public final class TemplateReview {
  private static final Duration DURATION = Duration.ofSeconds(1);

  private final Templates templates;
  private final Callbacks callbacks;
  private final Timers timers;
  private final InstantSource clock;

  public TemplateReview(
      Templates templates, Callbacks callbacks, Timers timers, InstantSource clock) {
    this.templates = templates;
    this.callbacks = callbacks;
    this.timers = timers;
    this.clock = clock;
  }

  static String firstStatus(String name) {
    return name.endsWith("_at_once") ? "APPROVED" : "PENDING";
  }

  void begin(Account account, Template template) {
    if (template.status().equals("PENDING") && !template.key().name().endsWith("_pending")) {
      String verdict = template.key().name().endsWith("_rejected") ? "REJECTED" : "APPROVED";
      timers.after(DURATION, () -> decide(account, template.key(), verdict));
    }
  }

  private void decide(Account account, Template.Key key, String verdict) {
    boolean pending =
        templates.find(account, key).filter(now -> now.status().equals("PENDING")).isPresent();
    if (pending) {
      setStatus(account, key, verdict);
    }
  }

  /// Gives a template another status and tells it. False when there is no such template.
  public boolean setStatus(Account account, Template.Key key, String status) {
    Template changed = templates.change(account, key, template -> template.withStatus(status));
    if (changed == null) {
      return false;
    }
    tell(account, changed, status);
    return true;
  }

  void tell(Account account, Template template, String event) {
    ObjectNode value = Json.object().put("event", event);
    value.put("message_template_id", Long.parseLong(template.id()));
    value.put("message_template_name", template.key().name());
    value.put("message_template_language", template.key().language());
    value.put("reason", event.equals("REJECTED") ? "INVALID_FORMAT" : "NONE");
    value.put("message_template_category", template.category());
    if (event.equals("PAUSED")) {
      value
          .putObject("other_info")
          .put("title", "FIRST_PAUSE")
          .put("description", "paused for 3 hours");
    }
    callbacks.tell(
        new Update.OnAccount(
            account, "message_template_status_update", value, clock.millis() / 1_000));
  }
}
