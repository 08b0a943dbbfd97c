package io.recado.emulator.media;

import io.recado.emulator.account.Account;
import io.recado.emulator.graph.GraphError;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Uploaded files, at most 256 MB of them; the oldest go first, and all go after 30 days.
public final class MediaStore {
  private static final long MAX_BYTES = 256L << 20;
  private static final Duration KEPT = Duration.ofDays(30);

  private final InstantSource clock;
  private final Map<String, Media> byId = new LinkedHashMap<>();
  private long bytes;
  private long nextId = 449_000_000_000_001L;

  public MediaStore(InstantSource clock) {
    this.clock = clock;
  }

  synchronized Media add(Account account, String mimeType, String fileName, byte[] content) {
    String id = Long.toString(nextId++);
    Media media =
        new Media(id, account, mimeType, fileName, content, sha256(content), clock.millis());
    byId.put(id, media);
    bytes += content.length;
    while (bytes > MAX_BYTES) {
      remove(byId.keySet().iterator().next());
    }
    return media;
  }

  synchronized Optional<Media> find(String id) {
    Media media = byId.get(id);
    if (media != null && media.uploadedMillis() + KEPT.toMillis() <= clock.millis()) {
      remove(id);
      return Optional.empty();
    }
    return Optional.ofNullable(media);
  }

  synchronized void remove(String id) {
    Media removed = byId.remove(id);
    if (removed != null) {
      bytes -= removed.bytes().length;
    }
  }

  /// Refuses a file that a message of this type cannot carry.
  ///
  /// @throws GraphError 131009 when this account has no such file, 131053 when its type or size
  ///   does not fit
  public void requireFor(Account account, String messageType, String mediaId) {
    Media media =
        find(mediaId)
            .filter(found -> found.account().id().equals(account.id()))
            .orElseThrow(
                () ->
                    GraphError.of(
                        131009, "Media ID " + mediaId + " does not exist; upload the file first."));
    if (!MediaTypes.takes(messageType, media)) {
      throw GraphError.of(
          131053,
          "A file of type "
              + media.mimeType()
              + " with "
              + media.bytes().length
              + " bytes cannot be sent as "
              + messageType
              + ".");
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 belongs to every JDK", e);
    }
  }
}
