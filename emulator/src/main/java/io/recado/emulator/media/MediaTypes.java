package io.recado.emulator.media;

import java.util.Map;
import java.util.Set;

/// Which files each kind of message takes, and how large.
///
/// Source: Meta's page of supported media types, as read in 2026.
public final class MediaTypes {
  private static final long KB = 1_024;
  private static final long MB = 1_024 * KB;
  private static final Set<String> DOCUMENTS =
      Set.of(
          "text/plain",
          "application/pdf",
          "application/msword",
          "application/vnd.ms-excel",
          "application/vnd.ms-powerpoint",
          "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          "application/vnd.openxmlformats-officedocument.presentationml.presentation");
  private static final Map<String, Kind> KINDS =
      Map.of(
          "image", new Kind(Set.of("image/jpeg", "image/png"), 5 * MB),
          "video", new Kind(Set.of("video/mp4", "video/3gpp"), 16 * MB),
          "audio",
              new Kind(
                  Set.of("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"),
                  16 * MB),
          "document", new Kind(DOCUMENTS, 100 * MB),
          "sticker", new Kind(Set.of("image/webp"), 500 * KB));

  private record Kind(Set<String> mimeTypes, long maxBytes) {}

  private MediaTypes() {}

  static boolean isKnown(String mimeType) {
    return KINDS.values().stream().anyMatch(kind -> kind.mimeTypes.contains(plain(mimeType)));
  }

  static boolean takes(String messageType, Media media) {
    Kind kind = KINDS.get(messageType);
    return kind != null
        && kind.mimeTypes.contains(plain(media.mimeType()))
        && media.bytes().length <= kind.maxBytes;
  }

  private static String plain(String mimeType) {
    int end = mimeType.indexOf(';');
    return (end < 0 ? mimeType : mimeType.substring(0, end)).strip();
  }
}
