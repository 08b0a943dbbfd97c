package io.recado.prove.ledger;

import java.time.Instant;

/// Something that the server says has happened, from its log or from a webhook.
///
/// @param time when it happened, by the server's clock
/// @param conversation the server's name of it; empty when the event concerns none
/// @param sequence its number in the conversation; 0 without one
/// @param message the server's name of it; empty when the event concerns none
/// @param contents a digest of what it tells, whatever the order of the fields; without the names
///   of people in a conversation, which are shown as they are today
public record Event(
    String id,
    String type,
    Instant time,
    String conversation,
    long sequence,
    String message,
    int contents) {}
