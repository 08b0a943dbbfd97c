package io.recado.http.request;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The headers of a request. As a function: the first of a name in any case, null when there is
/// none.
@FunctionalInterface
public interface Headers extends Function<String, @Nullable String> {

  /// All headers of a name, in any case, in order.
  default List<String> all(String name) {
    String first = apply(name);
    return first == null ? List.of() : List.of(first);
  }

  /// The address at the other end of the connection, which may be a proxy's; empty when there is
  /// none.
  default String peer() {
    return "";
  }
}
