package io.recado.emulator.message;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// The 24 hours after a person's last message in which a number may write freely to that person.
public final class ServiceWindows {
  private static final long OPEN_MILLIS = Duration.ofHours(24).toMillis();

  private final InstantSource clock;
  // In order of opening: the first to close stands first.
  private final Map<Pair, Long> openedAt = new LinkedHashMap<>();

  public ServiceWindows(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void open(String numberId, String phone) {
    long now = clock.millis();
    Pair pair = new Pair(numberId, phone);
    openedAt.remove(pair);
    openedAt.put(pair, now);
    Iterator<Long> oldest = openedAt.values().iterator();
    while (oldest.next() + OPEN_MILLIS <= now) {
      oldest.remove();
    }
  }

  public synchronized boolean isOpen(String numberId, String phone) {
    Long opened = openedAt.get(new Pair(numberId, phone));
    return opened != null && clock.millis() < opened + OPEN_MILLIS;
  }
}
