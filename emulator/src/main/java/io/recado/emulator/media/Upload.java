package io.recado.emulator.media;

import io.recado.emulator.graph.GraphError;
import io.recado.emulator.graph.Request;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.MultipartReader;
import okio.BufferedSource;
import okio.Okio;

/// The parts of a multipart upload: texts by their names, and the file.
record Upload(Map<String, String> texts, String fileName, String fileType, byte[] file) {
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "multipart/form-data;.*boundary=\"?([^\";]{1,200})\"?.*", Pattern.CASE_INSENSITIVE);
  private static final Pattern PARAMETER = Pattern.compile("\\b(name|filename)=\"([^\"]*)\"");
  private static final long MAX_FILE_BYTES = 100L << 20;
  private static final int MAX_TEXT_BYTES = 10_000;

  static Upload read(Request request) {
    Matcher type = BOUNDARY.matcher(request.header("Content-Type").orElse(""));
    if (!type.matches()) {
      throw GraphError.of(100, "The body must be multipart/form-data with a boundary.");
    }
    try (InputStream in = request.stream();
        MultipartReader reader = new MultipartReader(Okio.buffer(Okio.source(in)), type.group(1))) {
      return read(reader);
    } catch (EOFException | ProtocolException e) {
      throw GraphError.of(100, "The multipart body is broken off or malformed.");
    } catch (IOException e) {
      throw GraphError.of(100, "The multipart body cannot be read.");
    }
  }

  private static Upload read(MultipartReader reader) throws IOException {
    Map<String, String> texts = new HashMap<>();
    String fileName = "";
    String fileType = "";
    byte[] file = new byte[0];
    for (var part = reader.nextPart(); part != null; part = reader.nextPart()) {
      Map<String, String> names = new HashMap<>();
      String disposition = part.headers().get("Content-Disposition");
      PARAMETER
          .matcher(disposition == null ? "" : disposition)
          .results()
          .forEach(match -> names.put(match.group(1), match.group(2)));
      String name = names.getOrDefault("name", "");
      if (name.equals("file")) {
        file = limited(part.body(), MAX_FILE_BYTES, "file");
        fileName = names.getOrDefault("filename", "");
        String given = part.headers().get("Content-Type");
        fileType = given == null ? "" : given;
      } else {
        texts.put(
            name,
            new String(
                limited(part.body(), MAX_TEXT_BYTES, name),
                java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return new Upload(texts, fileName, fileType, file);
  }

  private static byte[] limited(BufferedSource body, long max, String name) throws IOException {
    if (body.request(max + 1)) {
      throw GraphError.of(100, "Param " + name + " must be at most " + max + " bytes long.");
    }
    return body.readByteArray();
  }
}
