package io.recado.prove.ledger;

import java.time.Instant;

/// One call of a client, as it saw it.
///
/// @param conversation the client's own name for it, such as `c17`
/// @param sequence counts the client's messages from 1; the same again when it repeats a call
/// @param to the phone number, digits only
/// @param text unique among all texts
public record ClientCall(
    String conversation,
    int sequence,
    String to,
    String text,
    String key,
    Instant start,
    Instant end,
    Answer answer) {}
