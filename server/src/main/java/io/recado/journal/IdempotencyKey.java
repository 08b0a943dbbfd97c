package io.recado.journal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;

/// A caller's name for one request, as it is stored: never the name itself.
///
/// @param hash 16 bytes that stand for method, route, path values and the caller's name; the key
///   within a workspace
/// @param fingerprint 32 bytes that stand for what the request asks for: equal for equal requests
public record IdempotencyKey(long workspace, byte[] hash, byte[] fingerprint) {

  /// The order in which keys are locked, so that two groups of writes cannot wait for each other.
  public static final Comparator<IdempotencyKey> LOCK_ORDER =
      Comparator.comparingLong(IdempotencyKey::workspace)
          .thenComparing(IdempotencyKey::hash, Arrays::compareUnsigned);

  /// Whether both name the same request, whatever they ask for.
  public boolean isSameKey(IdempotencyKey other) {
    return workspace == other.workspace && Arrays.equals(hash, other.hash);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof IdempotencyKey other
        && isSameKey(other)
        && Arrays.equals(fingerprint, other.fingerprint);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(workspace) + Arrays.hashCode(hash);
  }

  /// The workspace and the hash.
  @Override
  public String toString() {
    return workspace + "/" + HexFormat.of().formatHex(hash);
  }
}
