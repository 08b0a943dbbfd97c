package io.recado.emulator.control;

import io.recado.emulator.account.Account;
import io.recado.emulator.account.Accounts;
import io.recado.emulator.graph.Json;
import io.recado.emulator.template.Template;
import io.recado.emulator.template.TemplateReview;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Gives a template another status, as Meta may at any time.
public final class TemplateControl {
  private static final Set<String> FIELDS =
      Set.of("businessAccountId", "name", "language", "status");
  private static final Set<String> STATUSES =
      Set.of("APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED", "IN_APPEAL", "ARCHIVED");

  private final Accounts accounts;
  private final TemplateReview review;

  public TemplateControl(Accounts accounts, TemplateReview review) {
    this.accounts = accounts;
    this.review = review;
  }

  ObjectNode setStatus(ObjectNode json) {
    ControlInput input = new ControlInput(json, "templates").only(FIELDS);
    String status = input.text("status");
    if (!STATUSES.contains(status)) {
      throw new IllegalArgumentException(
          "status must be one of " + String.join(", ", STATUSES.stream().sorted().toList()) + ".");
    }
    Account account =
        input
            .findText("businessAccountId")
            .map(accounts::find)
            .orElseGet(() -> accounts.all().stream().findFirst())
            .orElseThrow(
                () ->
                    new IllegalArgumentException("businessAccountId names no configured account."));
    Template.Key key = new Template.Key(input.text("name"), input.text("language"));
    if (!review.setStatus(account, key, status)) {
      throw new IllegalArgumentException("There is no template of this name in this language.");
    }
    return Json.object()
        .put("name", key.name())
        .put("language", key.language())
        .put("status", status);
  }
}
