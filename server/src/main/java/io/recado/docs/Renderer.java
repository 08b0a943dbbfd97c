package io.recado.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// The renderer of the reference page, as its jar on the class path holds it. Which version it is
/// is asked of the jar, so that only the build names it.
final class Renderer {

  private static final String PROPERTIES = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

  /// All that the page needs of the jar.
  private static final Map<String, String> TYPES =
      Map.of(
          "swagger-ui.css", "text/css; charset=utf-8",
          "swagger-ui-bundle.js", "text/javascript; charset=utf-8");

  private Renderer() {}

  /// The version that is on the class path.
  static String version() {
    var properties = new Properties();
    try (InputStream stream = Resource.open(PROPERTIES)) {
      properties.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + PROPERTIES, e);
    }
    return properties.getProperty("version");
  }

  /// One of the files that the page needs; empty for any other file or version.
  static Optional<Asset> find(String version, String file) {
    return TYPES.containsKey(file) && version.equals(version())
        ? Optional.of(new Asset(version, file))
        : Optional.empty();
  }

  /// One file of the renderer.
  record Asset(String version, String file) {

    String type() {
      return TYPES.get(file);
    }

    /// The version, as a released jar never changes.
    String etag() {
      return '"' + version + '"';
    }

    /// Copies it piece by piece and closes `out`: it is too large to hold whole for everyone who
    /// asks.
    void writeTo(OutputStream out) {
      String path = "/META-INF/resources/webjars/swagger-ui/" + version + "/" + file;
      try (out;
          InputStream in = Resource.open(path)) {
        in.transferTo(out);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot send " + path, e);
      }
    }
  }
}
