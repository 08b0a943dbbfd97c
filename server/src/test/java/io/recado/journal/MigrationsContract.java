package io.recado.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.recado.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/// What migrations promise on every database.
interface MigrationsContract {

  Dialect engine();

  @Test
  default void aMigratedDatabaseLacksNothingAndMigratingAgainChangesNothing() {
    try (var test = TestDatabase.on(engine())) {
      var migrations = new Migrations(test.database());
      assertThat(migrations.missing()).isZero();
      migrations.apply();
      assertThat(migrations.missing()).isZero();
      assertThat(migrations.isEmpty()).isFalse();
    }
  }
}
