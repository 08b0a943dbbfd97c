package io.recado.message;

import io.recado.http.ErrorAnswer;
import io.recado.http.request.ApiError;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// Accepts many messages in one transaction; each that is refused is refused alone. Answers what
/// became of each, in order.
///
/// @param items at least one
record SendBatch(long workspace, long channel, List<Item> items) implements Write<JsonObject> {

  @Override
  public long lane() {
    return channel;
  }

  @Override
  public void prepare(Tx tx) {
    for (Item item : items) {
      if (item instanceof Item.Accepting accepting) {
        accepting.write.prepare(tx);
      }
    }
  }

  @Override
  public JsonObject apply(Tx tx) {
    List<JsonObject> results = new ArrayList<>(items.size());
    int failed = 0;
    for (Item item : items) {
      JsonObject.Builder result = JsonObject.builder();
      try {
        result.with("message", accept(tx, item));
      } catch (ApiError error) {
        failed++;
        result.with("error", ErrorAnswer.error(error));
      }
      results.add(result.build());
    }
    return JsonObject.builder().with("results", results).with("failedCount", failed).build();
  }

  private static JsonObject accept(Tx tx, Item item) {
    return switch (item) {
      case Item.Refused(ApiError error) -> throw error;
      case Item.Accepting(AcceptMessage write, String conversation) -> {
        write.apply(tx);
        yield MessageJson.of(write.message(0), conversation);
      }
    };
  }

  /// One of the messages.
  sealed interface Item {

    /// @param conversation the resource name of its conversation
    record Accepting(AcceptMessage write, String conversation) implements Item {}

    /// Refused before anything was stored.
    record Refused(ApiError error) implements Item {}
  }
}
