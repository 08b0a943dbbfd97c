package io.recado.emulator.number;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which numbers may send: all but those that were deregistered.
public final class Registrations {
  private final Set<String> deregistered = ConcurrentHashMap.newKeySet();

  public boolean isRegistered(String numberId) {
    return deregistered.isEmpty() || !deregistered.contains(numberId);
  }

  void register(String numberId) {
    deregistered.remove(numberId);
  }

  void deregister(String numberId) {
    deregistered.add(numberId);
  }
}
