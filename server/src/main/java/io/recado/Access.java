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
import io.recado.journal.Id;
import io.recado.journal.Ids;
import io.recado.session.SessionRoutes;
import io.recado.session.Sessions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Who may call: the parts around API keys, and workspace `default` with its admin key.
final class Access {

  private final Storage storage;
  private final NewKeys newKeys;
  private final IdempotentAnswers answers;
  private final PageTokens pageTokens;
  final AuditLog auditLog;
  private final Authentication authentication;
  final Sessions sessions;
  final DefaultWorkspace.Opened home;

  /// Makes what an empty database lacks.
  ///
  /// @param publicUrl how people reach the server; asked when it listens
  Access(
      Storage storage,
      Ids ids,
      InstantSource clock,
      SecureRandom random,
      Config config,
      Supplier<String> publicUrl,
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
    sessions =
        new Sessions(
            authentication,
            publicUrl,
            config.isReachedOverTls(),
            new Sessions.Parts(storage.journal(), storage.reads(), auditLog, random, background),
            clock,
            System::nanoTime);
    home =
        new DefaultWorkspace(storage.journal(), auditLog, newKeys)
            .ensure(config.adminKey().orElse(null));
  }

  private void revoked(Id apiKey) {
    authentication.forget(apiKey);
    sessions.forget(apiKey);
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
            this::revoked,
            auditLog,
            newKeys)
        .addTo(routes);
    new WorkspaceRoutes(storage.reads(), answers, pageTokens, auditLog, newKeys).addTo(routes);
    new SessionRoutes(sessions, storage.reads()).addTo(routes);
    new AuditRoutes(storage.reads(), pageTokens).addTo(routes);
  }
}
