package io.recado.emulator.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A [Ledger.Entry] as bytes: three numbers, then six texts, each after its length.
final class LedgerEntryBytes {
  private static final int NONE = -1;
  private static final int TEXTS = 6;
  private static final int NUMBERS = 2 * Long.BYTES + Integer.BYTES;

  private LedgerEntryBytes() {}

  static byte[] write(Ledger.Entry entry) {
    Ledger.Decision decision = entry.decision();
    byte[][] texts = {
      utf8(entry.numberId()),
      utf8(entry.to()),
      utf8(entry.type()),
      utf8(decision.wamid()),
      utf8(decision.callbackData()),
      utf8(String.join(",", decision.receipts()))
    };
    int size = NUMBERS + TEXTS * Integer.BYTES + entry.payload().length;
    for (byte[] text : texts) {
      size += text == null ? 0 : text.length;
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    out.putLong(entry.arrival()).putLong(entry.millis());
    out.putInt(decision.code() == null ? NONE : decision.code());
    for (byte[] text : texts) {
      out.putInt(text == null ? NONE : text.length);
      if (text != null) {
        out.put(text);
      }
    }
    return out.put(entry.payload()).array();
  }

  /// @param bytes one entry and nothing else
  static Ledger.Entry read(ByteBuffer bytes) {
    long arrival = bytes.getLong();
    long millis = bytes.getLong();
    int code = bytes.getInt();
    String numberId = readPresent(bytes);
    String to = readPresent(bytes);
    String type = readPresent(bytes);
    String wamid = readText(bytes);
    String callbackData = readText(bytes);
    String receipts = readPresent(bytes);
    byte[] payload = new byte[bytes.remaining()];
    bytes.get(payload);
    Ledger.Decision decision =
        new Ledger.Decision(
            wamid,
            code == NONE ? null : code,
            callbackData,
            receipts.isEmpty() ? List.of() : List.of(receipts.split(",")));
    return new Ledger.Entry(arrival, numberId, to, type, payload, millis, decision);
  }

  /// The arrival of an entry without reading the rest.
  static long arrival(ByteBuffer bytes) {
    return bytes.getLong(bytes.position());
  }

  private static byte @Nullable [] utf8(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static String readPresent(ByteBuffer bytes) {
    String text = readText(bytes);
    return text == null ? "" : text;
  }

  private static @Nullable String readText(ByteBuffer bytes) {
    int length = bytes.getInt();
    if (length == NONE) {
      return null;
    }
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
