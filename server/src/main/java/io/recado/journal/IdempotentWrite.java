package io.recado.journal;

import io.recado.journal.IdempotencyKeys.Kept;
import java.time.Instant;
import java.util.Optional;

/// A write under the caller's idempotency key: applied once, however often the request comes; every
/// later one is given the first's answer.
///
/// @param now when this request came; of the first one, it is the key's time
/// @param write refuses without effect, in which case the key stays free
/// @param form how the answer is kept
public record IdempotentWrite<R>(
    IdempotencyKey key, Instant now, Write<R> write, AnswerForm<R> form)
    implements Write<IdempotentWrite.Answer<R>> {

  @Override
  public long workspace() {
    return write.workspace();
  }

  @Override
  public long lane() {
    return write.lane();
  }

  @Override
  public void prepare(Tx tx) {
    tx.part(IdempotencyKeys.KIND).want(key, now);
    write.prepare(tx);
  }

  /// Makes the change, or finds the answer of the request that made it.
  ///
  /// @throws IdempotencyKeys.Reused when the key was used for another request
  @Override
  public Answer<R> apply(Tx tx) {
    IdempotencyKeys keys = tx.part(IdempotencyKeys.KIND);
    Optional<Kept> kept = keys.find(key);
    if (kept.isPresent()) {
      return new Answer<>(form.read(kept.get().answer()), true);
    }
    R result = write.apply(tx);
    keys.keep(key, null, form.write(result));
    return new Answer<>(result, false);
  }

  /// How an answer is kept: as bytes, encrypted when it may hold secrets. Called on the writer's
  /// thread, so it must not block.
  public interface AnswerForm<R> {
    /// The bytes to keep.
    byte[] write(R answer);

    /// The answer that was kept.
    R read(byte[] kept);
  }

  /// What the request came to.
  ///
  /// @param replayed whether it is the answer to an earlier request
  public record Answer<R>(R value, boolean replayed) {}
}
