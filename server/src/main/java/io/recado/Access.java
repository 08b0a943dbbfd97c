package io.recado;

import io.recado.access.ApiKeyRoutes;
import io.recado.access.AuditLog;
import io.recado.access.AuditRoutes;
import io.recado.access.Authentication;
import io.recado.access.DefaultWorkspace;
import io.recado.access.KeyUses;
import io.recado.access.NewKeys;
import io.recado.access.WorkspaceRoutes;
import io.recado.http.Routes;
import io.recado.http.page.PageTokens;
import io.recado.http.request.IdempotentAnswers;
import io.recado.journal.Ids;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Who may call: the parts around API keys, and workspace `default` with its admin key.
final class Access {

  private final Storage storage;
  private final NewKeys newKeys;
  private final IdempotentAnswers answers;
  private final PageTokens pageTokens;
  final AuditLog auditLog;
  final Authentication authentication;
  final DefaultWorkspace.Opened home;

  /// Makes what an empty database lacks.
  Access(
      Storage storage,
      Ids ids,
      InstantSource clock,
      SecureRandom random,
      Optional<String> adminKey,
      Executor background) {
    this.storage = storage;
    auditLog = new AuditLog(ids, clock);
    newKeys = new NewKeys(ids, random);
    answers = new IdempotentAnswers(storage.journal(), storage.reads(), storage.cipher(), clock);
    pageTokens = new PageTokens(storage.cipher());
    authentication =
        new Authentication(
            storage.reads(),
            clock,
            System::nanoTime,
            new KeyUses(storage.journal(), System::nanoTime, background));
    home = new DefaultWorkspace(storage.journal(), auditLog, newKeys).ensure(adminKey.orElse(null));
  }

  /// Answers to POSTs, once for each idempotency key.
  IdempotentAnswers answers() {
    return answers;
  }

  /// Tokens of all lists.
  PageTokens pageTokens() {
    return pageTokens;
  }

  void addTo(Routes routes) {
    new ApiKeyRoutes(
            storage.journal(),
            storage.reads(),
            answers,
            pageTokens,
            authentication,
            auditLog,
            newKeys)
        .addTo(routes);
    new WorkspaceRoutes(storage.reads(), answers, pageTokens, auditLog, newKeys).addTo(routes);
    new AuditRoutes(storage.reads(), pageTokens).addTo(routes);
  }
}
