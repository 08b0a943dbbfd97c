package io.recado.prove.world;

/// A conversation: the clients' name for it, the server's, and who is at the other end.
///
/// @param channel the server's name of its channel
/// @param phone digits only
/// @param numberId the provider's id of the business' number
public record Line(String label, String name, String channel, String phone, String numberId) {}
