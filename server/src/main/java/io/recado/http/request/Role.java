package io.recado.http.request;

/// What a caller may do. Each route names the least role that may use it; `OPERATOR` stands apart.
public enum Role {
  /// Reads.
  READER,
  /// Reads, sends and talks.
  SENDER,
  /// Everything in its workspace.
  ADMIN,
  /// Makes workspaces, and nothing inside them.
  OPERATOR;

  /// Whether a caller of this role may use a route that asks for `least`.
  public boolean allows(Role least) {
    return this == OPERATOR || least == OPERATOR ? this == least : compareTo(least) >= 0;
  }
}
