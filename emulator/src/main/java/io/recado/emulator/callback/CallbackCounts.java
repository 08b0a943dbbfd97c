package io.recado.emulator.callback;

/// How many updates wait, how many callbacks wait to be repeated, were answered 200, were not, and
/// were given up.
public record CallbackCounts(
    long waiting, long redelivering, long delivered, long failed, long dropped) {}
