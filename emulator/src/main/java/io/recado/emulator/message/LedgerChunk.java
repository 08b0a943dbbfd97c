package io.recado.emulator.message;

import java.nio.ByteBuffer;

/// Entries one after the other in one array, each after its length, so that a million of them are
/// but a few hundred objects to the garbage collector.
///
/// Grows at its end and is taken away at its beginning. What was written never changes, so that
/// what [#unread] gave can be read while others go on writing.
final class LedgerChunk {
  private final byte[] bytes;
  private int start;
  private int end;
  private long lastArrival;

  LedgerChunk(int capacity) {
    this.bytes = new byte[capacity];
  }

  /// The room that an entry takes.
  static int room(byte[] entry) {
    return Integer.BYTES + entry.length;
  }

  boolean hasRoomFor(byte[] entry) {
    return room(entry) <= bytes.length - end;
  }

  void add(long arrival, byte[] entry) {
    ByteBuffer.wrap(bytes, end, room(entry)).putInt(entry.length).put(entry);
    end += room(entry);
    lastArrival = arrival;
  }

  boolean isEmpty() {
    return start == end;
  }

  /// Takes the oldest entry away and returns the room that it took.
  int removeOldest() {
    int room = Integer.BYTES + ByteBuffer.wrap(bytes).getInt(start);
    start += room;
    return room;
  }

  long lastArrival() {
    return lastArrival;
  }

  /// What is there now, to be read with [#next].
  ByteBuffer unread() {
    return ByteBuffer.wrap(bytes, start, end - start);
  }

  /// The next entry of what [#unread] gave, which goes on behind it.
  static ByteBuffer next(ByteBuffer unread) {
    int length = unread.getInt();
    ByteBuffer entry = unread.slice(unread.position(), length);
    unread.position(unread.position() + length);
    return entry;
  }
}
