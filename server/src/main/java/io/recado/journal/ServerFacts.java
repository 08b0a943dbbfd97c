package io.recado.journal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a database knows of itself: what kind of data it holds, the keyset that opens its secrets.
public final class ServerFacts {

  private static final String FIND = "SELECT value FROM server_fact WHERE name = ?";
  private static final String ADD =
      "INSERT INTO server_fact (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING";

  private ServerFacts() {}

  /// A fact.
  public static Optional<byte[]> find(Reads reads, String name) {
    return reads.find(FIND, binds -> binds.text(name), Row::bytes);
  }

  /// States a fact that is not known yet; of two who state one at once, the first is right.
  public record State(String name, byte[] value) implements Write<byte[]> {

    @Override
    public long workspace() {
      return 0;
    }

    /// What is known from now on.
    @Override
    public byte @Nullable [] apply(Tx tx) {
      tx.update(ADD, binds -> binds.text(name).bytes(value));
      return find(tx, name).orElseThrow();
    }
  }
}
