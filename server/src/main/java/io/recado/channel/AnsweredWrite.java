package io.recado.channel;

import io.recado.journal.Reads;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import java.util.function.BiFunction;

/// A change of a channel that is answered with the channel, as it is in the same transaction.
record AnsweredWrite(Write<Channel> write, BiFunction<Reads, Channel, JsonObject> answer)
    implements Write<JsonObject> {

  @Override
  public long workspace() {
    return write.workspace();
  }

  @Override
  public long lane() {
    return write.lane();
  }

  @Override
  public void prepare(Tx tx) {
    write.prepare(tx);
  }

  @Override
  public JsonObject apply(Tx tx) {
    return answer.apply(tx, write.apply(tx));
  }
}
