package io.recado.conversation;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class ConversationStatesTest {

  @Nested
  class OnSqlite implements ConversationStatesContract {
    @Override
    public Dialect engine() {
      return Dialect.SQLITE;
    }

    @Override
    public int nodes() {
      return 1;
    }
  }

  @Nested
  class OnPostgresql implements ConversationStatesContract {
    @Override
    public Dialect engine() {
      return Dialect.POSTGRESQL;
    }

    @Override
    public int nodes() {
      return 2;
    }
  }
}
