/// Plumbing of storage: one queue, one transaction for many changes, one fsync.
///
/// A change is a [io.recado.journal.Write]. [io.recado.journal.Journal] takes all that are waiting,
/// applies them as one transaction and answers each caller only after the commit, so that whoever
/// was answered can rely on it. What differs between SQLite and PostgreSQL is in
/// [io.recado.journal.Dialect]; all other SQL is in the features' stores.
@NullMarked
package io.recado.journal;

import org.jspecify.annotations.NullMarked;
