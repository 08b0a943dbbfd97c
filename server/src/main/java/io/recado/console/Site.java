package io.recado.console;

import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Everything that the console consists of, by path.
///
/// The page itself changes with the program. Every other file is asked for by a path that holds a
/// hash over all files of the console, or the version of a library: what is behind such a path
/// never changes, and modules find each other by relative paths as they do in the sources. Safe for
/// many threads.
final class Site {

  /// What the first page shows with: fetched at once, not each when the one before was read.
  private static final List<String> FIRST_LIBRARIES =
      List.of("lit", "lit-html", "lit-element/lit-element.js", "@lit/reactive-element");

  private static final String PAGE = "page.html";
  private static final String EAGER = "eager.txt";

  private final String hash;
  private final Map<String, byte[]> sources;
  private final Map<String, Asset> assets = new ConcurrentHashMap<>();
  private final Asset page;
  private final String etag;
  private final String importMapHash;

  private Site(Map<String, byte[]> sources) {
    this.sources = sources;
    this.hash = HexFormat.of().formatHex(hash(sources), 0, 8);
    String importMap = importMap();
    byte[] html = page(importMap).getBytes(StandardCharsets.UTF_8);
    this.page = Asset.of(PAGE, html);
    this.etag = '"' + HexFormat.of().formatHex(sha256().digest(html), 0, 8) + '"';
    this.importMapHash = sha256(importMap);
  }

  /// Reads all files.
  static Site read() {
    return new Site(Sources.read());
  }

  /// The page.
  Asset page() {
    return page;
  }

  /// Changes when the page does.
  String etag() {
    return etag;
  }

  /// What the page may do: run and load what this server serves as a file, and the import map in
  /// the page, known by its hash, because browsers take an import map from nowhere else.
  ///
  /// Markup is made by the rendering library alone.
  String contentSecurityPolicy() {
    return "default-src 'none'; script-src 'self' 'sha256-"
        + importMapHash
        + "'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src"
        + " 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
        + " require-trusted-types-for 'script'; trusted-types lit-html";
  }

  /// A file that never changes.
  ///
  /// @param path what comes after `/console/`
  Optional<Asset> find(String path) {
    Asset known = assets.get(path);
    if (known != null) {
      return Optional.of(known);
    }
    int slash = path.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    Optional<Asset> found =
        bytes(path.substring(0, slash), path.substring(slash + 1))
            .map(bytes -> Asset.of(path, bytes));
    // Only what there is is remembered, so that asking for nonsense fills no memory.
    found.ifPresent(asset -> assets.put(path, asset));
    return found;
  }

  private Optional<byte[]> bytes(String version, String file) {
    if (version.equals(hash)) {
      boolean isPart = file.equals(PAGE) || file.equals(EAGER);
      return isPart ? Optional.empty() : Optional.ofNullable(sources.get(file));
    }
    for (Library library : Library.values()) {
      if (library.path().equals(version)) {
        return library.find(file);
      }
    }
    return Optional.empty();
  }

  private String page(String importMap) {
    var preloads = new StringBuilder();
    Map<String, String> imports = imports();
    FIRST_LIBRARIES.forEach(name -> preload(preloads, imports.get(name)));
    text(EAGER)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.startsWith("lib:") ? library(imports, line.substring(4)) : own(line))
        .forEach(file -> preload(preloads, file));
    return text(PAGE)
        .replace("IMPORT_MAP", importMap)
        .replace("PRELOADS", preloads.toString().stripTrailing())
        .replace("OWN", own("").replaceFirst("/$", ""));
  }

  /// A file inside of a library's folder, such as `lit/directives/repeat.js`.
  private static String library(Map<String, String> imports, String name) {
    String exact = imports.get(name);
    if (exact != null) {
      return exact;
    }
    int end = name.lastIndexOf('/') + 1;
    return imports.get(name.substring(0, end)) + name.substring(end);
  }

  private static void preload(StringBuilder preloads, String file) {
    preloads.append("<link rel=\"modulepreload\" href=\"").append(file).append("\">\n    ");
  }

  private static String importMap() {
    var imports = JsonObject.builder();
    imports().forEach(imports::with);
    return Json.text(JsonObject.builder().with("imports", imports.build()).build());
  }

  /// In the order of their names: two nodes of one version have one page.
  private static Map<String, String> imports() {
    Map<String, String> imports = new TreeMap<>();
    for (Library library : Library.values()) {
      library
          .imports()
          .forEach((name, file) -> imports.put(name, "./console/" + library.path() + "/" + file));
    }
    return imports;
  }

  private String own(String file) {
    return "./console/" + hash + "/" + file;
  }

  private String text(String file) {
    return new String(sources.get(file), StandardCharsets.UTF_8);
  }

  private static byte[] hash(Map<String, byte[]> files) {
    MessageDigest digest = sha256();
    files.forEach(
        (name, bytes) -> {
          digest.update((name + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
          digest.update(bytes);
        });
    return digest.digest();
  }

  private static String sha256(String text) {
    byte[] hash = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(hash);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
