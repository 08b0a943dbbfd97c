package io.recado.emulator.message;

/// Whom a message goes to: as the caller wrote it, the digits of the phone, the business-scoped id.
///
/// `byUserId` when the caller gave the id and not the phone.
record Recipient(String input, String phone, String userId, boolean byUserId) {}
