package io.recado.conversation;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class ConversationPlansTest {

  @Nested
  class OnSqlite implements ConversationPlansContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements ConversationPlansContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
