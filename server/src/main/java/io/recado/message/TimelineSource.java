package io.recado.message;

import io.recado.journal.Id;
import io.recado.journal.Reads;
import io.recado.json.JsonObject;
import java.util.List;

/// What followed from a message where this package does not look: who was told of it.
@FunctionalInterface
public interface TimelineSource {

  /// Steps of a message's timeline as the API shows them; each has its `time`.
  List<JsonObject> steps(Reads reads, long workspace, Id message);
}
