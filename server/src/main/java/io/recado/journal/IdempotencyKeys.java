package io.recado.journal;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The idempotency keys of a group: each is claimed in the transaction that has the effect, so key
/// and effect are durable together or not at all.
///
/// The second of two equal requests gets the first's answer, also inside one group.
public final class IdempotencyKeys implements Part {

  /// First in the order of locks.
  public static final Kind<IdempotencyKeys> KIND = new Kind<>(0, IdempotencyKeys::new);

  private static final String CLAIM =
      """
      INSERT INTO idempotency_key (workspace_key, hash, fingerprint, create_time)
      VALUES /*keys*/
      ON CONFLICT DO NOTHING
      RETURNING workspace_key, hash, fingerprint\
      """;
  private static final String FIND =
      """
      SELECT fingerprint, resource, answer, create_time
      FROM idempotency_key WHERE workspace_key = ? AND hash = ?\
      """;
  // The fingerprint too: of two requests of one key in a group, the first may have been refused.
  private static final String KEEP =
      """
      UPDATE idempotency_key SET fingerprint = ?, resource = ?, answer = ?
      WHERE workspace_key = ? AND hash = ?\
      """;
  private static final String FORGET =
      "DELETE FROM idempotency_key WHERE workspace_key = ? AND hash = ?";

  // In the order of the locks; one per key, whatever its requests ask for.
  private final Map<IdempotencyKey, Instant> wanted = new TreeMap<>();
  private final Map<Slot, Claimed> claimed = new HashMap<>();

  /// What a key stands for, if the very same request has used it: for a request that is refused by
  /// what has changed since.
  public static Optional<Kept> kept(Reads reads, IdempotencyKey key) {
    return reads
        .find(
            FIND,
            binds -> binds.number(key.workspace()).bytes(key.hash()),
            row -> new Kept(row.bytes(), row.idOrNull(), row.bytesOrNull(), row.time()))
        .filter(kept -> Arrays.equals(kept.fingerprint, key.fingerprint()));
  }

  /// Asks for a key, in a write's `prepare`.
  public void want(IdempotencyKey key, Instant now) {
    wanted.putIfAbsent(key, now);
  }

  /// What the key stands for, in a write's `apply`: empty when the request is new and must be
  /// carried out.
  ///
  /// @throws Reused when the key was used for another request
  public Optional<Kept> find(IdempotencyKey key) {
    Claimed slot = Objects.requireNonNull(claimed.get(Slot.of(key)), "the key was not asked for");
    if (slot.kept == null) {
      return Optional.empty();
    }
    if (!Arrays.equals(slot.kept.fingerprint, key.fingerprint())) {
      throw new Reused(slot.kept);
    }
    return Optional.of(slot.kept);
  }

  /// Keeps what the request came to; kept only if the group is committed.
  ///
  /// @param resource the id of what it made, from which the answer is rebuilt; null when `answer`
  ///   holds it
  /// @param answer the answer itself, encrypted when it holds secrets
  public void keep(IdempotencyKey key, @Nullable Id resource, byte @Nullable [] answer) {
    Claimed slot = Objects.requireNonNull(claimed.get(Slot.of(key)), "the key was not asked for");
    slot.kept = new Kept(key.fingerprint(), resource, answer, slot.time);
    slot.isNew = true;
  }

  @Override
  public void load(Tx tx) {
    List<Map.Entry<IdempotencyKey, Instant>> keys = List.copyOf(wanted.entrySet());
    tx.queryMany(
            CLAIM,
            "(?, ?, ?, ?)",
            Binds.Binder.NONE,
            keys,
            (binds, entry) ->
                binds
                    .number(entry.getKey().workspace())
                    .bytes(entry.getKey().hash())
                    .bytes(entry.getKey().fingerprint())
                    .time(entry.getValue()),
            row -> new IdempotencyKey(row.number(), row.bytes(), row.bytes()))
        .forEach(key -> claimed.put(Slot.of(key), new Claimed(wanted.get(key), true)));
    for (Map.Entry<IdempotencyKey, Instant> entry : keys) {
      claimed.computeIfAbsent(Slot.of(entry.getKey()), _ -> known(tx, entry.getKey()));
    }
  }

  @Override
  public void store(Tx tx) {
    claimed.forEach(
        (slot, entry) -> {
          if (entry.isNew && entry.kept == null) {
            tx.batch(FORGET, binds -> binds.number(slot.workspace).bytes(slot.hash));
          } else if (entry.isNew) {
            tx.batch(
                KEEP,
                binds ->
                    binds
                        .bytes(entry.kept.fingerprint)
                        .id(entry.kept.resource)
                        .bytes(entry.kept.answer)
                        .number(slot.workspace)
                        .bytes(slot.hash));
          }
        });
  }

  private static Claimed known(Tx tx, IdempotencyKey key) {
    return tx.find(
            FIND,
            binds -> binds.number(key.workspace()).bytes(key.hash()),
            row -> {
              var kept = new Kept(row.bytes(), row.idOrNull(), row.bytesOrNull(), row.time());
              Claimed claimed = new Claimed(kept.time, false);
              claimed.kept = kept;
              return claimed;
            })
        .orElseThrow(() -> new IllegalStateException("a key was neither taken nor there"));
  }

  /// What a key stands for.
  ///
  /// @param time when it was first used
  public record Kept(
      byte[] fingerprint, @Nullable Id resource, byte @Nullable [] answer, Instant time) {}

  /// The key was used for another request.
  public static final class Reused extends Refusal {

    private static final long serialVersionUID = 1;

    private final transient Kept first;

    Reused(Kept first) {
      super("the idempotency key was used for another request");
      this.first = first;
    }

    /// What the key stands for.
    public Kept first() {
      return first;
    }
  }

  private static final class Claimed {
    private final Instant time;
    private boolean isNew;
    private @Nullable Kept kept;

    private Claimed(Instant time, boolean isNew) {
      this.time = time;
      this.isNew = isNew;
    }
  }

  private record Slot(long workspace, byte[] hash) {

    static Slot of(IdempotencyKey key) {
      return new Slot(key.workspace(), key.hash());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Slot slot
          && workspace == slot.workspace
          && Arrays.equals(hash, slot.hash);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(hash);
    }
  }
}
