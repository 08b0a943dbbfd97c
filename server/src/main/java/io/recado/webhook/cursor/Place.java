package io.recado.webhook.cursor;

/// Where an event is on its way to an endpoint.
///
/// @param endpoint the endpoint's key
/// @param cursor 0 for the endpoint's own, else a replay's number
/// @param lane what it is in order with: [Heading#lane]
/// @param position in the workspace's log
public record Place(long endpoint, int cursor, long lane, long position) {}
