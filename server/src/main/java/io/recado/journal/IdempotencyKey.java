package io.recado.journal;

import java.util.Arrays;
import java.util.HexFormat;

/// The caller's name for one request.
///
/// @param workspace keys of two workspaces never meet
/// @param hash 16 bytes that stand for the route with its path values and the key
/// @param fingerprint 32 bytes that stand for everything the request asks for
public record IdempotencyKey(long workspace, byte[] hash, byte[] fingerprint)
    implements Comparable<IdempotencyKey> {

  /// Whether it names the same request, whatever that asks for.
  public boolean isSameKey(IdempotencyKey other) {
    return workspace == other.workspace && Arrays.equals(hash, other.hash);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IdempotencyKey key
        && isSameKey(key)
        && Arrays.equals(fingerprint, key.fingerprint);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(workspace) * 31 + Arrays.hashCode(hash);
  }

  /// By workspace, then by hash: the order in which rows are locked.
  @Override
  public int compareTo(IdempotencyKey other) {
    int byWorkspace = Long.compare(workspace, other.workspace);
    return byWorkspace != 0 ? byWorkspace : Arrays.compareUnsigned(hash, other.hash);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(hash);
  }
}
