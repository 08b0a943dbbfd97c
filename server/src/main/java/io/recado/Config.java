package io.recado;

import java.nio.file.Path;
import java.util.Optional;

/// Placeholder until the settings land.
public record Config(
    String host,
    int port,
    Path data,
    Optional<String> databaseUrl,
    Optional<String> adminKey,
    Optional<String> masterKey,
    Optional<String> publicUrl,
    String whatsappBaseUrl,
    int emulatorPort) {
  Config forSandbox(String url, String key) {
    return new Config(
        host, port, data, databaseUrl, Optional.of(key), masterKey, publicUrl, url, emulatorPort);
  }
}
