package io.recado.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// A library of the console's, as its jar on the class path holds it. Which version it is is asked
/// of the jar, so that only the build names it.
enum Library {
  LIT("org.mvnpm/lit", "_static/lit", Map.of("lit", "index.js")),
  LIT_HTML(
      "org.mvnpm/lit-html",
      "_static/lit-html",
      Map.of("lit-html", "lit-html.js", "lit-html/", "", "lit/directives/", "directives/")),
  LIT_ELEMENT(
      "org.mvnpm/lit-element",
      "_static/lit-element",
      Map.of("lit-element/lit-element.js", "lit-element.js")),
  REACTIVE_ELEMENT(
      "org.mvnpm.at.lit/reactive-element",
      "_static/reactive-element",
      Map.of("@lit/reactive-element", "reactive-element.js")),
  VIRTUAL(
      "org.webjars.npm/tanstack__virtual-core",
      "webjars/tanstack__virtual-core",
      Map.of("@tanstack/virtual-core", "dist/esm/index.js")),
  CHART("org.webjars.npm/chart.js", "webjars/chart.js", Map.of("chart.js", "dist/chart.js")),
  COLOR(
      "org.webjars.npm/kurkle__color",
      "webjars/kurkle__color",
      Map.of("@kurkle/color", "dist/color.esm.js"));

  private final String artifact;
  private final String folder;
  private final Map<String, String> imports;
  private volatile @Nullable String version;

  /// @param artifact as the jar names itself
  /// @param folder where its files are, before the version
  /// @param imports what modules import, and the file that it means
  Library(String artifact, String folder, Map<String, String> imports) {
    this.artifact = artifact;
    this.folder = folder;
    this.imports = imports;
  }

  /// By which its files are asked for: name and version, so that they never change.
  String path() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + "@" + version();
  }

  /// What modules import, and the file of this library that it means; a name that ends with a slash
  /// means a folder.
  Map<String, String> imports() {
    return imports;
  }

  /// A module of it; empty when it has none of this name.
  Optional<byte[]> find(String file) {
    if (!file.endsWith(".js") || file.contains("..")) {
      return Optional.empty();
    }
    String path = "/META-INF/resources/" + folder + "/" + version() + "/" + file;
    try (InputStream in = Library.class.getResourceAsStream(path)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  private String version() {
    String known = version;
    if (known == null) {
      known = readVersion();
      version = known;
    }
    return known;
  }

  private String readVersion() {
    String path = "/META-INF/maven/" + artifact + "/pom.properties";
    var properties = new Properties();
    try (InputStream in = Library.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IOException("it is missing on the class path; build the server anew");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
    return properties.getProperty("version");
  }
}
