package io.recado.access;

import io.recado.journal.Dialect;
import io.recado.journal.Id;
import io.recado.journal.PlanBench;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// How keys and the audit log are read on every database: never by reading a table.
interface AccessPlansContract {

  Dialect engine();

  @Test
  default void keysAndAuditEntriesFollowAnIndex() throws SQLException {
    try (var bench = new PlanBench(engine())) {
      bench
          .run(r -> AuditStore.page(r, 3, null, 50))
          .run(r -> ApiKeyStore.findByHash(r, new KeyHash(0, 0, 0, 0)))
          .run(r -> ApiKeyStore.find(r, 3, new Id(0, 1)))
          .run(r -> ApiKeyStore.page(r, 3, null, 50))
          .assertIndexed();
    }
  }
}
