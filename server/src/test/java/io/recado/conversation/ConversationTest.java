package io.recado.conversation;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class ConversationTest {

  @Nested
  class OnSqlite implements ConversationContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }
  }

  @Nested
  class OnPostgresql implements ConversationContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }
  }
}
