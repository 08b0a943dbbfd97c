package io.recado.feed;

import io.recado.feed.EventFeed.Stretch;
import io.recado.http.request.ApiError;
import io.recado.http.request.StreamedBody;
import io.recado.journal.StorageException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// One reader's server-sent events: what is in the log after its cursor, then what comes. It holds
/// a page of events at most; whoever reads slowly is behind, and whoever stops reading is cut off.
///
/// The id of what was looked at last comes with the greeting and with each heartbeat, so that a
/// reader who has seen no event that he wants resumes all the same where he was.
///
/// Source of the form: WHATWG HTML, 9.2 Server-sent events.
public final class EventStream implements StreamedBody {

  private static final int PAGE = 100;

  private final EventFeed feed;
  private final LogWatch watch;
  private final Pace pace;
  private final Reader reader;
  private final Runnable admission;
  private final Runnable leave;
  private long position;
  private long lastSent;
  private long lastAdmitted;

  /// @param admission throws [ApiError] once the reader may not go on
  /// @param leave gives the reader's place back
  EventStream(
      EventFeed feed,
      EventRoutes.Streaming streaming,
      Reader reader,
      Runnable admission,
      Runnable leave) {
    this.feed = feed;
    this.watch = streaming.watch();
    this.pace = streaming.pace();
    this.reader = reader;
    this.admission = admission;
    this.leave = leave;
  }

  @Override
  public void writeTo(Outlet outlet) throws InterruptedException {
    try {
      begin(outlet);
      while (isAdmitted()) {
        long mark = watch.mark(reader.workspace);
        Stretch next = feed.follow(reader.workspace, position, PAGE, reader.choice);
        if (next.hasGap()) {
          reset(outlet);
          continue;
        }
        if (!next.events().isEmpty()) {
          send(outlet, text(next.events()));
        }
        boolean isNew = next.end() > position;
        position = next.end();
        if (!isNew) {
          await(outlet, mark);
        }
      }
    } catch (ApiError | StorageException _) {
      // The reader comes again with its last id, and is then told why if it may not.
    }
  }

  @Override
  public void close() {
    leave.run();
  }

  private void begin(Outlet outlet) throws InterruptedException {
    lastAdmitted = pace.nanoTime.getAsLong();
    long head = feed.head(reader.workspace);
    OptionalLong known =
        reader.cursor.isPresent()
            ? feed.ids().position(reader.cursor.get())
            : OptionalLong.of(head);
    send(outlet, "retry: 3000\n: events of Recado\n\n");
    if (known.isEmpty() || known.getAsLong() > head) {
      // A cursor of a log that was undone by a restore.
      reset(outlet);
    } else {
      position = known.getAsLong();
      send(outlet, mark());
    }
  }

  /// What comes next is not there any more: says so, and goes on with the oldest.
  private void reset(Outlet outlet) throws InterruptedException {
    position = feed.oldest(reader.workspace) - 1;
    String id = feed.ids().text(position);
    send(outlet, "id: " + id + "\nevent: reset\ndata: {\"after\":\"" + id + "\"}\n\n");
  }

  private void await(Outlet outlet, long mark) throws InterruptedException {
    long now = pace.nanoTime.getAsLong();
    Duration left = pace.heartbeat.minusNanos(now - lastSent);
    Duration untilAsked = pace.admission.minusNanos(now - lastAdmitted);
    if (!left.isPositive()) {
      send(outlet, ": still here\n" + mark());
    } else {
      watch.await(reader.workspace, mark, left.compareTo(untilAsked) < 0 ? left : untilAsked);
    }
  }

  private boolean isAdmitted() {
    long now = pace.nanoTime.getAsLong();
    if (now - lastAdmitted >= pace.admission.toNanos()) {
      admission.run();
      lastAdmitted = now;
    }
    return true;
  }

  /// An id without an event: it moves the reader's last id and is not told to anybody.
  private String mark() {
    return "id: " + feed.ids().text(position) + "\n\n";
  }

  private void send(Outlet outlet, String text) throws InterruptedException {
    send(outlet, text.getBytes(StandardCharsets.UTF_8));
  }

  private void send(Outlet outlet, byte[] bytes) throws InterruptedException {
    outlet.send(bytes);
    lastSent = pace.nanoTime.getAsLong();
  }

  /// JSON has no line ends, so each event is one line of data.
  private static byte[] text(List<ShownEvent> events) {
    var text = new ByteArrayOutputStream();
    for (ShownEvent event : events) {
      String head = "id: " + event.id() + "\nevent: " + event.type().wireName() + "\ndata: ";
      text.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
      text.writeBytes(event.json());
      text.write('\n');
      text.write('\n');
    }
    return text.toByteArray();
  }

  /// Who reads what.
  ///
  /// @param cursor the last event that was seen; empty to begin with what comes
  record Reader(long workspace, EventChoice choice, Optional<String> cursor) {}

  /// How often something is done although nothing has happened.
  ///
  /// @param heartbeat the longest silence
  /// @param admission how often is asked whether the reader may go on
  /// @param nanoTime a clock that never jumps
  public record Pace(Duration heartbeat, Duration admission, LongSupplier nanoTime) {

    /// 15 s, after which proxies would close a silent connection; 5 s.
    public static final Pace USUAL =
        new Pace(Duration.ofSeconds(15), Duration.ofSeconds(5), System::nanoTime);
  }
}
