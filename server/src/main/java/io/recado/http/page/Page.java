package io.recado.http.page;

import io.recado.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a list, as a request asks for it: how many items, after which one.
///
/// A list is read by `WHERE (sort keys) after (position) … LIMIT size + 1`; the extra item tells
/// whether there is another page.
public final class Page {

  private final int size;
  private final @Nullable Position after;
  private final Function<Position, String> seal;

  Page(int size, @Nullable Position after, Function<Position, String> seal) {
    this.size = size;
    this.after = after;
    this.seal = seal;
  }

  /// The most items of the page.
  public int size() {
    return size;
  }

  /// The number of items to ask the database for: one more than the page takes.
  public int limit() {
    return size + 1;
  }

  /// The position of the last item of the page before; empty for the first page.
  public Optional<Position> after() {
    return Optional.ofNullable(after);
  }

  /// The token of the page after this one.
  ///
  /// @param last the position that it goes on from
  public String next(Position last) {
    return seal.apply(last);
  }

  /// The answer for a page.
  ///
  /// @param plural the field of the items, such as `messages`
  /// @param next the position of the page's last item; null when nothing comes after it
  public JsonObject answer(String plural, List<JsonObject> items, @Nullable Position next) {
    return JsonObject.builder()
        .with(plural, items)
        .withNullable("nextPageToken", next == null ? null : seal.apply(next))
        .build();
  }

  /// The answer for what a query with [#limit] found: leaves out the extra row, and goes on from
  /// the last one before it.
  public <T> JsonObject answer(
      String plural, List<T> rows, Function<T, JsonObject> item, Function<T, Position> position) {
    boolean more = rows.size() > size;
    List<T> shown = more ? rows.subList(0, size) : rows;
    return answer(
        plural, shown.stream().map(item).toList(), more ? position.apply(shown.getLast()) : null);
  }

  /// The sizes that a list allows.
  ///
  /// @param usual what a request without `pageSize` gets
  /// @param strict whether a larger `pageSize` is refused instead of lowered
  public record Sizes(int usual, int most, boolean strict) {

    /// A larger `pageSize` is refused, as the original API documents it.
    public static Sizes strict(int usual, int most) {
      return new Sizes(usual, most, true);
    }

    /// A larger `pageSize` is lowered to `most`.
    public static Sizes lowered(int usual, int most) {
      return new Sizes(usual, most, false);
    }
  }
}
