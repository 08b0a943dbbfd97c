package io.recado.feed;

import io.recado.journal.Journal;
import io.recado.journal.ServerFacts;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// The public ids of events: `evt_`, 8 hex digits of the log's epoch, 16 of the position.
///
/// A later event of a workspace has a greater id, also as a text. The epoch is the second in which
/// the log began: a database that was restored begins a new one, so that an id from a time that was
/// undone is told from one that was given again.
///
/// @param epoch seconds since 1970, below 2^32
public record EventIds(long epoch) {

  private static final String FACT = "log-epoch";
  private static final String PREFIX = "evt_";
  private static final Pattern FORM = Pattern.compile("evt_[0-9a-f]{8}[0-7][0-9a-f]{15}");
  private static final HexFormat HEX = HexFormat.of();

  /// The ids of a database's log. The first call decides its epoch.
  public static EventIds open(Journal journal, Instant now) {
    byte[] seconds = ByteBuffer.allocate(Long.BYTES).putLong(now.getEpochSecond()).array();
    byte[] known = journal.commit(new ServerFacts.State(FACT, seconds));
    return new EventIds(ByteBuffer.wrap(known).getLong() & 0xffff_ffffL);
  }

  /// The id of a position; of 0, what stands before the first event.
  public String text(long position) {
    return PREFIX + HEX.toHexDigits(epoch, 8) + HEX.toHexDigits(position);
  }

  /// Whether a text has the form of an id.
  public static boolean isId(String text) {
    return FORM.matcher(text).matches();
  }

  /// The position that an id stands for; empty when it is no id, or one of another log.
  public OptionalLong position(String id) {
    if (!isId(id)) {
      return OptionalLong.empty();
    }
    long itsEpoch = HexFormat.fromHexDigitsToLong(id, PREFIX.length(), PREFIX.length() + 8);
    return itsEpoch == epoch
        ? OptionalLong.of(HexFormat.fromHexDigitsToLong(id, PREFIX.length() + 8, id.length()))
        : OptionalLong.empty();
  }
}
