package io.recado.http.request;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Which fields a PATCH is to change (AIP-134): those that its `updateMask` names, or without one
/// those that its body holds.
///
/// A path covers everything below it, `*` covers all. What is covered and not in the body is set to
/// its default; what is in the body and not covered stays as it is.
public final class UpdateMask {

  private static final String PARAMETER = "updateMask";

  private final boolean given;
  private final Set<String> paths;

  private UpdateMask(boolean given, Set<String> paths) {
    this.given = given;
    this.paths = paths;
  }

  /// A mask that covers all fields, as for something new.
  public static UpdateMask all() {
    return new UpdateMask(true, Set.of("*"));
  }

  /// Reads the query parameter.
  ///
  /// @param known the paths of all fields, output-only ones included; whatever is above one of them
  ///   is known too
  /// @throws ApiError when it names anything else
  public static UpdateMask of(Optional<String> parameter, Collection<String> known) {
    if (parameter.isEmpty()) {
      return new UpdateMask(false, Set.of());
    }
    Set<String> paths = new LinkedHashSet<>();
    for (String part : parameter.get().split(",", -1)) {
      String path = part.strip();
      if (!path.equals("*") && known.stream().noneMatch(field -> isWithin(field, path))) {
        throw unknown(path, known);
      }
      paths.add(path);
    }
    return new UpdateMask(true, paths);
  }

  /// Whether the field is to be set.
  ///
  /// @param present whether the body holds it, null included
  public boolean covers(String path, boolean present) {
    return given
        ? paths.contains("*") || paths.stream().anyMatch(masked -> isWithin(path, masked))
        : present;
  }

  private static boolean isWithin(String path, String masked) {
    return path.equals(masked) || path.startsWith(masked + ".");
  }

  private static ApiError unknown(String path, Collection<String> known) {
    String nearest =
        Nearest.to(path, known).map(field -> " Did you mean " + field + "?").orElse("");
    String what = path.isEmpty() ? "A path is empty." : "There is no field " + shown(path) + ".";
    return ApiError.invalid(PARAMETER, "INVALID_VALUE", what + nearest);
  }

  private static String shown(String path) {
    return path.length() <= 64 ? path : path.substring(0, 64) + "…";
  }
}
