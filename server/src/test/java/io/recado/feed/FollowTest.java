package io.recado.feed;

import io.recado.journal.Dialect;
import org.junit.jupiter.api.Nested;

class FollowTest {

  @Nested
  class OnSqlite implements FollowContract {
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
  class OnPostgresql implements FollowContract {
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
