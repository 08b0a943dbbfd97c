package io.recado.emulator.message;

/// A business's number and a person's phone.
record Pair(String numberId, String phone) {}
