package io.recado.webchat;

import io.recado.http.request.StreamedBody;
import io.recado.journal.StorageException;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.message.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is new for a visitor, as server-sent events, until the browser goes or the token ends.
///
/// `message` brings one message, `sync` the place up to which all was brought (also as the event's
/// id, to go on from), `read` the place up to which the business has read, `typing` that an answer
/// is being written. A comment keeps the connection alive.
final class VisitorStream implements StreamedBody {

  private static final Logger LOG = LoggerFactory.getLogger(VisitorStream.class);

  /// Proxies close what is silent for longer; and so late at most is a change of another node seen.
  private static final Duration PULSE = Duration.ofSeconds(15);

  private final Visitors visitors;
  private final Seat seat;
  private final VisitorStreams.Open open;
  private final Shown shown;
  private long toldRead;
  private long toldUpTo = -1;

  VisitorStream(Visitors visitors, Seat seat, VisitorStreams.Open open, long after) {
    this.visitors = visitors;
    this.seat = seat;
    this.open = open;
    this.shown = new Shown(after);
  }

  @Override
  public void writeTo(Outlet outlet) throws InterruptedException {
    outlet.send(bytes("retry: 1000\n\n"));
    boolean isRung = true;
    while (visitors.isValid(seat)) {
      var text = new StringBuilder();
      appendNews(text);
      if (open.bell().takeTyping()) {
        event(text, "typing", JsonObject.empty());
      }
      if (!text.isEmpty() || !isRung) {
        outlet.send(bytes(text.isEmpty() ? ":\n\n" : text.toString()));
      }
      isRung = open.bell().await(PULSE);
    }
  }

  @Override
  public void close() {
    open.close();
  }

  private void appendNews(StringBuilder text) {
    try {
      Optional<Long> conversation = visitors.conversation(seat);
      if (conversation.isPresent()) {
        open.follow(conversation.get());
        List<Message> fresh = visitors.next(seat, conversation.get(), shown);
        fresh.forEach(message -> event(text, "message", VisitorJson.message(message)));
        if (!fresh.isEmpty()) {
          // There may be more than were read at once.
          open.bell().ring();
        }
      }
      appendPlaces(text);
    } catch (StorageException e) {
      // It is asked again with the next pulse; the browser need not know.
      LOG.debug("a visitor's stream could not read: {}", e.kind());
    }
  }

  private void appendPlaces(StringBuilder text) {
    if (shown.readSeq() > toldRead) {
      toldRead = shown.readSeq();
      event(text, "read", JsonObject.builder().with("upTo", toldRead).build());
    }
    if (shown.upTo() > toldUpTo) {
      toldUpTo = shown.upTo();
      text.append("id: ").append(toldUpTo).append('\n');
      event(text, "sync", JsonObject.builder().with("after", toldUpTo).build());
    }
  }

  private static void event(StringBuilder text, String type, JsonObject data) {
    text.append("event: ").append(type).append("\ndata: ").append(Json.text(data)).append("\n\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
