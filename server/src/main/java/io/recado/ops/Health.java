package io.recado.ops;

import io.recado.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Named checks, answered without waiting for anything. Safe for many threads.
///
/// @param live what makes this process worth keeping; nothing outside it, or one lost database
///   would restart every node at once
/// @param ready what this process needs to take a request now
public record Health(List<Check> live, List<Check> ready) {

  /// Copies the lists.
  public Health {
    live = List.copyOf(live);
    ready = List.copyOf(ready);
  }

  /// One thing that must hold.
  ///
  /// @param isUp answers at once, from what is known
  public record Check(String name, BooleanSupplier isUp) {}

  /// The state of some checks, all asked at one moment.
  record Report(boolean isUp, JsonObject json) {

    static Report of(List<Check> checks) {
      boolean all = true;
      var list = new ArrayList<JsonObject>(checks.size());
      for (Check check : checks) {
        boolean isUp = check.isUp.getAsBoolean();
        all &= isUp;
        list.add(JsonObject.builder().with("name", check.name).with("status", word(isUp)).build());
      }
      return new Report(
          all, JsonObject.builder().with("status", word(all)).with("checks", list).build());
    }

    private static String word(boolean isUp) {
      return isUp ? "UP" : "DOWN";
    }
  }
}
