package io.recado.emulator.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// Makes message ids that look like Meta's, where the other side's number is inside as well. Never
/// the same twice.
final class Wamids {
  private static final HexFormat UNIQUE = HexFormat.of().withUpperCase();

  private final RandomGenerator random;
  private final AtomicInteger next = new AtomicInteger();

  Wamids(RandomGenerator random) {
    this.random = random;
  }

  /// @param outbound whether the business sent the message
  String make(String phone, boolean outbound) {
    String unique =
        UNIQUE.toHexDigits(next.getAndIncrement(), 8) + UNIQUE.toHexDigits(random.nextLong(), 10);
    byte[] digits = phone.getBytes(StandardCharsets.US_ASCII);
    byte[] id = unique.getBytes(StandardCharsets.US_ASCII);
    // The framing bytes are those of observed ids.
    ByteBuffer bytes = ByteBuffer.allocate(digits.length + id.length + 10);
    bytes.put(new byte[] {0x1d, 0x18, (byte) digits.length}).put(digits);
    bytes
        .put(new byte[] {0x15, 0x02, 0x00, (byte) (outbound ? 0x11 : 0x12), 0x18, 0x12})
        .put(id)
        .put((byte) 0);
    return "wamid." + Base64.getEncoder().encodeToString(bytes.array());
  }
}
