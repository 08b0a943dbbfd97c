package io.recado.emulator.graph;

import io.recado.emulator.account.Account;
import io.recado.emulator.account.PhoneNumber;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A request on a Graph object, its token checked.
public record Call(Request request, String version, String id, Account account) {
  /// The number that the path names.
  public PhoneNumber number() {
    return account.findNumber(id).orElseThrow(() -> GraphError.unknownObject(method(), id));
  }

  public String method() {
    return request.method();
  }

  public Optional<String> query(String name) {
    return request.query(name);
  }

  /// The body as a JSON object.
  ///
  /// @throws GraphError 100 when it is anything else
  public ObjectNode json() {
    return Json.findObject(request.body())
        .orElseThrow(() -> GraphError.of(100, "The body is not a JSON object."));
  }

  /// 25 for `v25.0`.
  public int majorVersion() {
    return Integer.parseInt(version.substring(1, version.indexOf('.')));
  }
}
