package io.recado.emulator.message;

/// A message that was accepted: its id, when, in which price category, and whether the service
/// window was open.
record Accepted(
    String wamid, SendRequest request, long millis, String category, boolean windowOpen) {}
