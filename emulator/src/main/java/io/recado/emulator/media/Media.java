package io.recado.emulator.media;

import io.recado.emulator.account.Account;

/// An uploaded file. The bytes are not copied; nobody changes them.
record Media(
    String id,
    Account account,
    String mimeType,
    String fileName,
    byte[] bytes,
    String sha256,
    long uploadedMillis) {}
